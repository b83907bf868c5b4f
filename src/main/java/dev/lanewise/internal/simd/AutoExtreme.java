package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.ExtremeKernel;
import dev.lanewise.internal.kernel.ExtremeStrips;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.Thresholds;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** Finds extremes: scalar while it is cold, with vectors when they are warm. */
final class AutoExtreme implements ExtremeKernel {
    private final ExtremeKernel scalar;
    private final int lanes;
    private final int shift;
    private final Slot slot;
    // Races lose counts, which does no harm.
    private int seen;

    AutoExtreme(boolean largest, DType type) {
        scalar = new ExtremeStrips(largest, type);
        lanes = Simd.lanes(type);
        shift = type.shift();
        slot = new Slot(largest, type);
    }

    private ExtremeKernel vectors(MemorySegment x, long elements) {
        if (x.getClass() != Scratch.NATIVE) {
            return null;
        }
        if (seen <= Thresholds.WARM_AFTER && Simd.warmup() != Simd.Warmup.EAGER) {
            seen += (int) Math.min(Thresholds.WARM_AFTER, elements) + Thresholds.CALL / 10;
            return null;
        }
        return slot.get();
    }

    @Override
    public int row(MemorySegment x, long offset, int n) {
        ExtremeKernel vectors = n < lanes ? null : vectors(x, n);
        return (vectors == null ? scalar : vectors).row(x, offset, n);
    }

    @Override
    public void columns(int rows, int width, MemorySegment x, long offset, long rowBytes, State state) {
        // The last vector may reach behind the last column, but not behind the memory.
        int whole = width + lanes - 1 & -lanes;
        boolean fits = offset + (rows - 1) * rowBytes + ((long) whole << shift) <= x.byteSize();
        ExtremeKernel vectors = fits ? vectors(x, (long) rows * width) : null;
        (vectors == null ? scalar : vectors).columns(rows, width, x, offset, rowBytes, state);
    }

    /** The vector form. */
    static final class Slot extends WarmSlot<ExtremeKernel> {
        private static final int[] SIZES = {1000, 64, 2048, 253};
        private static final int WIDTH = 61;

        private final boolean largest;
        private final DType type;
        private final State state = new State();

        Slot(boolean largest, DType type) {
            super((largest ? "argmax " : "argmin ") + type.shortName());
            this.largest = largest;
            this.type = type;
        }

        @Override
        ExtremeKernel copy() {
            LaneSpec in = new LaneSpec(type, Simd.lanes(type));
            LoopSpec spec = new LoopSpec(null, in, in, largest ? 1 : 0);
            return Templates.define(MethodHandles.lookup(), ExtremeLoop.class, spec, ExtremeKernel.class);
        }

        @Override
        public void call(MemorySegment memory, int round) {
            boolean tiny = round < SHORT;
            candidate().row(memory, 0, tiny ? SIZES[1] : SIZES[round & 3]);
            int rows = tiny ? 1 + (round & 1) : 10 + (round & 3);
            candidate().columns(rows, WIDTH, memory, 0, (long) WIDTH << type.shift(), state);
        }
    }
}
