package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import dev.lanewise.internal.kernel.BlockMover;
import dev.lanewise.internal.kernel.Repeat;
import dev.lanewise.internal.kernel.ScalarMover;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Moves blocks by vectors; a template with a {@link MoveSpec}.
 *
 * <p>Transposes squares of eight or four vectors: vectors that are {@code d} apart swap the lanes that are {@code d} apart,
 * for each power of two {@code d}. Where the block is no multiple of the square, the last squares overlap the ones before.
 */
final class MoveLoop implements BlockMover {
    private static final MoveSpec SPEC = LoopSpec.classData(MethodHandles.lookup(), MoveSpec.class);
    private static final int SHIFT = SPEC.shift();
    private static final int LANES = SPEC.lanes();
    private static final boolean EIGHT = LANES == 8;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final VectorShape SHAPE = VectorShape.forBitSize(Math.max(64, LANES * Byte.SIZE << SHIFT));
    private static final VectorSpecies<Byte> BYTES = VectorSpecies.of(byte.class, SHAPE);
    private static final VectorSpecies<Short> SHORTS = VectorSpecies.of(short.class, SHAPE);
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
    private static final VectorSpecies<Long> LONGS = VectorSpecies.of(long.class, SHAPE);
    private static final VectorSpecies<Object> SQUARE = square();
    private static final VectorShuffle<Object> SWAP_4 = swap(EIGHT ? 4 : 1);
    private static final VectorShuffle<Object> SWAP_2 = swap(2);
    private static final VectorShuffle<Object> SWAP_1 = swap(1);
    private static final VectorMask<Object> ODD_4 = odd(EIGHT ? 4 : 1);
    private static final VectorMask<Object> ODD_2 = odd(2);
    private static final VectorMask<Object> ODD_1 = odd(1);

    private static final VectorShape WIDEST = VectorShape.forBitSize(SPEC.bits());
    private static final VectorSpecies<Long> RUN = VectorSpecies.of(long.class, WIDEST);
    private static final int WIDTH = WIDEST.vectorBitSize() / Byte.SIZE;
    private static final BlockMover SCALAR = ScalarMover.of(SHIFT);

    MoveLoop() {}

    @SuppressWarnings("unchecked")
    private static VectorSpecies<Object> square() {
        VectorSpecies<?> species = SHIFT == 0 ? BYTES : SHIFT == 1 ? SHORTS : SHIFT == 2 ? INTS : LONGS;
        return (VectorSpecies<Object>) species;
    }

    private static VectorShuffle<Object> swap(int distance) {
        int[] sources = new int[SQUARE.length()];
        for (int lane = 0; lane < sources.length; lane++) {
            sources[lane] = (lane ^ distance) & (sources.length - 1);
        }
        return VectorShuffle.fromArray(SQUARE, sources, 0);
    }

    private static VectorMask<Object> odd(int distance) {
        long bits = 0;
        for (int lane = 0; lane < SQUARE.length(); lane++) {
            bits |= (lane & distance) != 0 ? 1L << lane : 0;
        }
        return VectorMask.fromLong(SQUARE, bits);
    }

    @Override
    public void transpose(
            MemorySegment from, long at, long step, MemorySegment to, long ta, long pitch, int rows, int columns) {
        if (rows < LANES || columns < LANES) {
            SCALAR.transpose(from, at, step, to, ta, pitch, rows, columns);
            return;
        }
        MemorySegment in = nat(from);
        MemorySegment out = nat(to);
        for (int row = 0; row < rows; row += LANES) {
            long r = Math.min(row, rows - LANES);
            if (EIGHT) {
                eight(in, at + (r << SHIFT), step, out, ta + r * pitch, pitch, columns);
            } else {
                four(in, at + (r << SHIFT), step, out, ta + r * pitch, pitch, columns);
            }
        }
    }

    private static void four(
            MemorySegment in, long start, long step, MemorySegment out, long target, long pitch, int columns) {
        for (int column = 0; column < columns; column += LANES) {
            long first = Math.min(column, columns - LANES);
            long at = start + first * step;
            long ta = target + (first << SHIFT);
            Vector<Object> a = load(in, at);
            Vector<Object> b = load(in, at + step);
            Vector<Object> c = load(in, at + 2 * step);
            Vector<Object> d = load(in, at + 3 * step);
            Vector<Object> ac = c.blend(a, ODD_2).rearrange(SWAP_2);
            Vector<Object> bd = d.blend(b, ODD_2).rearrange(SWAP_2);
            a = a.blend(ac, ODD_2);
            b = b.blend(bd, ODD_2);
            c = ac.blend(c, ODD_2);
            d = bd.blend(d, ODD_2);
            Vector<Object> ab = b.blend(a, ODD_1).rearrange(SWAP_1);
            Vector<Object> cd = d.blend(c, ODD_1).rearrange(SWAP_1);
            a.blend(ab, ODD_1).intoMemorySegment(out, ta, ORDER);
            ab.blend(b, ODD_1).intoMemorySegment(out, ta + pitch, ORDER);
            c.blend(cd, ODD_1).intoMemorySegment(out, ta + 2 * pitch, ORDER);
            cd.blend(d, ODD_1).intoMemorySegment(out, ta + 3 * pitch, ORDER);
        }
    }

