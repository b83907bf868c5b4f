package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.BlockMover;
import dev.lanewise.internal.kernel.ScalarMover;
import dev.lanewise.internal.kernel.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** Moves blocks element by element while it is cold and with vectors when they are warm. */
final class AutoMover implements BlockMover {
    private static final BlockMover[] MOVERS = {of(0), of(1), of(2), of(3)};

    private final BlockMover scalar;
    private final Slot slot;

    private AutoMover(MoveSpec spec) {
        scalar = ScalarMover.of(spec.shift());
        slot = new Slot(spec);
    }

    /** The mover of elements of {@code 1 << shift} bytes. */
    static BlockMover get(int shift) {
        return MOVERS[shift];
    }

    private static BlockMover of(int shift) {
        MoveSpec spec = new MoveSpec(shift, Math.max(Long.SIZE, Simd.laneBits()));
        return Simd.isOn() && spec.isWorthwhile() ? new AutoMover(spec) : ScalarMover.of(shift);
    }

    /** Memory-mapped files have segments of another class, which the vector loops refuse. */
    private BlockMover mover(MemorySegment from, MemorySegment to) {
        BlockMover vectors = slot.get();
        boolean fit = vectors != null && from.getClass() == Scratch.NATIVE && to.getClass() == Scratch.NATIVE;
        return fit ? vectors : scalar;
    }

    @Override
    public void transpose(
            MemorySegment from, long at, long step, MemorySegment to, long ta, long pitch, int rows, int columns) {
        mover(from, to).transpose(from, at, step, to, ta, pitch, rows, columns);
    }

    @Override
    public void rows(
            MemorySegment from, long at, long step, MemorySegment to, long ta, long pitch, int rows, int columns) {
        mover(from, to).rows(from, at, step, to, ta, pitch, rows, columns);
    }

    @Override
    public void spread(MemorySegment from, long at, long step, MemorySegment to, long ta, int rows, int columns) {
        mover(from, to).spread(from, at, step, to, ta, rows, columns);
    }

    static final class Slot extends WarmSlot<BlockMover> {
        private static final int SIDE = 20;
        private static final long HALF = Warmer.Task.MEMORY / 2;

        private final MoveSpec spec;

        Slot(MoveSpec spec) {
            super("blocks of " + (1 << spec.shift()) + "-byte elements");
            this.spec = spec;
        }

        @Override
        BlockMover copy() {
            return Templates.define(MethodHandles.lookup(), MoveLoop.class, spec, BlockMover.class);
        }

        @Override
        public void call(MemorySegment memory, int round) {
            long pitch = (long) SIDE << spec.shift();
            BlockMover mover = candidate();
            int side = round < SHORT ? spec.lanes() << (round & 1) : SIDE;
            mover.transpose(memory, 0, pitch, memory, HALF, pitch, side, side);
            int columns = 3 + (round & 31);
            long step = columns + 3L << spec.shift();
            mover.rows(memory, 0, step, memory, HALF, (long) columns << spec.shift(), side, columns);
            mover.spread(memory, 0, step, memory, HALF, side, columns);
        }
    }
}
