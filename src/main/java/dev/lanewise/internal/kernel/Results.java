package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Results of a reduction on their way: doubles for floating-point inputs, longs for integers and booleans. */
public final class Results {
    private final ScalarReduce op;
    private final boolean floating;
    private final double[] doubles;
    private final long[] longs;
    private float[] floatChains;
    private double[] doubleChains;
    private long[] longChains;

    /** Results for inputs of a dtype, each the op's identity. */
    Results(ScalarReduce op, DType input, int size) {
        this.op = op;
        this.floating = input.isFloatingPoint();
        this.doubles = new double[floating ? size : 0];
        this.longs = new long[floating ? 0 : size];
        clear(size);
    }

    /** The results of floating-point inputs. */
    public double[] doubles() {
        return doubles;
    }

    /** Room for the chains of a {@link FoldKernel} that computes in floats. */
    public float[] floatChains() {
        if (floatChains == null) {
            floatChains = new float[doubles.length];
        }
        return floatChains;
    }

    /** Room for the chains of a {@link FoldKernel} that computes in doubles. */
    public double[] doubleChains() {
        if (doubleChains == null) {
            doubleChains = new double[doubles.length];
        }
        return doubleChains;
    }

    /** Room for the chains of a {@link FoldKernel} that computes in longs. */
    public long[] longChains() {
        if (longChains == null) {
            longChains = new long[longs.length];
        }
        return longChains;
    }

    /** The results of integer and boolean inputs. */
    public long[] longs() {
        return longs;
    }

    /** Sets the first {@code n} to the identity. */
    void clear(int n) {
        if (floating) {
            Arrays.fill(doubles, 0, n, op.identity());
        } else {
            Arrays.fill(longs, 0, n, op.longIdentity());
        }
    }

    /** Begins anew with {@code n} elements of input 1's strip. */
    void start(Strips strips, int from, int n) {
        for (int i = 0; i < n; i++) {
            if (floating) {
                doubles[i] = op.combine(op.identity(), strips.doubles(1)[from + i]);
            } else {
                longs[i] = op.combine(op.longIdentity(), strips.longs(1)[from + i]);
            }
        }
    }

    /** Combines {@code n} results of another into those from {@code at} on. */
    void add(Results other, int from, int at, int n) {
        for (int i = 0; i < n; i++) {
            if (floating) {
                doubles[at + i] = op.combine(doubles[at + i], other.doubles[from + i]);
            } else {
                longs[at + i] = op.combine(longs[at + i], other.longs[from + i]);
            }
        }
    }

    /** Combines {@code n} results into the first, in a fixed tree: halves of the next power of two, again and again. */
    void tree(int n) {
        for (int half = Integer.highestOneBit(Math.max(1, n - 1)); half > 0 && n > 1; half /= 2) {
            add(this, half, 0, Math.min(half, n - half));
            n = Math.min(n, half);
        }
    }

    /** Combines rows of {@code width} results, pairwise, into row {@code from}. */
    void pairwise(int from, int to, int width) {
        if (to - from > 1) {
            int middle = (from + to) >>> 1;
            pairwise(from, middle, width);
            pairwise(middle, to, width);
            add(this, middle * width, from * width, width);
        }
    }

    /** Writes {@code n} results, {@code step} bytes apart, rounded or wrapped to the dtype. */
    void write(int at, int n, DType type, MemorySegment out, long offset, long step) {
        if (n > 1 && step == type.byteSize() && copy(at, n, type, out, offset)) {
            return;
        }
        for (int i = 0; i < n; i++) {
            long to = offset + i * step;
            if (floating) {
                Elements.setDouble(type, out, to, doubles[at + i]);
            } else {
                Elements.setLong(type, out, to, longs[at + i]);
            }
        }
    }

    /** Writes neighbours at once where that needs at most a rounding to float; false if it needs more. */
    private boolean copy(int at, int n, DType type, MemorySegment out, long offset) {
        if (floating && type == DType.FLOAT32) {
            float[] rounded = floatChains();
            for (int i = 0; i < n; i++) {
                rounded[i] = (float) doubles[at + i];
            }
            MemorySegment.copy(rounded, 0, out, ValueLayout.JAVA_FLOAT_UNALIGNED, offset, n);
        } else if (floating && type == DType.FLOAT64) {
            MemorySegment.copy(doubles, at, out, ValueLayout.JAVA_DOUBLE_UNALIGNED, offset, n);
        } else if (!floating && type == DType.INT64) {
            MemorySegment.copy(longs, at, out, ValueLayout.JAVA_LONG_UNALIGNED, offset, n);
        } else {
            return false;
        }
        return true;
    }
}
