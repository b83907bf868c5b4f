package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.lanewise.DType;
import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;

/** Writes elements at positions along a dimension that a tensor of the same rank holds. */
public final class ScatterKernels {
    /** Lines along the dimension that are walked together. */
    private static final int BLOCK = 256;

    private ScatterKernels() {}

    /**
     * {@code out[index[i][j][…]][j][…]} combined with {@code source[i][j][…]}, written for dim 0. Elements with one target
     * are combined in the order of their positions along the dimension, whatever the number of threads.
     *
     * @param shape of {@code index} and {@code source}, not 0-d
     * @param index INT64, inside the dimension
     */
    public static void scatter(Combine how, long[] shape, Operand source, int dim, Operand index, Operand out) {
        long length = shape[dim];
        long[][] strides = {index.byteStrides(), source.byteStrides(), out.byteStrides()};
        long[] steps = new long[3];
        for (int k = 0; k < 3; k++) {
            steps[k] = strides[k][dim];
            strides[k][dim] = 0;
        }
        long[] rest = shape.clone();
        rest[dim] = 1;
        StridedIter lines = StridedIter.of(rest, strides);
        if (lines.numel() == 0 || length == 0) {
            return;
        }
        Line line = new Line(how, source, index, out, steps, length);
        boolean shared = lines.numel() * length >= Thresholds.PARALLEL_FROM;
        long grain = shared ? Math.max(1, Thresholds.GRAIN / length) : lines.numel();
        Parallel.forRange(lines.numel(), grain, (lo, hi) -> {
            PositionStrip strip = PositionStrip.take();
            long[][] at = new long[3][(int) Math.min(BLOCK, hi - lo)];
            for (long l = lo; l < hi; l += BLOCK) {
                int n = (int) Math.min(BLOCK, hi - l);
                for (int k = 0; k < 3; k++) {
                    lines.offsets(k, l, n, at[k]);
                }
                line.block(strip, at, n);
            }
            strip.giveBack();
        });
    }

    private record Line(Combine how, Operand source, Operand index, Operand out, long[] steps, long length) {
        /** Along each line if its positions lie side by side, else across the lines, to read memory in order. */
        void block(PositionStrip strip, long[][] at, int n) {
            if (steps[0] == Long.BYTES) {
                for (int l = 0; l < n; l++) {
                    along(strip, at[0][l], at[1][l], at[2][l]);
                }
            } else {
                for (long j = 0; j < length; j++) {
                    across(strip, at, n, j);
                }
            }
        }

        private void along(PositionStrip strip, long places, long from, long to) {
            for (long j = 0; j < length; j += PositionStrip.SIZE) {
                int count = (int) Math.min(PositionStrip.SIZE, length - j);
                strip.load(index, places + j * steps[0], steps[0], count);
                PositionStrip.line(strip.sources, count, from + j * steps[1], steps[1]);
                PositionStrip.line(strip.targets, count, to, 0);
                combine(strip, count);
            }
        }

        private void across(PositionStrip strip, long[][] at, int n, long j) {
            for (int l = 0; l < n; l++) {
                strip.targets[l] = at[0][l] + j * steps[0];
            }
            strip.load(index, strip.targets, n);
            for (int l = 0; l < n; l++) {
                strip.sources[l] = at[1][l] + j * steps[1];
                strip.targets[l] = at[2][l];
            }
            combine(strip, n);
        }

        private void combine(PositionStrip strip, int n) {
            strip.addTo(strip.targets, n, steps[2]);
            how.elements(
                    out.dtype(),
                    source.segment(),
                    source.byteOffset(),
                    strip.sources,
                    out.segment(),
                    out.byteOffset(),
                    strip.targets,
                    n);
        }
    }

    /** Divides each element by a count: rounded for floating point, toward negative infinity for integers. */
    public static void divide(long[] shape, Operand out, Operand counts) {
        DType type = out.dtype();
        MemorySegment memory = out.segment();
        StridedIter iter = StridedIter.of(shape, new long[][] {out.byteStrides(), counts.byteStrides()});
        Parallel.forRange(
                iter.numel(),
                Thresholds.GRAIN,
                (lo, hi) -> iter.forRuns(lo, hi, (offsets, n) -> {
                    for (long i = 0; i < n; i++) {
                        long at = out.byteOffset() + offsets[0] + i * iter.innerStride(0);
                        long place = counts.byteOffset() + offsets[1] + i * iter.innerStride(1);
                        long count = Math.max(1, counts.segment().get(JAVA_LONG_UNALIGNED, place));
                        if (type.isFloatingPoint()) {
                            Elements.setDouble(type, memory, at, Elements.getDouble(type, memory, at) / count);
                        } else {
                            long floor = Math.floorDiv(Elements.getLong(type, memory, at), count);
                            Elements.setLong(type, memory, at, floor);
                        }
                    }
                }));
    }
}
