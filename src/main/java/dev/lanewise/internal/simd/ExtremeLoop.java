package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.ExtremeKernel;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector form of {@link ExtremeKernel}; a template, see {@link LaneLoop}.
 *
 * <p>Of a row it takes the extreme value of one block after the other, and looks for its place in the block that had the
 * best alone. For columns it keeps the best values and their rows.
 */
final class ExtremeLoop implements ExtremeKernel {
    private static final LoopSpec SPEC = LoopSpec.of(MethodHandles.lookup());
    private static final LaneIo IO = SPEC.in().io();
    private static final boolean LARGEST = SPEC.form() == 1;
    private static final int LANES = SPEC.in().lanes();
    private static final int SIZE = SPEC.in().type().byteSize();
    private static final int BYTES = LANES * SIZE;
    private static final boolean FLOATING = SPEC.in().type().isFloatingPoint();
    // Widening a half takes so many operations that four of them in one loop are not all compiled.
    private static final boolean FOUR = !SPEC.in().type().isHalf();
    private static final boolean F64 = SPEC.in().type() == DType.FLOAT64;
    private static final boolean I64 = SPEC.in().type() == DType.INT64;
    private static final boolean WIDE = F64 || I64;
    private static final VectorShape SHAPE = VectorShape.forBitSize(LANES * (WIDE ? Long.SIZE : Integer.SIZE));
    private static final Class<?> LANE = F64 ? double.class : I64 ? long.class : FLOATING ? float.class : int.class;
    private static final VectorSpecies<?> SPECIES = VectorSpecies.of(LANE, SHAPE);
    private static final Class<?> TYPE = SPECIES.vectorType();
    private static final Class<?> PLACE = WIDE ? long.class : int.class;
    private static final VectorSpecies<?> PLACES = VectorSpecies.of(PLACE, SHAPE);
    private static final Class<?> PLACE_TYPE = PLACES.vectorType();
    private static final int BLOCK = 2048;

    ExtremeLoop() {}

    @Override
    public int row(MemorySegment x, long offset, int n) {
        MemorySegment from = nat(x);
        int best = 0;
        double value = 0;
        long whole = 0;
        for (int at = 0; at < n; at += BLOCK) {
            // A last block of less than a vector reaches back.
            int start = Math.min(at, n - LANES);
            int count = Math.min(BLOCK, n - start);
            long place = offset + (long) start * SIZE;
            if (FLOATING) {
                double next = Double.longBitsToDouble(most(from, place, count));
                boolean better = at == 0 || beats(next, value);
                best = better ? start : best;
                value = better ? next : value;
            } else {
                long next = most(from, place, count);
                boolean better = at == 0 || (LARGEST ? next > whole : next < whole);
                best = better ? start : best;
                whole = better ? next : whole;
            }
        }
        return best + place(from, offset + (long) best * SIZE, Math.min(BLOCK, n - best), value, whole);
    }

    private static boolean beats(double x, double best) {
        return (LARGEST ? x > best : x < best) || Double.isNaN(x) && !Double.isNaN(best);
    }

    /** The extreme value, of floating-point dtypes its bits as a double. */
    private static <E> long most(MemorySegment x, long offset, int n) {
        x = nat(x);
        Vector<E> a = load(x, offset);
        Vector<E> b = a;
        Vector<E> c = a;
        Vector<E> d = a;
        int i = LANES;
        for (; FOUR && i <= n - 4 * LANES; i += 4 * LANES) {
            long k = offset + (long) i * SIZE;
            a = better(a, load(x, k));
            b = better(b, load(x, k + BYTES));
            c = better(c, load(x, k + 2L * BYTES));
            d = better(d, load(x, k + 3L * BYTES));
        }
        for (; i <= n - LANES; i += LANES) {
            a = better(a, load(x, offset + (long) i * SIZE));
        }
        // The last ones, some of which may have been seen.
        b = better(b, load(x, offset + (long) (n - LANES) * SIZE));
        Vector<E> all = better(better(a, b), better(c, d));
        return FLOATING ? Double.doubleToRawLongBits(value(all)) : whole(all);
    }

    @SuppressWarnings("unchecked")
    private static <E> Vector<E> better(Vector<E> a, Vector<E> b) {
        return (Vector<E>) TYPE.cast(LARGEST ? a.max(b) : a.min(b));
    }

    private static <E> double value(Vector<E> lanes) {
        VectorOperators.Associative op = LARGEST ? VectorOperators.MAX : VectorOperators.MIN;
        return F64
                ? ((DoubleVector) TYPE.cast(lanes)).reduceLanes(op)
                : ((FloatVector) TYPE.cast(lanes)).reduceLanes(op);
    }

    private static <E> long whole(Vector<E> lanes) {
        VectorOperators.Associative op = LARGEST ? VectorOperators.MAX : VectorOperators.MIN;
        return I64 ? ((LongVector) TYPE.cast(lanes)).reduceLanes(op) : ((IntVector) TYPE.cast(lanes)).reduceLanes(op);
    }

