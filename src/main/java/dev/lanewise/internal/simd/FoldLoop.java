package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.FoldKernel;
import dev.lanewise.internal.kernel.Results;
import dev.lanewise.internal.kernel.RowFold;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector form of {@link RowFold}; a template, see {@link LaneLoop}.
 *
 * <p>The last vector of a row may reach behind it; what it finds there is dropped.
 */
final class FoldLoop implements RowFold {
    private static final LoopSpec SPEC = LoopSpec.of(MethodHandles.lookup());
    private static final Ops OPS = (Ops) SPEC.op();
    private static final LaneReduce OP = OPS.narrow();
    private static final LaneReduce WIDE_OP = OPS.wide();
    private static final boolean MAPS = OP.maps();
    private static final boolean SHIFTS = OP.shifts();
    private static final LaneIo IO = SPEC.in().io();
    private static final int LANES = SPEC.in().lanes();
    private static final int SIZE = SPEC.in().type().byteSize();
    private static final int BYTES = LANES * SIZE;
    private static final int LINE = FoldKernel.LINE;
    private static final int GROUP = FoldKernel.GROUP;
    private static final int BLOCK = FoldKernel.BLOCK;
    /** Where the chains of a line's totals stand, behind those of a block. */
    private static final int TOTAL = LINE;

