package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector form of {@link TransposeKernel}; a template, see {@link LaneLoop}.
 *
 * <p>A square of lanes is transposed by exchanging, for each distance 1, 2, 4 …, the halves of pairs of lines. Two
 * distances go through the registers at a time: four lines are read, and written to the scratch or the result.
 */
final class TransposeLoop implements TransposeKernel {
    private static final int ELEMENT = LoopSpec.classData(MethodHandles.lookup(), Integer.class);
    private static final VectorSpecies<Integer> S = species();
    private static final Class<?> TYPE = S.vectorType();
    private static final int LANES = S.length();
    private static final int BYTES = LANES * ELEMENT;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final VectorShuffle<Integer> SWAP1 = swap(1);
    private static final VectorShuffle<Integer> SWAP2 = swap(2);
    private static final VectorShuffle<Integer> SWAP4 = swap(4);
    private static final VectorShuffle<Integer> SWAP8 = swap(8);
    private static final VectorMask<Integer> UPPER1 = upper(1);
    private static final VectorMask<Integer> UPPER2 = upper(2);
    private static final VectorMask<Integer> UPPER4 = upper(4);
    private static final VectorMask<Integer> UPPER8 = upper(8);

    TransposeLoop() {}

    /** Lanes are only moved, so a type of the right size does; that it is called Integer for longs too is never seen. */
    @SuppressWarnings("unchecked")
    private static VectorSpecies<Integer> species() {
        Class<?> lane = ELEMENT == Integer.BYTES ? int.class : long.class;
        return (VectorSpecies<Integer>) VectorSpecies.of(lane, VectorShape.forBitSize(Simd.laneBits()));
    }

    private static VectorShuffle<Integer> swap(int distance) {
        int[] from = new int[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            from[lane] = (lane ^ distance) & (LANES - 1);
        }
        return VectorShuffle.fromArray(S, from, 0);
    }

