package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector form of {@link GemmLines}; a template, see {@link LaneLoop}.
 *
 * @param <T> {@code float[]} or {@code double[]}
 */
final class LinesLoop<T> implements GemmLines<T> {
    private static final boolean F64 = LoopSpec.classData(MethodHandles.lookup(), DType.class) == DType.FLOAT64;
    private static final VectorShape SHAPE = VectorShape.forBitSize(Simd.laneBits());
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
    private static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);
    private static final VectorSpecies<Float> S = species();
    private static final Class<?> TYPE = S.vectorType();
    private static final int LANES = S.length();
    private static final int NR = 2 * LANES;
    private static final int STEP = F64 ? GemmKernel.STEP_F64 : GemmKernel.STEP_F32;
    private static final int ELEMENT = F64 ? Double.BYTES : Float.BYTES;
    private static final int BYTES = LANES * ELEMENT;
    private static final int ROW_BYTES = 2 * BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;
    /** Masks are registers of the CPU; where they are not, each masked store makes objects. */
    private static final boolean MASKS = Simd.laneBits() == 512;

    private static final Vector<Float> INDEX = exact(S.broadcast(0).addIndex(1));

    LinesLoop() {}

    /** One type for both elements: the operations used are the same for all vectors. */
    @SuppressWarnings("unchecked")
    private static VectorSpecies<Float> species() {
        return (VectorSpecies<Float>) (VectorSpecies<?>) (F64 ? DOUBLES : FLOATS);
    }

    @Override
    public void store(T tile, int col, int rows, int cols, MemorySegment c, long cOffset, long rowBytes, boolean add) {
        MemorySegment to = nat(c);
        if (cols == NR && add) {
            addRows(tile, col, rows, to, cOffset, rowBytes);
        } else if (cols == NR) {
            setRows(tile, col, rows, to, cOffset, rowBytes);
        } else {
            int whole = cols & -LANES;
            if (whole > 0) {
                part(tile, col, rows, LANES, to, cOffset, rowBytes, add);
            }
            if (whole < cols) {
                part(tile, col + whole, rows, cols - whole, to, cOffset + (long) whole * ELEMENT, rowBytes, add);
            }
        }
    }

    private static void setRows(Object tile, int col, int rows, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            store(row(tile, row * NR + col), c, to);
            store(row(tile, row * NR + col + LANES), c, to + BYTES);
        }
    }

    private static void addRows(Object tile, int col, int rows, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            Vector<Float> left = load(c, to);
            Vector<Float> right = load(c, to + BYTES);
            store(sum(left, row(tile, row * NR + col)), c, to);
            store(sum(right, row(tile, row * NR + col + LANES)), c, to + BYTES);
        }
    }

    /** Stores up to a vector of columns, {@code col} and on, of each row. */
    private static void part(
            Object tile, int col, int rows, int cols, MemorySegment c, long cOffset, long rowBytes, boolean add) {
        if (cols == LANES && add) {
            addHalf(tile, col, rows, c, cOffset, rowBytes);
        } else if (cols == LANES) {
            setHalf(tile, col, rows, c, cOffset, rowBytes);
        } else if (!MASKS) {
            single(tile, col, rows, cols, c, cOffset, rowBytes, add);
        } else if (add) {
            addMasked(tile, col, rows, cols, c, cOffset, rowBytes);
        } else {
            setMasked(tile, col, rows, cols, c, cOffset, rowBytes);
        }
    }

    private static void setHalf(Object tile, int col, int rows, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            store(row(tile, row * NR + col), c, cOffset + row * rowBytes);
        }
    }

    private static void addHalf(Object tile, int col, int rows, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            store(sum(load(c, to), row(tile, row * NR + col)), c, to);
        }
    }

    private static void setMasked(
            Object tile, int col, int rows, int cols, MemorySegment c, long cOffset, long rowBytes) {
        VectorMask<Float> mask = INDEX.compare(LT, cols);
        for (int row = 0; row < rows; row++) {
            store(row(tile, row * NR + col), c, cOffset + row * rowBytes, mask);
        }
    }

    private static void addMasked(
            Object tile, int col, int rows, int cols, MemorySegment c, long cOffset, long rowBytes) {
        VectorMask<Float> mask = INDEX.compare(LT, cols);
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            store(sum(load(c, to, mask), row(tile, row * NR + col)), c, to, mask);
        }
    }

    private static void single(
            Object tile, int col, int rows, int cols, MemorySegment c, long cOffset, long rowBytes, boolean add) {
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            for (int i = 0; i < cols; i++) {
                int from = row * NR + col + i;
                long at = to + (long) i * ELEMENT;
                double sum = F64 ? ((double[]) tile)[from] : ((float[]) tile)[from];
                put(c, at, add ? get(c, at) + sum : sum);
            }
        }
    }

    @Override
    public void addRow(
            MemorySegment x, long xOffset, int rows, int cols, MemorySegment c, long cOffset, long rowBytes) {
        addLine(nat(x), xOffset, rows, cols, nat(c), cOffset, rowBytes);
    }

    private static void addLine(
            MemorySegment x, long xOffset, int rows, int cols, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            int col = 0;
            for (; col <= cols - LANES; col += LANES) {
                long at = (long) col * ELEMENT;
                store(sum(load(c, to + at), load(x, xOffset + at)), c, to + at);
            }
            for (; col < cols; col++) {
                long at = (long) col * ELEMENT;
                put(c, to + at, get(c, to + at) + get(x, xOffset + at));
            }
        }
    }

    @Override
    public void addColumn(
            MemorySegment x, long xOffset, int rows, int cols, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            addNumber(get(x, xOffset + (long) row * ELEMENT), cols, nat(c), cOffset + row * rowBytes);
        }
    }

    private static void addNumber(double number, int cols, MemorySegment c, long cOffset) {
        Vector<Float> all =
                exact(F64 ? DoubleVector.broadcast(DOUBLES, number) : FloatVector.broadcast(FLOATS, (float) number));
        int col = 0;
        for (; col <= cols - LANES; col += LANES) {
            long to = cOffset + (long) col * ELEMENT;
            store(sum(load(c, to), all), c, to);
        }
        for (; col < cols; col++) {
            long to = cOffset + (long) col * ELEMENT;
            put(c, to, get(c, to) + number);
        }
    }

    @Override
    public void copyRows(
            MemorySegment from,
            long fromOffset,
            long fromRow,
            MemorySegment to,
            long toOffset,
            long toRow,
            int rows,
            int n) {
        if (MASKS && n <= LANES) {
            copyMasked(nat(from), fromOffset, fromRow, nat(to), toOffset, toRow, rows, n);
        } else if (n >= LANES && n <= NR) {
            copyTwo(nat(from), fromOffset, fromRow, nat(to), toOffset, toRow, rows, (long) (n - LANES) * ELEMENT);
        } else if (n > LANES) {
            copyLong(nat(from), fromOffset, fromRow, nat(to), toOffset, toRow, rows, n);
        } else {
            for (int row = 0; row < rows; row++) {
                long source = fromOffset + row * fromRow;
                MemorySegment.copy(from, source, to, toOffset + row * toRow, (long) n * ELEMENT);
            }
        }
    }

    /** The last vector of a row overlaps the one before. */
    private static void copyLong(
            MemorySegment from,
            long fromOffset,
            long fromRow,
            MemorySegment to,
            long toOffset,
            long toRow,
            int rows,
            int n) {
        for (int row = 0; row < rows; row++) {
            long source = fromOffset + row * fromRow;
            long target = toOffset + row * toRow;
            for (int i = 0; i < n; i += LANES) {
                long at = (long) Math.min(i, n - LANES) * ELEMENT;
                store(load(from, source + at), to, target + at);
            }
        }
    }

    private static void copyTwo(
            MemorySegment from,
            long fromOffset,
            long fromRow,
            MemorySegment to,
            long toOffset,
            long toRow,
            int rows,
            long second) {
        for (int row = 0; row < rows; row++) {
            long source = fromOffset + row * fromRow;
            long target = toOffset + row * toRow;
            store(load(from, source), to, target);
            store(load(from, source + second), to, target + second);
        }
    }

    private static void copyMasked(
            MemorySegment from,
            long fromOffset,
            long fromRow,
            MemorySegment to,
            long toOffset,
            long toRow,
            int rows,
            int n) {
        VectorMask<Float> mask = INDEX.compare(LT, n);
        for (int row = 0; row < rows; row++) {
            store(load(from, fromOffset + row * fromRow, mask), to, toOffset + row * toRow, mask);
        }
    }

    @Override
    public void packRows(
            MemorySegment from,
            long fromOffset,
            long rowBytes,
            int rows,
            MemorySegment to,
            long toOffset,
            int slivers,
            long sliverBytes) {
        copySlivers(nat(from), fromOffset, rowBytes, rows, nat(to), toOffset, slivers, sliverBytes);
    }

    private static void copySlivers(
            MemorySegment from,
            long fromOffset,
            long rowBytes,
            int rows,
            MemorySegment to,
            long toOffset,
            int slivers,
            long sliverBytes) {
        for (int row = 0; row < rows; row++) {
            long source = fromOffset + row * rowBytes;
            long target = toOffset + (long) row * ROW_BYTES;
            for (int sliver = 0; sliver < slivers; sliver++) {
                store(load(from, source), to, target);
                store(load(from, source + BYTES), to, target + BYTES);
                source += ROW_BYTES;
                target += sliverBytes;
            }
        }
    }

    @Override
    public void packLines(MemorySegment from, long fromOffset, long rowBytes, int rows, int n, T to, int at) {
        copyLines(nat(from), fromOffset, rowBytes, rows, n, to, at);
    }

    private static void copyLines(
            MemorySegment from, long fromOffset, long rowBytes, int rows, int n, Object to, int at) {
        for (int row = 0; row < rows; row++) {
            long source = fromOffset + row * rowBytes;
            int target = at + row * STEP;
            for (int i = 0; i < n; i += LANES) {
                Vector<Float> lanes = load(from, source + (long) i * ELEMENT);
                if (F64) {
                    ((DoubleVector) (Vector<?>) lanes).intoArray((double[]) to, target + i);
                } else {
                    ((FloatVector) lanes).intoArray((float[]) to, target + i);
                }
            }
        }
    }

    private static Vector<Float> row(Object tile, int at) {
        return exact(
                F64
                        ? DoubleVector.fromArray(DOUBLES, (double[]) tile, at)
                        : FloatVector.fromArray(FLOATS, (float[]) tile, at));
    }

    private static Vector<Float> sum(Vector<Float> a, Vector<Float> b) {
        return exact(a.lanewise(ADD, b));
    }

    private static Vector<Float> load(MemorySegment from, long at) {
        return exact(S.fromMemorySegment(from, at, ORDER));
    }

    private static void store(Vector<Float> lanes, MemorySegment to, long at) {
        exact(lanes).intoMemorySegment(to, at, ORDER);
    }

    @SuppressWarnings("unchecked")
    private static Vector<Float> load(MemorySegment from, long at, VectorMask<Float> mask) {
        return exact(
                F64
                        ? DoubleVector.fromMemorySegment(
                                DOUBLES, from, at, ORDER, (VectorMask<Double>) (VectorMask<?>) mask)
                        : FloatVector.fromMemorySegment(FLOATS, from, at, ORDER, mask));
    }

    private static void store(Vector<Float> lanes, MemorySegment to, long at, VectorMask<Float> mask) {
        exact(lanes).intoMemorySegment(to, at, ORDER, mask);
    }

    private static double get(MemorySegment from, long at) {
        return F64 ? from.get(DOUBLE, at) : from.get(FLOAT, at);
    }

    private static void put(MemorySegment to, long at, double value) {
        if (F64) {
            to.set(DOUBLE, at, value);
        } else {
            to.set(FLOAT, at, (float) value);
        }
    }

    // Tells C2 the exact class: JDK 21 makes objects of the vectors otherwise once it has seen other widths too.
    @SuppressWarnings("unchecked")
    private static Vector<Float> exact(Vector<?> lanes) {
        return (Vector<Float>) TYPE.cast(lanes);
    }
}