    private static void eight(
            MemorySegment in, long start, long step, MemorySegment out, long target, long pitch, int columns) {
        for (int column = 0; column < columns; column += LANES) {
            long first = Math.min(column, columns - LANES);
            long at = start + first * step;
            long ta = target + (first << SHIFT);
            Vector<Object> a = load(in, at);
            Vector<Object> b = load(in, at + step);
            Vector<Object> c = load(in, at + 2 * step);
            Vector<Object> d = load(in, at + 3 * step);
            Vector<Object> e = load(in, at + 4 * step);
            Vector<Object> f = load(in, at + 5 * step);
            Vector<Object> g = load(in, at + 6 * step);
            Vector<Object> h = load(in, at + 7 * step);
            Vector<Object> ae = e.blend(a, ODD_4).rearrange(SWAP_4);
            Vector<Object> bf = f.blend(b, ODD_4).rearrange(SWAP_4);
            Vector<Object> cg = g.blend(c, ODD_4).rearrange(SWAP_4);
            Vector<Object> dh = h.blend(d, ODD_4).rearrange(SWAP_4);
            a = a.blend(ae, ODD_4);
            b = b.blend(bf, ODD_4);
            c = c.blend(cg, ODD_4);
            d = d.blend(dh, ODD_4);
            e = ae.blend(e, ODD_4);
            f = bf.blend(f, ODD_4);
            g = cg.blend(g, ODD_4);
            h = dh.blend(h, ODD_4);
            Vector<Object> ac = c.blend(a, ODD_2).rearrange(SWAP_2);
            Vector<Object> bd = d.blend(b, ODD_2).rearrange(SWAP_2);
            Vector<Object> eg = g.blend(e, ODD_2).rearrange(SWAP_2);
            Vector<Object> fh = h.blend(f, ODD_2).rearrange(SWAP_2);
            a = a.blend(ac, ODD_2);
            b = b.blend(bd, ODD_2);
            c = ac.blend(c, ODD_2);
            d = bd.blend(d, ODD_2);
            e = e.blend(eg, ODD_2);
            f = f.blend(fh, ODD_2);
            g = eg.blend(g, ODD_2);
            h = fh.blend(h, ODD_2);
            Vector<Object> ab = b.blend(a, ODD_1).rearrange(SWAP_1);
            Vector<Object> cd = d.blend(c, ODD_1).rearrange(SWAP_1);
            Vector<Object> ef = f.blend(e, ODD_1).rearrange(SWAP_1);
            Vector<Object> gh = h.blend(g, ODD_1).rearrange(SWAP_1);
            a.blend(ab, ODD_1).intoMemorySegment(out, ta, ORDER);
            ab.blend(b, ODD_1).intoMemorySegment(out, ta + pitch, ORDER);
            c.blend(cd, ODD_1).intoMemorySegment(out, ta + 2 * pitch, ORDER);
            cd.blend(d, ODD_1).intoMemorySegment(out, ta + 3 * pitch, ORDER);
            e.blend(ef, ODD_1).intoMemorySegment(out, ta + 4 * pitch, ORDER);
            ef.blend(f, ODD_1).intoMemorySegment(out, ta + 5 * pitch, ORDER);
            g.blend(gh, ODD_1).intoMemorySegment(out, ta + 6 * pitch, ORDER);
            gh.blend(h, ODD_1).intoMemorySegment(out, ta + 7 * pitch, ORDER);
        }
    }

    @SuppressWarnings("unchecked")
    private static Vector<Object> load(MemorySegment in, long at) {
        Vector<?> lanes;
        if (SHIFT == 0) {
            lanes = ByteVector.fromMemorySegment(BYTES, in, at, ORDER);
        } else if (SHIFT == 1) {
            lanes = ShortVector.fromMemorySegment(SHORTS, in, at, ORDER);
        } else if (SHIFT == 2) {
            lanes = IntVector.fromMemorySegment(INTS, in, at, ORDER);
        } else {
            lanes = LongVector.fromMemorySegment(LONGS, in, at, ORDER);
        }
        return (Vector<Object>) lanes;
    }

    @Override
    public void rows(
            MemorySegment from, long at, long step, MemorySegment to, long ta, long pitch, int rows, int columns) {
        MemorySegment in = nat(from);
        MemorySegment out = nat(to);
        int bytes = columns << SHIFT;
        int last = Math.max(0, bytes - WIDTH);
        int whole = bytes >= WIDTH ? rows : overwritable(in, at, step, pitch, rows, bytes);
        for (int row = 0; row < whole; row++) {
            long source = at + row * step;
            long target = ta + row * pitch;
            for (int i = 0; i < bytes; i += WIDTH) {
                int place = Math.min(i, last);
                LongVector.fromMemorySegment(RUN, in, source + place, ORDER)
                        .intoMemorySegment(out, target + place, ORDER);
            }
        }
        SCALAR.rows(in, at + whole * step, step, out, ta + whole * pitch, pitch, rows - whole, columns);
    }

    /** How many of some short rows may be copied as whole vectors, of which the next rows overwrite what is too much. */
    private static int overwritable(MemorySegment in, long at, long step, long pitch, int rows, int bytes) {
        long space = in.byteSize() - at - WIDTH;
        if (pitch != bytes || step <= 0 || space < 0) {
            return 0;
        }
        return (int) Math.max(0, Math.min(space / step + 1, rows - (WIDTH + bytes - 1) / bytes));
    }

    @Override
    public void spread(MemorySegment from, long at, long step, MemorySegment to, long ta, int rows, int columns) {
        MemorySegment in = nat(from);
        MemorySegment out = nat(to);
        long pitch = (long) columns << SHIFT;
        int last = (int) Math.min(rows, (WIDTH + pitch - 1) / pitch);
        for (int row = 0; row < rows - last; row++) {
            LongVector pattern = LongVector.broadcast(RUN, Repeat.pattern(SHIFT, in, at + row * step));
            for (long i = 0; i < pitch; i += WIDTH) {
                pattern.intoMemorySegment(out, ta + row * pitch + i, ORDER);
            }
        }
        int done = rows - last;
        SCALAR.spread(in, at + done * step, step, out, ta + done * pitch, last, columns);
    }
}