    private static VectorMask<Integer> upper(int distance) {
        boolean[] bits = new boolean[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            bits[lane] = (lane & distance) != 0;
        }
        return VectorMask.fromArray(S, bits, 0);
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void run(
            MemorySegment from,
            long fromOffset,
            long lineBytes,
            int lines,
            int length,
            MemorySegment to,
            long toOffset,
            long rowBytes,
            MemorySegment scratch) {
        for (int line = 0; line < lines; line += LANES) {
            long base = fromOffset + line * lineBytes;
            int last = Math.min(LANES, lines - line) - 1;
            for (int next = 0; next < length; next += LANES) {
                // The last square overlaps the one before it, since nothing beyond a line may be read.
                int start = Math.min(next, length - LANES);
                long target = toOffset + start * rowBytes + (long) line * ELEMENT;
                square(
                        nat(from),
                        base + (long) start * ELEMENT,
                        lineBytes,
                        last,
                        nat(to),
                        target,
                        rowBytes,
                        nat(scratch));
            }
        }
    }

    private static void square(
            MemorySegment from,
            long at,
            long lineBytes,
            int last,
            MemorySegment to,
            long toAt,
            long rowBytes,
            MemorySegment scratch) {
        if (LANES == 16) {
            far(from, at, lineBytes, last, scratch);
            near(scratch, 0, BYTES, LANES, to, toAt, rowBytes);
        } else if (LANES == 8) {
            middle(from, at, lineBytes, last, scratch);
            near(scratch, 0, BYTES, LANES, to, toAt, rowBytes);
        } else if (LANES == 4) {
            near(from, at, lineBytes, last, to, toAt, rowBytes);
        } else {
            pair(from, at, lineBytes, last, to, toAt, rowBytes);
        }
    }

    /** Distances 8 and 4 of sixteen lines. */
    private static void far(MemorySegment from, long at, long lineBytes, int last, MemorySegment to) {
        for (int line = 0; line < 4; line++) {
            Vector<Integer> a = load(from, at + Math.min(last, line) * lineBytes);
            Vector<Integer> b = load(from, at + Math.min(last, line + 4) * lineBytes);
            Vector<Integer> c = load(from, at + Math.min(last, line + 8) * lineBytes);
            Vector<Integer> d = load(from, at + Math.min(last, line + 12) * lineBytes);
            Vector<Integer> ac = a.blend(c.rearrange(SWAP8), UPPER8);
            Vector<Integer> ca = a.rearrange(SWAP8).blend(c, UPPER8);
            Vector<Integer> bd = b.blend(d.rearrange(SWAP8), UPPER8);
            Vector<Integer> db = b.rearrange(SWAP8).blend(d, UPPER8);
            long row = (long) line * BYTES;
            store(ac.blend(bd.rearrange(SWAP4), UPPER4), to, row);
            store(ac.rearrange(SWAP4).blend(bd, UPPER4), to, row + 4L * BYTES);
            store(ca.blend(db.rearrange(SWAP4), UPPER4), to, row + 8L * BYTES);
            store(ca.rearrange(SWAP4).blend(db, UPPER4), to, row + 12L * BYTES);
        }
    }

    /** Distance 4 of eight lines. */
    private static void middle(MemorySegment from, long at, long lineBytes, int last, MemorySegment to) {
        for (int line = 0; line < 4; line++) {
            Vector<Integer> a = load(from, at + Math.min(last, line) * lineBytes);
            Vector<Integer> b = load(from, at + Math.min(last, line + 4) * lineBytes);
            long row = (long) line * BYTES;
            store(a.blend(b.rearrange(SWAP4), UPPER4), to, row);
            store(a.rearrange(SWAP4).blend(b, UPPER4), to, row + 4L * BYTES);
        }
    }

    /** Distances 2 and 1. */
    private static void near(
            MemorySegment from, long at, long lineBytes, int last, MemorySegment to, long toAt, long rowBytes) {
        for (int line = 0; line < LANES; line += 4) {
            Vector<Integer> a = load(from, at + Math.min(last, line) * lineBytes);
            Vector<Integer> b = load(from, at + Math.min(last, line + 1) * lineBytes);
            Vector<Integer> c = load(from, at + Math.min(last, line + 2) * lineBytes);
            Vector<Integer> d = load(from, at + Math.min(last, line + 3) * lineBytes);
            Vector<Integer> ac = a.blend(c.rearrange(SWAP2), UPPER2);
            Vector<Integer> ca = a.rearrange(SWAP2).blend(c, UPPER2);
            Vector<Integer> bd = b.blend(d.rearrange(SWAP2), UPPER2);
            Vector<Integer> db = b.rearrange(SWAP2).blend(d, UPPER2);
            long row = toAt + line * rowBytes;
            store(ac.blend(bd.rearrange(SWAP1), UPPER1), to, row);
            store(ac.rearrange(SWAP1).blend(bd, UPPER1), to, row + rowBytes);
            store(ca.blend(db.rearrange(SWAP1), UPPER1), to, row + 2 * rowBytes);
            store(ca.rearrange(SWAP1).blend(db, UPPER1), to, row + 3 * rowBytes);
        }
    }

    /** Distance 1 of two lines. */
    private static void pair(
            MemorySegment from, long at, long lineBytes, int last, MemorySegment to, long toAt, long rowBytes) {
        Vector<Integer> a = load(from, at);
        Vector<Integer> b = load(from, at + Math.min(last, 1) * lineBytes);
        store(a.blend(b.rearrange(SWAP1), UPPER1), to, toAt);
        store(a.rearrange(SWAP1).blend(b, UPPER1), to, toAt + rowBytes);
    }

    // These casts tell C2 the exact class: JDK 21 makes objects of the vectors otherwise once it has seen other widths
    // too.
    @SuppressWarnings("unchecked")
    private static Vector<Integer> load(MemorySegment from, long at) {
        return (Vector<Integer>) TYPE.cast(S.fromMemorySegment(from, at, ORDER));
    }

    @SuppressWarnings("unchecked")
    private static void store(Vector<Integer> lanes, MemorySegment to, long at) {
        ((Vector<Integer>) TYPE.cast(lanes)).intoMemorySegment(to, at, ORDER);
    }
}
