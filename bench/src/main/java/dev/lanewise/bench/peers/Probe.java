package dev.lanewise.bench.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntFunction;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the hardware can do at most: multiply-adds on registers alone, and copying, adding and summing float32 at several
 * sizes, by plain vector loops.
 */
final class Probe {
    static final String FMA_FLOAT = "fma f32";
    static final String FMA_DOUBLE = "fma f64";
    static final String COPY = "copy ";
    static final String ADD = "add ";
    static final String SUM = "sum ";
    /** Elements of each operand. */
    static final int[] SIZES = {1_000, 10_000, 100_000, 1_000_000, 20_000_000};

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int UNROLLED = 4;
    private static final int CHAINS = 12;
    private static final int FMA_LOOPS = 100_000;
    private static final int ROUNDS = 40;
    private static final long ELEMENTS_A_ROUND = 4_000_000;

    private final int threads;
    private final int step;

    Probe(int threads) {
        this.threads = threads;
        step = Math.min(threads, 1);
    }

    /** GFLOP/s and GB/s (read and written) by name. */
    Map<String, Double> measure() {
        Map<String, Double> found = new LinkedHashMap<>();
        double laneFlops = 2.0 * CHAINS * FMA_LOOPS;
        found.put(FMA_FLOAT, best(i -> () -> floatChains(step), laneFlops * F.length()));
        found.put(FMA_DOUBLE, best(i -> () -> doubleChains(step), laneFlops * D.length()));
        for (int size : SIZES) {
            // A whole number of unrolled steps for each thread.
            int unit = F.length() * UNROLLED;
            int count = Math.max(unit, size / threads / unit * unit);
            int repeat = (int) Math.max(1, ELEMENTS_A_ROUND / size);
            String name = Sizes.text(size);
            Segments[] memory = new Segments[threads];
            for (int i = 0; i < threads; i++) {
                memory[i] = new Segments(count);
            }
            double bytes = (double) count * Float.BYTES * repeat;
            double loop = best(i -> () -> memory[i].copy(repeat), 2 * bytes);
            double call = best(i -> () -> memory[i].copyCall(repeat), 2 * bytes);
            found.put(COPY + name, Math.max(loop, call));
            found.put(ADD + name, best(i -> () -> memory[i].add(repeat), 3 * bytes));
            found.put(SUM + name, best(i -> () -> memory[i].sum(repeat), bytes));
        }
        found.replaceAll((key, value) -> Math.round(value * 10) / 10.0);
        return found;
    }

    /** Computes something that cannot be left out. */
    private interface Body {
        double run();
    }

    /** Work per nanosecond of all threads together, the best of some rounds. */
    private double best(IntFunction<Body> bodies, double work) {
        List<Thread> others = new ArrayList<>();
        CyclicBarrier start = new CyclicBarrier(threads);
        double[] best = new double[threads];
        for (int i = 1; i < threads; i++) {
            int index = i;
            others.add(Thread.ofPlatform().start(() -> best[index] = rounds(start, bodies.apply(index), work)));
        }
        best[0] = rounds(start, bodies.apply(0), work);
        double sum = best[0];
        for (int i = 1; i < threads; i++) {
            try {
                others.get(i - 1).join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            sum += best[i];
        }
        return sum;
    }

    private static double rounds(CyclicBarrier start, Body body, double work) {
        double best = 0;
        double sink = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try {
                start.await();
            } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
            long begin = System.nanoTime();
            sink += body.run();
            best = Math.max(best, work / (System.nanoTime() - begin));
        }
        if (sink == Double.MIN_VALUE) {
            System.out.println(sink);
        }
        return best;
    }