    /** Where a value that is there stands first. */
    private static <E> int place(MemorySegment x, long offset, int n, double value, long whole) {
        x = nat(x);
        Vector<E> wanted = all(value, whole);
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            VectorMask<E> found = equal(load(x, offset + (long) i * SIZE), wanted);
            if (found.anyTrue()) {
                return i + found.firstTrue();
            }
        }
        return n
                - LANES
                + equal(load(x, offset + (long) (n - LANES) * SIZE), wanted).firstTrue();
    }

    /** Where lanes equal what is wanted, or are NaN, which is there only if it is wanted. */
    private static <E> VectorMask<E> equal(Vector<E> lanes, Vector<E> wanted) {
        VectorMask<E> same = lanes.compare(VectorOperators.EQ, wanted);
        return FLOATING ? same.or(lanes.compare(VectorOperators.NE, lanes)) : same;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E> Vector<E> all(double value, long whole) {
        Object lanes;
        if (F64) {
            lanes = DoubleVector.broadcast((VectorSpecies<Double>) SPECIES, value);
        } else if (FLOATING) {
            lanes = FloatVector.broadcast((VectorSpecies<Float>) SPECIES, (float) value);
        } else {
            lanes = SPECIES.broadcast(whole);
        }
        return (Vector<E>) TYPE.cast(lanes);
    }

    @Override
    public void columns(int rows, int width, MemorySegment x, long offset, long rowBytes, State state) {
        MemorySegment from = nat(x);
        Object best = F64 ? state.doubles : I64 ? state.longs : FLOATING ? state.floats : state.ints;
        Object places = WIDE ? state.longRows : state.rows;
        first(width, from, offset, best, places);
        int row = 1;
        for (; FOUR && row <= rows - 4; row += 4) {
            fourRows(row, width, from, offset + row * rowBytes, rowBytes, best, places);
        }
        for (; row < rows; row++) {
            oneRow(row, width, from, offset + row * rowBytes, best, places);
        }
        for (int w = 0; WIDE && w < width; w++) {
            state.rows[w] = (int) state.longRows[w];
        }
    }

    private static void first(int width, MemorySegment x, long offset, Object best, Object places) {
        x = nat(x);
        for (int w = 0; w < width; w += LANES) {
            put(load(x, offset + (long) w * SIZE), best, w);
            putPlaces(places(0), places, w);
        }
    }

    private static <E, P> void fourRows(
            int row, int width, MemorySegment x, long offset, long rowBytes, Object best, Object places) {
        x = nat(x);
        Vector<P> one = places(row);
        Vector<P> two = places(row + 1);
        Vector<P> three = places(row + 2);
        Vector<P> four = places(row + 3);
        for (int w = 0; w < width; w += LANES) {
            long k = offset + (long) w * SIZE;
            Vector<E> most = get(best, w);
            Vector<P> at = getPlaces(places, w);
            Vector<E> a = load(x, k);
            VectorMask<E> beats = beats(a, most);
            most = most.blend(a, beats);
            at = at.blend(one, cast(beats));
            Vector<E> b = load(x, k + rowBytes);
            beats = beats(b, most);
            most = most.blend(b, beats);
            at = at.blend(two, cast(beats));
            Vector<E> c = load(x, k + 2 * rowBytes);
            beats = beats(c, most);
            most = most.blend(c, beats);
            at = at.blend(three, cast(beats));
            Vector<E> d = load(x, k + 3 * rowBytes);
            beats = beats(d, most);
            most = most.blend(d, beats);
            at = at.blend(four, cast(beats));
            put(most, best, w);
            putPlaces(at, places, w);
        }
    }

    private static <E, P> void oneRow(int row, int width, MemorySegment x, long offset, Object best, Object places) {
        x = nat(x);
        Vector<P> one = places(row);
        for (int w = 0; w < width; w += LANES) {
            Vector<E> most = get(best, w);
            Vector<P> at = getPlaces(places, w);
            Vector<E> a = load(x, offset + (long) w * SIZE);
            VectorMask<E> beats = beats(a, most);
            put(most.blend(a, beats), best, w);
            putPlaces(at.blend(one, cast(beats)), places, w);
        }
    }

    private static <E> VectorMask<E> beats(Vector<E> x, Vector<E> best) {
        if (!FLOATING) {
            return x.compare(LARGEST ? VectorOperators.GT : VectorOperators.LT, best);
        }
        // Not worse, which NaN never is; but nothing beats NaN.
        VectorMask<E> worse = x.compare(LARGEST ? VectorOperators.LE : VectorOperators.GE, best);
        return best.compare(VectorOperators.EQ, best).andNot(worse);
    }

    @SuppressWarnings("unchecked")
    private static <E, P> VectorMask<P> cast(VectorMask<E> mask) {
        return mask.cast((VectorSpecies<P>) PLACES);
    }

    // The casts tell C2 the exact class.
    @SuppressWarnings("unchecked")
    private static <E> Vector<E> load(MemorySegment x, long at) {
        return (Vector<E>) TYPE.cast(IO.load(x, at));
    }

    @SuppressWarnings("unchecked")
    private static <E> Vector<E> get(Object array, int column) {
        return (Vector<E>) TYPE.cast(SPECIES.fromArray(array, column));
    }

    @SuppressWarnings("unchecked")
    private static <P> Vector<P> getPlaces(Object array, int column) {
        return (Vector<P>) PLACE_TYPE.cast(PLACES.fromArray(array, column));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <P> Vector<P> places(int row) {
        return (Vector<P>) PLACE_TYPE.cast(PLACES.broadcast(row));
    }

    private static <E> void put(Vector<E> lanes, Object array, int column) {
        if (F64) {
            ((DoubleVector) TYPE.cast(lanes)).intoArray((double[]) array, column);
        } else if (I64) {
            ((LongVector) TYPE.cast(lanes)).intoArray((long[]) array, column);
        } else if (FLOATING) {
            ((FloatVector) TYPE.cast(lanes)).intoArray((float[]) array, column);
        } else {
            ((IntVector) TYPE.cast(lanes)).intoArray((int[]) array, column);
        }
    }

    private static <P> void putPlaces(Vector<P> lanes, Object array, int column) {
        if (WIDE) {
            ((LongVector) PLACE_TYPE.cast(lanes)).intoArray((long[]) array, column);
        } else {
            ((IntVector) PLACE_TYPE.cast(lanes)).intoArray((int[]) array, column);
        }
    }
}
