package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.lanewise.DType;
import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;

/**
 * Reads and writes slices of a tensor at a list of places.
 *
 * <p>A tensor is seen as {@code [before][places][after]}: for each position of the leading dimensions and each entry of
 * the list, the slice over the trailing dimensions that begins at the entry's byte offset.
 */
public final class RowKernels {
    /** Positions of the leading dimensions whose offsets are computed at once. */
    private static final int BLOCK = 256;

    /** Slices of at least this many elements are added by the kernel, whose call costs 20-30 ns. */
    private static final long ADD_FROM = 16;

    private RowKernels() {}

    /**
     * A list of places.
     *
     * @param before sizes of the leading dimensions
     * @param after sizes of the trailing dimensions
     * @param offsets INT64, one byte offset after the other
     * @param count how many
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Places(long[] before, long[] after, Operand offsets, long count) {
        long offset(long k) {
            return offsets.segment().get(JAVA_LONG_UNALIGNED, offsets.byteOffset() + (k << 3));
        }
    }

    /**
     * One of the two tensors of a call.
     *
     * @param operand where it is, with the strides of the leading dimensions
     * @param step from one place to the next in elements; not read where the offsets tell
     * @param after strides of the trailing dimensions in elements
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Side(Operand operand, long step, long[] after) {
        MemorySegment segment() {
            return operand.segment();
        }

        DType dtype() {
            return operand.dtype();
        }

        long[] afterBytes() {
            return new Operand(operand.segment(), 0, operand.dtype(), after).byteStrides();
        }
    }

    /** Copies the slices of {@code from} at the places into {@code to}, one after the other. */
    public static void take(Places places, Side from, Side to) {
        Walk walk = new Walk(places, Combine.SET, null, from, to, true);
        if (walk.elements() > 0) {
            long grain = Math.max(1, Thresholds.GRAIN / walk.inner.numel());
            Parallel.forRange(walk.outer.numel() * places.count(), grain, walk::rows);
        }
    }

    /**
     * Combines the slices of {@code from}, one after the other, with those of {@code to} at the places. Slices of equal
     * offset are combined in the order of the list, whatever the number of threads.
     *
     * @param add the kernel that adds two runs of the dtype, for slices that lie in one piece; null to do without
     */
    public static void put(Places places, Combine how, MapKernel add, Side from, Side to) {
        Walk walk = new Walk(places, how, add, from, to, false);
        int threads = Parallel.threads();
        if (walk.elements() < Thresholds.PARALLEL_FROM || threads == 1) {
            walk.rows(0, walk.elements() == 0 ? 0 : walk.outer.numel() * places.count());
        } else if (walk.outer.numel() >= 4L * threads) {
            long count = places.count();
            Parallel.forRange(walk.outer.numel(), 1, (lo, hi) -> walk.rows(lo * count, hi * count));
        } else {
            walk.byOwner(threads);
        }
    }

    private static final class Walk {
        final Places places;
        final Combine how;
        final MapKernel add;
        final Side from;
        final Side to;
        final boolean takes;
        final StridedIter outer;
        final StridedIter inner;
        final long step;
        final int shift;

        Walk(Places places, Combine how, MapKernel add, Side from, Side to, boolean takes) {
            this.places = places;
            this.how = how;
            this.from = from;
            this.to = to;
            this.takes = takes;
            this.shift = to.dtype().shift();
            this.step = (takes ? to : from).step() << shift;
            outer = StridedIter.of(
                    places.before(),
                    new long[][] {to.operand().byteStrides(), from.operand().byteStrides()});
            inner = StridedIter.of(places.after(), new long[][] {to.afterBytes(), from.afterBytes()});
            long size = 1L << shift;
            boolean dense = inner.isSingleRun() && inner.innerStride(0) == size && inner.innerStride(1) == size;
            boolean fits = inner.numel() >= ADD_FROM && inner.numel() <= MapKernel.MAX_RUN;
            this.add = how == Combine.ADD && dense && fits ? add : null;
        }

        long elements() {
            return outer.numel() * inner.numel() * places.count();
        }