    /** Bytes between columns of a line that are combined. */
    private static final long PART = (long) GROUP * SIZE;
    /** Bytes of a row of a line. */
    private static final long ROW = (long) LINE * SIZE;
    // Widening a half, or computing what is combined, takes so many operations that a method with several of them
    // is not compiled whole in a JVM that has compiled vectors of other types.
    private static final boolean FOUR = !SPEC.in().type().isHalf() && !SHIFTS && !OP.mapsLong();
    private static final boolean F64 = SPEC.in().type() == DType.FLOAT64;
    private static final boolean I64 = SPEC.in().type() == DType.INT64;
    private static final boolean I32 = !I64 && !SPEC.in().type().isFloatingPoint();
    private static final Class<?> LANE = F64 ? double.class : I64 ? long.class : I32 ? int.class : float.class;
    private static final VectorSpecies<?> SPECIES =
            VectorSpecies.of(LANE, VectorShape.forBitSize(LANES * (F64 || I64 ? Long.SIZE : Integer.SIZE)));
    private static final Class<?> TYPE = SPECIES.vectorType();
    private static final VectorSpecies<Double> DOUBLES =
            VectorSpecies.of(double.class, VectorShape.forBitSize(Simd.laneBits()));
    private static final Class<?> WIDE = DOUBLES.vectorType();
    /** As many floats as a vector has doubles. */
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(Simd.laneBits() / 2));

    private static final Class<?> HALF = FLOATS.vectorType();
    /** From so many columns on rows are read one after the other, as memory likes it, and the chains are kept in an array. */
    private static final int SWEEP = 8 * LANES;

    /** Copies of an op: one for the lanes of the chains, one for the doubles that chains of floats are combined in. */
    record Ops(LaneReduce narrow, LaneReduce wide) {}

    FoldLoop() {}

    @Override
    public void fold(int rows, int width, MemorySegment x, long offset, long rowBytes, Results results, int at) {
        MemorySegment from = nat(x);
        Object chains = chains(results);
        chains(rows, width, from, offset, rowBytes, chains, shifts(results), at);
        finish(0, width, chains, at, results);
    }

    private static Object chains(Results results) {
        if (F64) {
            return results.doubleChains();
        }
        return I64 ? results.longChains() : I32 ? results.intChains() : results.floatChains();
    }

    private static Object shifts(Results results) {
        return !SHIFTS ? null : F64 ? results.shifts() : results.floatShifts();
    }

    @Override
    public void line(int n, MemorySegment x, long offset, Results results) {
        MemorySegment from = nat(x);
        Object chains = chains(results);
        Object shifts = shifts(results);
        int rows = n / LINE;
        int groups = (n - rows * LINE) / GROUP;
        if (rows + groups > 0) {
            clear(chains);
            if (FOUR && LANES == GROUP) {
                whole(rows, groups, from, offset, chains);
            } else {
                blocks(rows, groups, from, offset, chains, shifts);
            }
            finish(TOTAL, GROUP, chains, 0, results);
        }
        rest(rows * LINE + groups * GROUP, n, from, offset, chains, shifts, results);
    }

    /** Sets the totals to what changes nothing. */
    private static void clear(Object chains) {
        if (F64) {
            Arrays.fill((double[]) chains, TOTAL, TOTAL + GROUP, OP.identity());
        } else if (I64) {
            Arrays.fill((long[]) chains, TOTAL, TOTAL + GROUP, OP.longIdentity());
        } else if (I32) {
            int identity = Math.clamp(OP.longIdentity(), Integer.MIN_VALUE, Integer.MAX_VALUE);
            Arrays.fill((int[]) chains, TOTAL, TOTAL + GROUP, identity);
        } else {
            Arrays.fill((float[]) chains, TOTAL, TOTAL + GROUP, (float) OP.identity());
        }
    }

    /** Where a vector is a group: nothing goes to memory between blocks, so that the stream from memory does not stop. */
    private static <E> void whole(int rows, int groups, MemorySegment x, long start, Object chains) {
        x = nat(x);
        Vector<E> p = zero();
        Vector<E> total = get(chains, TOTAL);
        long whole = start + rows * ROW;
        for (long block = start; block < whole; block += BLOCK * ROW) {
            Vector<E> a = mapped(x, block, p);
            Vector<E> b = mapped(x, block + PART, p);
            Vector<E> c = mapped(x, block + 2 * PART, p);
            Vector<E> d = mapped(x, block + 3 * PART, p);
            // As a long that is compared, C2 knows the loop's bounds and checks them once.
            long end = Math.min(whole, block + BLOCK * ROW);
            for (long k = block + ROW; k < end; k += ROW) {
                a = combined(a, x, k, p);
                b = combined(b, x, k + PART, p);
                c = combined(c, x, k + 2 * PART, p);
                d = combined(d, x, k + 3 * PART, p);
            }
            total = joined(total, joined(joined(a, c), joined(b, d)));
        }
        for (long k = whole; k < whole + groups * PART; k += PART) {
            total = combined(total, x, k, p);
        }
        put(total, chains, TOTAL);
    }

    private static void blocks(int rows, int groups, MemorySegment x, long start, Object chains, Object shifts) {
        long k = start;
        for (int left = rows; left > 0; left -= BLOCK) {
            int block = Math.min(left, BLOCK);
            for (int column = 0; column < GROUP; column += LANES) {
                columns(block, x, k + (long) column * SIZE, chains, column, shifts);
                join(chains, TOTAL + column, -TOTAL);
            }
            k += (long) block * LINE * SIZE;
        }
        for (int column = 0; column < groups * GROUP; column += LANES) {
            one(1, x, k + (long) column * SIZE, 0, chains, 0, shifts, 0);
            int total = TOTAL + (column & GROUP - 1);
            join(chains, total, -total);
        }
    }

    private static void columns(int rows, MemorySegment x, long start, Object chains, int column, Object shifts) {
        if (FOUR) {
            parts(rows, x, start, chains, column, shifts);
            return;
        }
        for (int part = 0; part < LINE / GROUP; part++) {
            one(rows, x, start + part * PART, (long) LINE * SIZE, chains, part * GROUP + column, shifts, 0);
        }
        join(chains, column, 2 * GROUP);
        join(chains, GROUP + column, 2 * GROUP);
        join(chains, column, GROUP);
    }

    private static <E> void join(Object chains, int column, int further) {
        Vector<E> a = get(chains, column);
        Vector<E> b = get(chains, column + further);
        put(joined(a, b), chains, column);
    }

    /** A vector of columns and those that are combined with it; eight at once were not compiled whole beside float64. */
    private static <E> void parts(int rows, MemorySegment x, long start, Object chains, int column, Object shifts) {
        x = nat(x);
        Vector<E> p = shift(shifts, 0);
        Vector<E> a = mapped(x, start, p);
        Vector<E> b = mapped(x, start + PART, p);
        Vector<E> c = mapped(x, start + 2 * PART, p);
        Vector<E> d = mapped(x, start + 3 * PART, p);
        for (int row = 1; row < rows; row++) {
            long k = start + (long) row * LINE * SIZE;
            a = combined(a, x, k, p);
            b = combined(b, x, k + PART, p);
            c = combined(c, x, k + 2 * PART, p);
            d = combined(d, x, k + 3 * PART, p);
        }
        put(joined(joined(a, c), joined(b, d)), chains, column);
    }

    /** The elements behind the last whole row; the last vector reaches back. */
    private static void rest(
            int done, int n, MemorySegment x, long offset, Object chains, Object shifts, Results results) {
        int at = done;
        for (; at <= n - LANES; at += LANES) {
            one(1, x, offset + (long) at * SIZE, 0, chains, 0, shifts, 0);
            finish(0, LANES, chains, at & GROUP - 1, results);
        }
        if (at < n) {
            one(1, x, offset + (long) (n - LANES) * SIZE, 0, chains, 0, shifts, 0);
            finish(LANES - (n - at), n - at, chains, at & GROUP - 1, results);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E> Vector<E> joined(Vector<E> a, Vector<E> b) {
        return (Vector<E>) TYPE.cast(OP.lanes(a, b));
    }

    private static void chains(
            int rows, int width, MemorySegment x, long offset, long rowBytes, Object chains, Object shifts, int at) {
        if (FOUR && width >= SWEEP && rows > 4) {
            sweep(rows, width, x, offset, rowBytes, chains, shifts, at);
        } else {
            columns(rows, width, x, offset, rowBytes, chains, shifts, at);
        }
    }

    /** Four vectors of columns at a time, whose chains hide each other's latency, then single ones. */
    private static void columns(
            int rows, int width, MemorySegment x, long offset, long rowBytes, Object chains, Object shifts, int at) {
        int column = 0;
        long start = offset;
        for (; FOUR && column <= width - 4 * LANES; column += 4 * LANES) {
            four(rows, x, start, rowBytes, chains, column, shifts, at + column);
            start += 4L * BYTES;
        }
        for (; column < width; column += LANES) {
            one(rows, x, start, rowBytes, chains, column, shifts, at + column);
            start += BYTES;
        }
    }

    private static <E> void four(
            int rows, MemorySegment x, long start, long rowBytes, Object chains, int column, Object shifts, int at) {
        x = nat(x);
        Vector<E> p = shift(shifts, at);
        Vector<E> q = shift(shifts, at + LANES);
        Vector<E> r = shift(shifts, at + 2 * LANES);
        Vector<E> s = shift(shifts, at + 3 * LANES);
        Vector<E> a = mapped(x, start, p);
        Vector<E> b = mapped(x, start + BYTES, q);
        Vector<E> c = mapped(x, start + 2L * BYTES, r);
        Vector<E> d = mapped(x, start + 3L * BYTES, s);
        for (int row = 1; row < rows; row++) {
            long k = start + row * rowBytes;
            a = combined(a, x, k, p);
            b = combined(b, x, k + BYTES, q);
            c = combined(c, x, k + 2L * BYTES, r);
            d = combined(d, x, k + 3L * BYTES, s);
        }
        put(a, chains, column);
        put(b, chains, column + LANES);
        put(c, chains, column + 2 * LANES);
        put(d, chains, column + 3 * LANES);
    }

    private static <E> void one(
            int rows, MemorySegment x, long start, long rowBytes, Object chains, int column, Object shifts, int at) {
        x = nat(x);
        Vector<E> p = shift(shifts, at);
        Vector<E> a = mapped(x, start, p);
        for (int row = 1; row < rows; row++) {
            a = combined(a, x, start + row * rowBytes, p);
        }
        put(a, chains, column);
    }

    private static void sweep(
            int rows, int width, MemorySegment x, long offset, long rowBytes, Object chains, Object shifts, int at) {
        columns(1, width, x, offset, rowBytes, chains, shifts, at);
        int row = 1;
        for (; row <= rows - 4; row += 4) {
            fourRows(width, x, offset + row * rowBytes, rowBytes, chains, shifts, at);
        }
        for (; row < rows; row++) {
            oneRow(width, x, offset + row * rowBytes, chains, shifts, at);
        }
    }

    private static <E> void fourRows(
            int width, MemorySegment x, long offset, long rowBytes, Object chains, Object shifts, int at) {
        x = nat(x);
        for (int column = 0; column < width; column += LANES) {
            long k = offset + (long) column * SIZE;
            Vector<E> p = shift(shifts, at + column);
            Vector<E> a = get(chains, column);
            a = combined(a, x, k, p);
            a = combined(a, x, k + rowBytes, p);
            a = combined(a, x, k + 2 * rowBytes, p);
            a = combined(a, x, k + 3 * rowBytes, p);
            put(a, chains, column);
        }
    }

    private static <E> void oneRow(int width, MemorySegment x, long offset, Object chains, Object shifts, int at) {
        x = nat(x);
        for (int column = 0; column < width; column += LANES) {
            long k = offset + (long) column * SIZE;
            Vector<E> p = shift(shifts, at + column);
            Vector<E> a = get(chains, column);
            a = combined(a, x, k, p);
            put(a, chains, column);
        }
    }

    // The casts tell C2 the exact class: JDK 21 makes objects of the vectors otherwise once it has seen other widths
    // too.
    @SuppressWarnings("unchecked")
    private static <E> Vector<E> mapped(MemorySegment x, long at, Vector<E> shift) {
        Vector<E> lanes = (Vector<E>) TYPE.cast(IO.load(x, at));
        if (SHIFTS) {
            lanes = (Vector<E>) TYPE.cast(lanes.sub(shift));
        }
        return MAPS ? (Vector<E>) TYPE.cast(OP.mapLanes(lanes)) : lanes;
    }

    @SuppressWarnings("unchecked")
    private static <E> Vector<E> combined(Vector<E> chain, MemorySegment x, long at, Vector<E> shift) {
        return (Vector<E>) TYPE.cast(OP.lanes(chain, mapped(x, at, shift)));
    }

    /** What is subtracted from a vector of columns; zeros that nobody reads where nothing is. */
    private static <E> Vector<E> shift(Object shifts, int at) {
        return SHIFTS ? get(shifts, at) : zero();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E> Vector<E> zero() {
        return (Vector<E>) TYPE.cast(SPECIES.zero());
    }

    @SuppressWarnings("unchecked")
    private static <E> Vector<E> get(Object array, int column) {
        return (Vector<E>) TYPE.cast(SPECIES.fromArray(array, column));
    }

    private static <E> void put(Vector<E> lanes, Object chains, int column) {
        if (F64) {
            ((DoubleVector) TYPE.cast(lanes)).intoArray((double[]) chains, column);
        } else if (I64) {
            ((LongVector) TYPE.cast(lanes)).intoArray((long[]) chains, column);
        } else if (I32) {
            ((IntVector) TYPE.cast(lanes)).intoArray((int[]) chains, column);
        } else {
            ((FloatVector) TYPE.cast(lanes)).intoArray((float[]) chains, column);
        }
    }

    private static void finish(int from, int width, Object chains, int at, Results results) {
        if (F64) {
            finish(from, width, (double[]) chains, results.doubles(), at);
        } else if (I64) {
            finish(from, width, (long[]) chains, results.longs(), at);
        } else if (I32) {
            finish(from, width, (int[]) chains, results.longs(), at);
        } else {
            finish(from, width, (float[]) chains, results.doubles(), at);
        }
    }

    private static void finish(int from, int width, float[] chains, double[] results, int at) {
        int whole = width & -LANES;
        for (int w = 0; w < whole; w += DOUBLES.length()) {
            widen(chains, from + w, results, at + w);
        }
        for (int w = whole; w < width; w++) {
            results[at + w] = OP.combine(results[at + w], chains[from + w]);
        }
    }

    /** Combines a vector of chains in double; taken from a larger vector, it would need a shuffle, too deep to inline. */
    private static void widen(float[] chains, int from, double[] results, int at) {
        FloatVector lanes = (FloatVector) HALF.cast(FloatVector.fromArray(FLOATS, chains, from));
        DoubleVector chain = (DoubleVector) WIDE.cast(lanes.convertShape(VectorOperators.F2D, DOUBLES, 0));
        DoubleVector result = (DoubleVector) WIDE.cast(DoubleVector.fromArray(DOUBLES, results, at));
        ((DoubleVector) WIDE.cast(WIDE_OP.lanes(result, chain))).intoArray(results, at);
    }

    private static void finish(int from, int width, double[] chains, double[] results, int at) {
        for (int w = 0; w < width; w++) {
            results[at + w] = OP.combine(results[at + w], chains[from + w]);
        }
    }

    private static void finish(int from, int width, long[] chains, long[] results, int at) {
        for (int w = 0; w < width; w++) {
            results[at + w] = OP.combine(results[at + w], chains[from + w]);
        }
    }

    private static void finish(int from, int width, int[] chains, long[] results, int at) {
        for (int w = 0; w < width; w++) {
            results[at + w] = OP.combine(results[at + w], chains[from + w]);
        }
    }
}
