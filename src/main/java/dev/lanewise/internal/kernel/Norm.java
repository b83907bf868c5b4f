package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The driver of normalisation: of lines with a weight for each of their elements, and of channels.
 *
 * <p>All operands are FLOAT32 or FLOAT64 alike, row-major without gaps. What is added up over several lines is added in
 * chunks that depend on the sizes alone, and so are the bits.
 */
public final class Norm {
    private static final int CHUNK = 1 << 15;
    /** Lines whose gradients of weight and bias are added before they go to a double. */
    private static final int LINES = 32;

    private static final ScratchPool<MemorySegment> PADS =
            new ScratchPool<>(() -> Arena.ofAuto().allocate(NormKernel.PAD, Scratch.SLOT));

    private static final ScratchPool<Partial> PARTIALS = new ScratchPool<>(Partial::new);

    private final NormKernel kernel;
    private final DType type;

    /** A driver of a kernel for a dtype. */
    public Norm(NormKernel kernel, DType type) {
        this.kernel = kernel;
        this.type = type;
    }

    private static long at(Operand x, long element) {
        return x.byteOffset() + (element << x.dtype().shift());
    }

    /** Normalises lines of n elements; means and the roots' reciprocals go into the arrays, one for each line. */
    public void layers(
            int n, Operand x, Operand w, Operand b, Operand out, double eps, double[] means, double[] rstds) {
        Parallel.forRange(means.length, Math.max(1, CHUNK / Math.max(1, n)), (from, to) -> {
            MemorySegment pad = PADS.take();
            double[] stats = new double[2];
            for (long line = from; line < to; line++) {
                kernel.layer(
                        n,
                        x.segment(),
                        at(x, line * n),
                        w.segment(),
                        at(w, 0),
                        b.segment(),
                        at(b, 0),
                        out.segment(),
                        at(out, line * n),
                        eps,
                        stats,
                        pad);
                means[(int) line] = stats[0];
                rstds[(int) line] = stats[1];
            }
            PADS.give(pad);
        });
    }

    /** Writes the gradients of the lines, and of weight and bias, n elements each. */
    public void layerGrads(
            int n,
            Operand g,
            Operand x,
            Operand w,
            Operand out,
            Operand ofWeight,
            Operand ofBias,
            double[] means,
            double[] rstds) {
        int lines = means.length;
        long grain = Math.max(LINES, Math.ceilDiv(lines, 64));
        Partial[] sums = new Partial[Math.toIntExact(Math.ceilDiv((long) lines, grain))];
        Parallel.forRange(lines, grain, (from, to) -> {
            MemorySegment pad = PADS.take();
            Partial partial = PARTIALS.take();
            MemorySegment few = partial.begin(2 * n);
            for (long first = from; first < to; first += LINES) {
                few.asSlice(0, 2L * n << type.shift()).fill((byte) 0);
                for (long line = first; line < Math.min(to, first + LINES); line++) {
                    kernel.layerGrad(
                            n,
                            g.segment(),
                            at(g, line * n),
                            x.segment(),
                            at(x, line * n),
                            w.segment(),
                            at(w, 0),
                            out.segment(),
                            at(out, line * n),
                            few,
                            means[(int) line],
                            rstds[(int) line],
                            pad);
                }
                partial.add(2 * n, type);
            }
            sums[(int) (from / grain)] = partial;
            PADS.give(pad);
        });
        for (int i = 0; i < n; i++) {
            Elements.setDouble(type, ofWeight.segment(), at(ofWeight, i), sum(sums, i));
            Elements.setDouble(type, ofBias.segment(), at(ofBias, i), sum(sums, n + i));
        }
        for (Partial partial : sums) {
            partial.giveBack();
        }
    }

    private static double sum(Partial[] sums, int column) {
        double sum = sums.length == 0 ? 0 : sums[0].sums[column];
        for (int chunk = 1; chunk < sums.length; chunk++) {
            sum += sums[chunk].sums[column];
        }
        return sum;
    }

    /** Writes {@code x scale + shift} of lines of n elements, whose scales and shifts repeat after as many as there are. */
    public void affine(long lines, int n, Operand x, Operand out, double[] scales, double[] shifts) {
        Parallel.forRange(lines, Math.max(1, CHUNK / Math.max(1, n)), (from, to) -> {
            for (long line = from; line < to; line++) {
                int c = (int) (line % scales.length);
                kernel.affine(
                        n,
                        x.segment(),
                        at(x, line * n),
                        out.segment(),
                        at(out, line * n),
                        rounded(scales[c]),
                        rounded(shifts[c]));
            }
        });
    }

    /** For each channel the sums of g and of g times the distance from the channel's mean, over all lines of the channel. */
    public double[][] products(long lines, int n, Operand g, Operand x, double[] means) {
        int channels = means.length;
        double[][] sums = new double[channels][2];
        Parallel.forRange(channels, Math.max(1, CHUNK / Math.max(1, lines / channels * n)), (from, to) -> {
            MemorySegment pad = PADS.take();
            for (int c = (int) from; c < to; c++) {
                for (long line = c; line < lines; line += channels) {
                    kernel.products(
                            n, g.segment(), at(g, line * n), x.segment(), at(x, line * n), means[c], sums[c], pad);
                }
            }
            PADS.give(pad);
        });
        return sums;
    }

    /** Writes {@code g a + (x b + c)} of lines of n elements, whose numbers repeat after as many as there are. */
    public void blend(long lines, int n, Operand g, Operand x, Operand out, double[] a, double[] b, double[] c) {
        Parallel.forRange(lines, Math.max(1, CHUNK / Math.max(1, n)), (from, to) -> {
            for (long line = from; line < to; line++) {
                int k = (int) (line % a.length);
                kernel.blend(
                        n,
                        g.segment(),
                        at(g, line * n),
                        x.segment(),
                        at(x, line * n),
                        out.segment(),
                        at(out, line * n),
                        rounded(a[k]),
                        rounded(b[k]),
                        rounded(c[k]));
            }
        });
    }

    private double rounded(double value) {
        return type == DType.FLOAT64 ? value : (float) value;
    }

    /** The sums of a chunk of lines, in memory that is used again. */
    private static final class Partial {
        /** Larger ones are made anew each time. */
        private static final int MOST_KEPT = 1 << 14;

        private double[] sums = {};
        private MemorySegment few;

        /** Clears the sums and gives room for those of a few lines. */
        MemorySegment begin(int size) {
            if (sums.length < size) {
                sums = new double[size];
                few = null;
            }
            Arrays.fill(sums, 0, size, 0);
            if (few == null) {
                few = Arena.ofAuto().allocate((long) sums.length * Double.BYTES, Scratch.SLOT);
            }
            return few;
        }

        /** Adds the sums of a few lines. */
        void add(int size, DType type) {
            Strips strips = Strips.local();
            for (int done = 0; done < size; done += Strips.SIZE) {
                int count = Math.min(Strips.SIZE, size - done);
                strips.load(1, type, few, (long) done << type.shift(), 1, count);
                for (int i = 0; i < count; i++) {
                    sums[done + i] += strips.doubles(1)[i];
                }
            }
        }

        void giveBack() {
            if (sums.length <= MOST_KEPT) {
                PARTIALS.give(this);
            }
        }
    }
}