    // A step that C2 does not know keeps it from unrolling, which would order the chains one after another.
    private static double floatChains(int step) {
        FloatVector m = FloatVector.broadcast(F, 0.999f);
        FloatVector c = FloatVector.broadcast(F, 0.001f);
        FloatVector a = m;
        FloatVector b = m;
        FloatVector d = m;
        FloatVector e = m;
        FloatVector f = m;
        FloatVector g = m;
        FloatVector h = m;
        FloatVector i = m;
        FloatVector j = m;
        FloatVector k = m;
        FloatVector l = m;
        FloatVector n = m;
        for (int left = FMA_LOOPS; left > 0; left -= step) {
            a = m.fma(c, a);
            b = m.fma(c, b);
            d = m.fma(c, d);
            e = m.fma(c, e);
            f = m.fma(c, f);
            g = m.fma(c, g);
            h = m.fma(c, h);
            i = m.fma(c, i);
            j = m.fma(c, j);
            k = m.fma(c, k);
            l = m.fma(c, l);
            n = m.fma(c, n);
        }
        FloatVector all = a.add(b)
                .add(d)
                .add(e)
                .add(f)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l)
                .add(n);
        return all.lane(0);
    }

    private static double doubleChains(int step) {
        DoubleVector m = DoubleVector.broadcast(D, 0.999);
        DoubleVector c = DoubleVector.broadcast(D, 0.001);
        DoubleVector a = m;
        DoubleVector b = m;
        DoubleVector d = m;
        DoubleVector e = m;
        DoubleVector f = m;
        DoubleVector g = m;
        DoubleVector h = m;
        DoubleVector i = m;
        DoubleVector j = m;
        DoubleVector k = m;
        DoubleVector l = m;
        DoubleVector n = m;
        for (int left = FMA_LOOPS; left > 0; left -= step) {
            a = m.fma(c, a);
            b = m.fma(c, b);
            d = m.fma(c, d);
            e = m.fma(c, e);
            f = m.fma(c, f);
            g = m.fma(c, g);
            h = m.fma(c, h);
            i = m.fma(c, i);
            j = m.fma(c, j);
            k = m.fma(c, k);
            l = m.fma(c, l);
            n = m.fma(c, n);
        }
        DoubleVector all = a.add(b)
                .add(d)
                .add(e)
                .add(f)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l)
                .add(n);
        return all.lane(0);
    }

    /** The memory of one thread. */
    private static final class Segments {
        private static final int ALIGNMENT = 4096;

        private final int count;
        private final MemorySegment a;
        private final MemorySegment b;
        private final MemorySegment c;

        Segments(int count) {
            this.count = count;
            a = filled(count);
            b = filled(count);
            c = filled(count);
        }

        private static MemorySegment filled(int count) {
            MemorySegment made = Arena.ofAuto().allocate((long) count * Float.BYTES, ALIGNMENT);
            made.fill((byte) 1);
            return made;
        }

        double copy(int repeat) {
            long bytes = (long) count * Float.BYTES;
            long step = F.vectorByteSize();
            for (int r = 0; r < repeat; r++) {
                for (long i = 0; i < bytes; i += step) {
                    FloatVector.fromMemorySegment(F, a, i, ORDER).intoMemorySegment(c, i, ORDER);
                }
            }
            return repeat;
        }

        double copyCall(int repeat) {
            for (int r = 0; r < repeat; r++) {
                c.copyFrom(a);
            }
            return repeat;
        }

        double add(int repeat) {
            long bytes = (long) count * Float.BYTES;
            long step = F.vectorByteSize();
            for (int r = 0; r < repeat; r++) {
                for (long i = 0; i < bytes; i += step) {
                    FloatVector.fromMemorySegment(F, a, i, ORDER)
                            .add(FloatVector.fromMemorySegment(F, b, i, ORDER))
                            .intoMemorySegment(c, i, ORDER);
                }
            }
            return repeat;
        }

        double sum(int repeat) {
            long bytes = (long) count * Float.BYTES;
            long step = F.vectorByteSize();
            FloatVector s = FloatVector.zero(F);
            FloatVector t = s;
            FloatVector u = s;
            FloatVector v = s;
            for (int r = 0; r < repeat; r++) {
                for (long i = 0; i < bytes; i += UNROLLED * step) {
                    s = s.add(FloatVector.fromMemorySegment(F, a, i, ORDER));
                    t = t.add(FloatVector.fromMemorySegment(F, a, i + step, ORDER));
                    u = u.add(FloatVector.fromMemorySegment(F, a, i + 2 * step, ORDER));
                    v = v.add(FloatVector.fromMemorySegment(F, a, i + 3 * step, ORDER));
                }
            }
            return s.add(t).add(u).add(v).lane(0);
        }
    }
}
