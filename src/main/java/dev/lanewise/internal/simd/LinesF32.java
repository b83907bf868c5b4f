package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link GemmLines} for floats; a template, see {@link LaneLoop}. {@code LinesF64} differs in the element type alone. */
final class LinesF32 implements GemmLines<float[]> {
    private static final VectorSpecies<Float> S =
            VectorSpecies.of(float.class, VectorShape.forBitSize(Simd.laneBits()));
    private static final Class<?> TYPE = S.vectorType();
    private static final int LANES = S.length();
    private static final int NR = 2 * LANES;
    private static final int STEP = GemmKernel.STEP_F32;
    private static final int BYTES = LANES * Float.BYTES;
    private static final int ROW_BYTES = 2 * BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final ValueLayout.OfFloat ELEMENT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    /** Masks are registers of the CPU; where they are not, each masked store makes objects. */
    private static final boolean MASKS = Simd.laneBits() == 512;

    private static final FloatVector INDEX = FloatVector.fromArray(S, index(), 0);

    LinesF32() {}

    private static float[] index() {
        float[] index = new float[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            index[lane] = lane;
        }
        return index;
    }

    @Override
    public void store(
            float[] tile, int col, int rows, int cols, MemorySegment c, long cOffset, long rowBytes, boolean add) {
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
                part(tile, col + whole, rows, cols - whole, to, cOffset + (long) whole * Float.BYTES, rowBytes, add);
            }
        }
    }

    private static void setRows(float[] tile, int col, int rows, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            exact(FloatVector.fromArray(S, tile, row * NR + col)).intoMemorySegment(c, to, ORDER);
            exact(FloatVector.fromArray(S, tile, row * NR + col + LANES)).intoMemorySegment(c, to + BYTES, ORDER);
        }
    }

    private static void addRows(float[] tile, int col, int rows, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            FloatVector left = exact(FloatVector.fromMemorySegment(S, c, to, ORDER));
            FloatVector right = exact(FloatVector.fromMemorySegment(S, c, to + BYTES, ORDER));
            exact(left.add(FloatVector.fromArray(S, tile, row * NR + col))).intoMemorySegment(c, to, ORDER);
            exact(right.add(FloatVector.fromArray(S, tile, row * NR + col + LANES)))
                    .intoMemorySegment(c, to + BYTES, ORDER);
        }
    }

    /** Stores up to a vector of columns, {@code col} and on, of each row. */
    private static void part(
            float[] tile, int col, int rows, int cols, MemorySegment c, long cOffset, long rowBytes, boolean add) {
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

    private static void setHalf(float[] tile, int col, int rows, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            exact(FloatVector.fromArray(S, tile, row * NR + col)).intoMemorySegment(c, cOffset + row * rowBytes, ORDER);
        }
    }

    private static void addHalf(float[] tile, int col, int rows, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            FloatVector before = exact(FloatVector.fromMemorySegment(S, c, to, ORDER));
            exact(before.add(FloatVector.fromArray(S, tile, row * NR + col))).intoMemorySegment(c, to, ORDER);
        }
    }

    private static void setMasked(
            float[] tile, int col, int rows, int cols, MemorySegment c, long cOffset, long rowBytes) {
        VectorMask<Float> mask = INDEX.compare(VectorOperators.LT, cols);
        for (int row = 0; row < rows; row++) {
            FloatVector sums = FloatVector.fromArray(S, tile, row * NR + col);
            sums.intoMemorySegment(c, cOffset + row * rowBytes, ORDER, mask);
        }
    }

    private static void addMasked(
            float[] tile, int col, int rows, int cols, MemorySegment c, long cOffset, long rowBytes) {
        VectorMask<Float> mask = INDEX.compare(VectorOperators.LT, cols);
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            FloatVector before = FloatVector.fromMemorySegment(S, c, to, ORDER, mask);
            before.add(FloatVector.fromArray(S, tile, row * NR + col)).intoMemorySegment(c, to, ORDER, mask);
        }
    }

    private static void single(
            float[] tile, int col, int rows, int cols, MemorySegment c, long cOffset, long rowBytes, boolean add) {
        for (int row = 0; row < rows; row++) {
            long to = cOffset + row * rowBytes;
            for (int i = 0; i < cols; i++) {
                float sum = tile[row * NR + col + i];
                long at = to + (long) i * Float.BYTES;
                c.set(ELEMENT, at, add ? c.get(ELEMENT, at) + sum : sum);
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
                long at = (long) col * Float.BYTES;
                FloatVector line = exact(FloatVector.fromMemorySegment(S, x, xOffset + at, ORDER));
                exact(exact(FloatVector.fromMemorySegment(S, c, to + at, ORDER)).add(line))
                        .intoMemorySegment(c, to + at, ORDER);
            }
            for (; col < cols; col++) {
                long at = (long) col * Float.BYTES;
                c.set(ELEMENT, to + at, c.get(ELEMENT, to + at) + x.get(ELEMENT, xOffset + at));
            }
        }
    }

    @Override
    public void addColumn(
            MemorySegment x, long xOffset, int rows, int cols, MemorySegment c, long cOffset, long rowBytes) {
        for (int row = 0; row < rows; row++) {
            addNumber(x.get(ELEMENT, xOffset + (long) row * Float.BYTES), cols, nat(c), cOffset + row * rowBytes);
        }
    }

    private static void addNumber(float number, int cols, MemorySegment c, long cOffset) {
        FloatVector all = exact(FloatVector.broadcast(S, number));
        int col = 0;
        for (; col <= cols - LANES; col += LANES) {
            long to = cOffset + (long) col * Float.BYTES;
            exact(exact(FloatVector.fromMemorySegment(S, c, to, ORDER)).add(all))
                    .intoMemorySegment(c, to, ORDER);
        }
        for (; col < cols; col++) {
            long to = cOffset + (long) col * Float.BYTES;
            c.set(ELEMENT, to, c.get(ELEMENT, to) + number);
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
            copyTwo(nat(from), fromOffset, fromRow, nat(to), toOffset, toRow, rows, (long) (n - LANES) * Float.BYTES);
        } else if (n > LANES) {
            copyLong(nat(from), fromOffset, fromRow, nat(to), toOffset, toRow, rows, n);
        } else {
            for (int row = 0; row < rows; row++) {
                long source = fromOffset + row * fromRow;
                MemorySegment.copy(from, source, to, toOffset + row * toRow, (long) n * Float.BYTES);
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
                long at = (long) Math.min(i, n - LANES) * Float.BYTES;
                exact(FloatVector.fromMemorySegment(S, from, source + at, ORDER))
                        .intoMemorySegment(to, target + at, ORDER);
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
            exact(FloatVector.fromMemorySegment(S, from, source, ORDER)).intoMemorySegment(to, target, ORDER);
            exact(FloatVector.fromMemorySegment(S, from, source + second, ORDER))
                    .intoMemorySegment(to, target + second, ORDER);
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
        VectorMask<Float> mask = INDEX.compare(VectorOperators.LT, n);
        for (int row = 0; row < rows; row++) {
            exact(FloatVector.fromMemorySegment(S, from, fromOffset + row * fromRow, ORDER, mask))
                    .intoMemorySegment(to, toOffset + row * toRow, ORDER, mask);
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
                exact(exact(FloatVector.fromMemorySegment(S, from, source, ORDER)))
                        .intoMemorySegment(to, target, ORDER);
                exact(exact(FloatVector.fromMemorySegment(S, from, source + BYTES, ORDER)))
                        .intoMemorySegment(to, target + BYTES, ORDER);
                source += ROW_BYTES;
                target += sliverBytes;
            }
        }
    }

    @Override
    public void packLines(MemorySegment from, long fromOffset, long rowBytes, int rows, int n, float[] to, int at) {
        copyLines(nat(from), fromOffset, rowBytes, rows, n, to, at);
    }

    private static void copyLines(
            MemorySegment from, long fromOffset, long rowBytes, int rows, int n, float[] to, int at) {
        for (int row = 0; row < rows; row++) {
            long source = fromOffset + row * rowBytes;
            int target = at + row * STEP;
            for (int i = 0; i < n; i += LANES) {
                long next = source + (long) i * Float.BYTES;
                exact(FloatVector.fromMemorySegment(S, from, next, ORDER)).intoArray(to, target + i);
            }
        }
    }

    // Tells C2 the exact class: JDK 21 makes objects of the vectors otherwise once it has seen other widths too. Loads
    // and
    // stores themselves are no helpers: those would be compiled on their own, and then not inlined any more.
    private static FloatVector exact(FloatVector lanes) {
        return (FloatVector) TYPE.cast(lanes);
    }

    private static MemorySegment nat(MemorySegment segment) {
        if (segment.getClass() != Scratch.NATIVE) {
            throw LaneLoop.notNative(segment);
        }
        return segment;
    }
}