        /** The slices number {@code lo} to {@code hi}, counted through all places of each leading position. */
        void rows(long lo, long hi) {
            long count = places.count();
            long end = hi == lo ? 0 : (hi - 1) / count + 1;
            long begin = lo / Math.max(1, count);
            int block = (int) Math.min(BLOCK, end - begin);
            long[] targets = new long[Math.max(0, block)];
            long[] sources = new long[Math.max(0, block)];
            for (long b = begin; b < end; b += block) {
                int n = (int) Math.min(block, end - b);
                outer.offsets(0, b, n, targets);
                outer.offsets(1, b, n, sources);
                for (int i = 0; i < n; i++) {
                    long base = (b + i) * count;
                    slices(sources[i], targets[i], Math.max(0, lo - base), Math.min(count, hi - base));
                }
            }
        }

        /** Each thread takes the targets of its own share of the offsets, and sees the list in order. */
        void byOwner(int parts) {
            long most = 0;
            for (long k = 0; k < places.count(); k++) {
                most = Math.max(most, places.offset(k));
            }
            long share = most / parts + 1;
            int before = (int) outer.numel();
            long[] targets = new long[before];
            long[] sources = new long[before];
            outer.offsets(0, 0, before, targets);
            outer.offsets(1, 0, before, sources);
            Parallel.forTasks(parts, part -> {
                long first = part * share;
                for (int b = 0; b < before; b++) {
                    for (long k = 0; k < places.count(); k++) {
                        long offset = places.offset(k);
                        if (offset >= first && offset - first < share) {
                            slice(sources[b] + k * step, targets[b] + offset);
                        }
                    }
                }
            });
        }

        private void slices(long source, long target, long first, long last) {
            if (inner.numel() == 1) {
                elements(source, target, first, last);
            } else if (takes) {
                for (long k = first; k < last; k++) {
                    slice(source + places.offset(k), target + k * step);
                }
            } else {
                for (long k = first; k < last; k++) {
                    slice(source + k * step, target + places.offset(k));
                }
            }
        }

        /** Slices of one element each. */
        private void elements(long source, long target, long first, long last) {
            PositionStrip strip = PositionStrip.take();
            Operand offsets = places.offsets();
            for (long k = first; k < last; k += PositionStrip.SIZE) {
                int n = (int) Math.min(PositionStrip.SIZE, last - k);
                strip.load(offsets, k << 3, Long.BYTES, n);
                long fo = from.operand().byteOffset() + source + (takes ? 0 : k * step);
                long at = to.operand().byteOffset() + target + (takes ? k * step : 0);
                boolean dense = step == 1L << shift;
                if (how == Combine.SET && dense && takes) {
                    Packing.gather(shift, from.segment(), fo, strip.positions, n, to.segment(), at);
                } else if (how == Combine.SET && dense) {
                    Packing.scatter(shift, from.segment(), fo, to.segment(), at, strip.positions, n);
                } else {
                    PositionStrip.line(strip.sources, n, 0, step);
                    long[] sources = takes ? strip.positions : strip.sources;
                    long[] targets = takes ? strip.sources : strip.positions;
                    how.elements(to.dtype(), from.segment(), fo, sources, to.segment(), at, targets, n);
                }
            }
            strip.giveBack();
        }

        private void slice(long source, long target) {
            long so = from.operand().byteOffset() + source;
            long at = to.operand().byteOffset() + target;
            if (inner.numel() == 1) {
                how.element(to.dtype(), from.segment(), so, to.segment(), at);
            } else if (add != null) {
                int n = (int) inner.numel();
                MemorySegment sums = to.segment();
                add.run(n, sums, at, sums, at, 1, from.segment(), so, 1, sums, at, 0);
            } else if (inner.isSingleRun()) {
                long fs = inner.innerStride(1);
                how.run(to.dtype(), from.segment(), so, fs, to.segment(), at, inner.innerStride(0), inner.numel());
            } else {
                inner.forRuns(
                        0,
                        inner.numel(),
                        (offsets, n) -> how.run(
                                to.dtype(),
                                from.segment(),
                                so + offsets[1],
                                inner.innerStride(1),
                                to.segment(),
                                at + offsets[0],
                                inner.innerStride(0),
                                n));
            }
        }
    }
}
