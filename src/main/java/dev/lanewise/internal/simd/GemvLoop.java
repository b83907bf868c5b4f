package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;
import static jdk.incubator.vector.VectorOperators.FMA;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link GemvKernel}; a template, see {@link LaneLoop}. */
final class GemvLoop implements GemvKernel {
    private static final boolean F64 = LoopSpec.classData(MethodHandles.lookup(), DType.class) == DType.FLOAT64;
    private static final VectorShape SHAPE = VectorShape.forBitSize(Simd.laneBits());
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
    private static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);
    private static final VectorSpecies<Float> S = species();
    private static final Class<?> TYPE = S.vectorType();
    private static final int ELEMENT = F64 ? Double.BYTES : Float.BYTES;
    private static final int LANES = S.length();
    private static final long BYTES = (long) LANES * ELEMENT;
    /** Vectors of one row's chains; four vectors of sums are those of all rows, more were too long to compile. */
    private static final int PARTS = (int) (CHAINS / BYTES);

    private static final int ROWS = MOST_ROWS / PARTS;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

    GemvLoop() {}

    /** One type for both elements: the operations used are the same for all vectors. */
    @SuppressWarnings("unchecked")
    private static VectorSpecies<Float> species() {
        return (VectorSpecies<Float>) (VectorSpecies<?>) (F64 ? DOUBLES : FLOATS);
    }

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void dots(
            MemorySegment a,
            long aOffset,
            long rowBytes,
            int count,
            int n,
            MemorySegment x,
            long xOffset,
            MemorySegment chains) {
        sums(nat(a), aOffset, rowBytes, count - 1, (long) n * ELEMENT, nat(x), xOffset, nat(chains));
    }

    private static void sums(
            MemorySegment a,
            long at,
            long rowBytes,
            int last,
            long length,
            MemorySegment x,
            long xAt,
            MemorySegment out) {
        Vector<Float> s0 = load(out, 0);
        Vector<Float> s1 = load(out, BYTES);
        Vector<Float> s2 = load(out, 2 * BYTES);
        Vector<Float> s3 = load(out, 3 * BYTES);
        long a0 = place(0, at, rowBytes, last);
        long a1 = place(1, at, rowBytes, last);
        long a2 = place(2, at, rowBytes, last);
        long a3 = place(3, at, rowBytes, last);
        for (long p = 0; p < length; p += CHAINS) {
            long px = xAt + p;
            Vector<Float> x0 = load(x, px);
            Vector<Float> x1 = PARTS == 1 ? x0 : load(x, px + BYTES);
            Vector<Float> x2 = PARTS == 4 ? load(x, px + 2 * BYTES) : x0;
            Vector<Float> x3 = PARTS == 4 ? load(x, px + 3 * BYTES) : x1;
            s0 = fma(load(a, a0 + p), x0, s0);
            s1 = fma(load(a, a1 + p), x1, s1);
            s2 = fma(load(a, a2 + p), x2, s2);
            s3 = fma(load(a, a3 + p), x3, s3);
        }
        store(s0, out, 0);
        store(s1, out, BYTES);
        store(s2, out, 2 * BYTES);
        store(s3, out, 3 * BYTES);
    }

    /** Where the row of a vector of sums begins; rows that are not there are the last one again. */
    private static long place(int sums, long at, long rowBytes, int last) {
        return at + Math.min(last, sums / PARTS) * rowBytes + (long) (sums % PARTS) * BYTES;
    }

    @Override
    public void addColumns(
            MemorySegment a,
            long aOffset,
            long columnBytes,
            int columns,
            int n,
            MemorySegment x,
            long xOffset,
            MemorySegment y,
            long yOffset) {
        if (columns == COLUMNS) {
            addFour(nat(a), aOffset, columnBytes, (long) n * ELEMENT, nat(x), xOffset, nat(y), yOffset);
        } else {
            addOne(nat(a), aOffset, (long) n * ELEMENT, nat(x), xOffset, nat(y), yOffset);
        }
    }

    private static void addFour(
            MemorySegment a, long at, long step, long length, MemorySegment x, long xAt, MemorySegment y, long yAt) {
        Vector<Float> x0 = element(x, xAt, 0);
        Vector<Float> x1 = element(x, xAt, 1);
        Vector<Float> x2 = element(x, xAt, 2);
        Vector<Float> x3 = element(x, xAt, 3);
        for (long i = 0; i < length; i += BYTES) {
            long row = at + i;
            Vector<Float> sum = load(y, yAt + i);
            sum = fma(x0, load(a, row), sum);
            sum = fma(x1, load(a, row + step), sum);
            sum = fma(x2, load(a, row + 2 * step), sum);
            sum = fma(x3, load(a, row + 3 * step), sum);
            store(sum, y, yAt + i);
        }
    }

    private static void addOne(
            MemorySegment a, long at, long length, MemorySegment x, long xAt, MemorySegment y, long yAt) {
        Vector<Float> factor = element(x, xAt, 0);
        for (long i = 0; i < length; i += BYTES) {
            store(fma(factor, load(a, at + i), load(y, yAt + i)), y, yAt + i);
        }
    }

    private static Vector<Float> element(MemorySegment x, long at, int index) {
        return broadcast(
                F64 ? x.get(DOUBLE, at + (long) index * Double.BYTES) : x.get(FLOAT, at + (long) index * Float.BYTES));
    }

    private static Vector<Float> broadcast(double value) {
        return exact(F64 ? DoubleVector.broadcast(DOUBLES, value) : FloatVector.broadcast(FLOATS, (float) value));
    }

    private static Vector<Float> load(MemorySegment from, long at) {
        return exact(S.fromMemorySegment(from, at, ORDER));
    }

    private static Vector<Float> fma(Vector<Float> a, Vector<Float> b, Vector<Float> sum) {
        return exact(a.lanewise(FMA, b, sum));
    }

    private static void store(Vector<Float> lanes, MemorySegment to, long at) {
        exact(lanes).intoMemorySegment(to, at, ORDER);
    }

    // This cast tells C2 the exact class: JDK 21 makes objects of the vectors otherwise once it has seen other widths
    // too.
    @SuppressWarnings("unchecked")
    private static Vector<Float> exact(Vector<?> lanes) {
        return (Vector<Float>) TYPE.cast(lanes);
    }
}
