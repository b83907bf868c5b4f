package dev.lanewise.internal.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.lanewise.DType;
import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.shape.Shapes;
import java.lang.foreign.MemorySegment;

/** Finds the elements that are not 0, in row-major order; NaN is one of them. */
public final class NonzeroKernels {
    private static final long CHUNK = Thresholds.GRAIN;

    private final long[] shape;
    private final Operand x;
    private final StridedIter iter;
    private final long[] starts;

    /** Counts them. */
    public NonzeroKernels(long[] shape, Operand x) {
        this.shape = shape;
        this.x = x;
        // The first operand makes the walk row-major whatever the strides of the other.
        iter = StridedIter.of(shape, new long[][] {Shapes.contiguousStrides(shape), x.byteStrides()});
        starts = new long[Math.toIntExact((iter.numel() + CHUNK - 1) / CHUNK) + 1];
        Parallel.forRange(iter.numel(), CHUNK, (from, to) -> {
            long[] found = new long[1];
            forStrips(from, to, (flags, first, n) -> {
                int count = 0;
                for (int i = 0; i < n; i++) {
                    count += flags[i];
                }
                found[0] += count;
            });
            starts[(int) (from / CHUNK) + 1] = found[0];
        });
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
    }

    /** How many there are. */
    public long count() {
        return starts[starts.length - 1];
    }

    /** Writes the positions: one row for each, one column for each dimension. */
    public void write(Operand out) {
        Parallel.forRange(iter.numel(), CHUNK, (from, to) -> {
            PositionStrip strip = PositionStrip.take();
            Rows rows = new Rows(out, starts[(int) (from / CHUNK)]);
            forStrips(from, to, (flags, first, n) -> {
                int found = 0;
                for (int i = 0; i < n; i++) {
                    // Written in any case and kept by the count, so that there is no branch to predict.
                    strip.positions[found] = first + i;
                    found += flags[i];
                }
                rows.add(strip, found);
            });
            strip.giveBack();
        });
    }

    private interface Body {
        /** Handles {@code n} elements from a position on; the flags are 1 for those that are not 0. */
        void run(int[] flags, long first, int n);
    }

    private void forStrips(long from, long to, Body body) {
        byte[] bytes = new byte[PositionStrip.SIZE];
        int[] flags = new int[PositionStrip.SIZE];
        long[] next = {from};
        iter.forRuns(from, to, (offsets, n) -> {
            for (long done = 0; done < n; done += PositionStrip.SIZE) {
                int count = (int) Math.min(PositionStrip.SIZE, n - done);
                flags(x.byteOffset() + offsets[1] + done * iter.innerStride(1), count, bytes, flags);
                body.run(flags, next[0], count);
                next[0] += count;
            }
        });
    }

    /** 1 for each element that is not 0, else 0. */
    private void flags(long at, int n, byte[] bytes, int[] flags) {
        long step = iter.innerStride(1);
        MemorySegment memory = x.segment();
        int shift = x.dtype().shift();
        boolean floating = x.dtype().isFloatingPoint();
        if (shift == 0 && step == 1) {
            MemorySegment.copy(memory, JAVA_BYTE, at, bytes, 0, n);
            for (int i = 0; i < n; i++) {
                // On bytes themselves the compiler's code for this is ten times slower.
                flags[i] = (bytes[i] & 0xFF) + 0xFF >> 8;
            }
        } else if (shift == 2) {
            // Without the sign of a zero.
            int mask = floating ? Integer.MAX_VALUE : -1;
            if (step == Integer.BYTES) {
                MemorySegment.copy(memory, JAVA_INT_UNALIGNED, at, flags, 0, n);
            } else {
                for (int i = 0; i < n; i++) {
                    flags[i] = memory.get(JAVA_INT_UNALIGNED, at + i * step);
                }
            }
            for (int i = 0; i < n; i++) {
                int bits = flags[i] & mask;
                flags[i] = (bits | -bits) >>> 31;
            }
        } else {
            for (int i = 0; i < n; i++) {
                long bits = bits(shift, memory, at + i * step);
                flags[i] = (floating ? bits << 64 - (8 << shift) << 1 : bits) != 0 ? 1 : 0;
            }
        }
    }

    private static long bits(int shift, MemorySegment memory, long at) {
        return switch (shift) {
            case 0 -> memory.get(JAVA_BYTE, at);
            case 1 -> memory.get(JAVA_SHORT_UNALIGNED, at);
            default -> memory.get(JAVA_LONG_UNALIGNED, at);
        };
    }

    /** Writes row-major positions as one row each, from a row on. */
    private final class Rows {
        private final MemorySegment out;
        private final long[] strides;
        private final long[] corner = new long[shape.length];
        private final long[] block;
        private long at;
        /** Positions of the line along the last dimension that the last one written is in. */
        private long begin;

        private long end;

        Rows(Operand out, long row) {
            this.out = out.segment();
            strides = out.byteStrides();
            at = out.byteOffset() + row * strides[0];
            block = new long[shape.length < 2 ? 0 : PositionStrip.SIZE * shape.length];
        }

        void add(PositionStrip strip, int n) {
            int rank = shape.length;
            if (rank == 0) {
                return;
            }
            if (rank == 1) {
                MemorySegment.copy(strip.positions, 0, out, JAVA_LONG_UNALIGNED, at, n);
            } else if (rank == 2) {
                for (int i = 0; i < n; i++) {
                    follow(strip.positions[i]);
                    block[2 * i] = corner[0];
                    block[2 * i + 1] = strip.positions[i] - begin;
                }
            } else {
                for (int i = 0; i < n; i++) {
                    follow(strip.positions[i]);
                    for (int d = 0; d < rank - 1; d++) {
                        block[i * rank + d] = corner[d];
                    }
                    block[i * rank + rank - 1] = strip.positions[i] - begin;
                }
            }
            if (rank > 1) {
                MemorySegment.copy(block, 0, out, JAVA_LONG_UNALIGNED, at, n * rank);
            }
            at += n * strides[0];
        }

        /** Goes on to the line that a position is in. */
        private void follow(long position) {
            if (position >= end) {
                int last = shape.length - 1;
                long rest = position / shape[last];
                begin = rest * shape[last];
                end = begin + shape[last];
                for (int d = last - 1; d >= 0; d--) {
                    corner[d] = rest % shape[d];
                    rest /= shape[d];
                }
            }
        }
    }

    /** Writes the positions below or above a diagonal of a matrix: a row of row numbers, then one of column numbers. */
    public static void triangle(boolean lower, long rows, long columns, long shift, Operand out) {
        long[] strides = out.byteStrides();
        DType type = out.dtype();
        long at = out.byteOffset();
        for (long i = 0; i < rows; i++) {
            long from = lower ? 0 : Math.max(0, i + shift);
            long to = lower ? Math.min(columns, i + shift + 1) : columns;
            for (long j = from; j < to; j++) {
                Elements.setLong(type, out.segment(), at, i);
                Elements.setLong(type, out.segment(), at + strides[0], j);
                at += strides[1];
            }
        }
    }
}
