package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** Results of a reduction on their way: doubles for floating-point inputs, longs for integers and booleans. */
public final class Results {
    // A vector that ends behind the last column is stored whole.
    private static final int MOST_LANES = 16;

    /** Larger ones are few and belong to large inputs: they are made anew each time. */
    private static final int MOST_KEPT = 1 << 14;

    private static final ScratchPool<Results> POOL = new ScratchPool<>(Results::new);

    private FoldKernel kernel;
    private boolean floating;
    private double identity;
    private long longIdentity;
    private double[] doubles = {};
    private long[] longs = {};
    private double[] shifts;
    private float[] floatShifts;
    private MemorySegment shiftSegment;
    private MemorySegment gathered;
    private long shiftOffset;
    private int shiftStep;
    private float[] floatChains;
    private double[] doubleChains;
    private long[] longChains;
    private int[] intChains;

    private Results() {}

    /** Results for a kernel, each the op's identity. */
    Results(FoldKernel kernel, FoldStrips.Spec spec, int size) {
        begin(kernel, spec, size);
    }

    /** The same, mostly in arrays of a call before, until they are given back. */
    static Results take(FoldKernel kernel, FoldStrips.Spec spec, int size) {
        Results results = size <= MOST_KEPT ? POOL.take() : new Results();
        results.begin(kernel, spec, size);
        return results;
    }

    /** Ends their use. */
    void giveBack() {
        shiftSegment = null;
        if (Math.max(doubles.length, longs.length) <= MOST_KEPT) {
            POOL.give(this);
        }
    }

    private void begin(FoldKernel kernel, FoldStrips.Spec spec, int size) {
        this.kernel = kernel;
        floating = spec.type().isFloatingPoint();
        identity = floating ? spec.op().identity() : 0;
        longIdentity = floating ? 0 : spec.op().longIdentity();
        if (floating && doubles.length < size) {
            doubles = new double[size];
            doubleChains = null;
            floatChains = null;
            shifts = null;
            gathered = null;
        } else if (!floating && longs.length < size) {
            longs = new long[size];
            longChains = null;
            intChains = null;
        }
        clear(size);
    }

    /** The results of floating-point inputs. */
    public double[] doubles() {
        return doubles;
    }

    /** Room for the chains of a {@link FoldKernel} that computes in floats. */
    public float[] floatChains() {
        if (floatChains == null) {
            floatChains = new float[doubles.length + MOST_LANES];
        }
        return floatChains;
    }

    /** Room for the chains of a {@link FoldKernel} that computes in doubles. */
    public double[] doubleChains() {
        if (doubleChains == null) {
            doubleChains = new double[doubles.length + MOST_LANES];
        }
        return doubleChains;
    }

    /** Room for the chains of a {@link FoldKernel} that computes in longs. */
    public long[] longChains() {
        if (longChains == null) {
            longChains = new long[longs.length + MOST_LANES];
        }
        return longChains;
    }

    /** Room for the chains of a {@link FoldKernel} that computes in ints. */
    public int[] intChains() {
        if (intChains == null) {
            intChains = new int[longs.length + MOST_LANES];
        }
        return intChains;
    }

    /** The results of integer and boolean inputs. */
    public long[] longs() {
        return longs;
    }

    /** What a {@link FoldKernel} subtracts in each column, where its op says so. */
    public double[] shifts() {
        return shifts;
    }

    /** The same as floats, for kernels that compute in floats. */
    public float[] floatShifts() {
        return floatShifts;
    }

    /** Sets what is subtracted in {@code n} columns: value {@code i * step}, which must be a float if floats are summed. */
    public void shiftBy(double[] values, int step, int n) {
        if (shifts == null) {
            shifts = new double[doubles.length + MOST_LANES];
            floatShifts = new float[doubles.length + MOST_LANES];
        }
        for (int i = 0; i < n; i++) {
            shifts[i] = values[i * step];
            floatShifts[i] = (float) shifts[i];
        }
    }

    /**
     * Says what is subtracted for results in kernels that read it from memory: one element, or neighbours for {@code n}
     * columns, {@code step} bytes apart.
     */
    void shiftFrom(Operand from, long at, int n, long step) {
        shiftSegment = from.segment();
        shiftOffset = at;
        shiftStep = n == 1 ? 0 : 1;
        long size = from.dtype().byteSize();
        if (n > 1 && step != size) {
            if (gathered == null) {
                gathered = Arena.ofAuto().allocate((long) doubles.length * Double.BYTES, Double.BYTES);
            }
            shiftSegment = gathered;
            shiftOffset = 0;
            Packing.copy(from.dtype().shift(), from.segment(), at, step, shiftSegment, 0, size, n);
        }
    }

    /** Where the number that is subtracted for the first result lies. */
    public MemorySegment shiftSegment() {
        return shiftSegment;
    }

    /** The offset of that number in bytes. */
    public long shiftOffset() {
        return shiftOffset;
    }

    /** Elements from that number to the next result's: 1, or 0 if it is the same for all. */
    public int shiftStep() {
        return shiftStep;
    }

    /** Sets the first {@code n} to the identity. */
    void clear(int n) {
        if (floating) {
            Arrays.fill(doubles, 0, n, identity);
        } else {
            Arrays.fill(longs, 0, n, longIdentity);
        }
    }

    /** Combines {@code n} elements of input 1's strip. */
    void add(Strips strips, int from, int n) {
        if (floating) {
            kernel.merge(doubles, 0, strips.doubles(1), from, n);
        } else {
            kernel.merge(longs, 0, strips.longs(1), from, n);
        }
    }

    /** Combines {@code n} results of another into those from {@code at} on. */
    void add(Results other, int from, int at, int n) {
        if (floating) {
            kernel.merge(doubles, at, other.doubles, from, n);
        } else {
            kernel.merge(longs, at, other.longs, from, n);
        }
    }

    /** Combines {@code n} results into the first, in a fixed tree. */
    void tree(int n) {
        if (floating) {
            kernel.tree(doubles, n);
        } else {
            kernel.tree(longs, n);
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

    /** True if the first result is what no elements give. */
    boolean isIdentity() {
        return floating ? doubles[0] == identity : longs[0] == longIdentity;
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
