package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.ScanKernel;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The vector kernel of running sums or products, once it is warm. */
final class ScanSlot extends WarmSlot<ScanKernel> {
    private static final int[] WIDTHS = {64, 48, 128, 16};
    private static final int MOST = 128;

    private final LaneReduce op;
    private final DType type;
    private final Object carried;

    ScanSlot(LaneReduce op, DType type) {
        super("running " + op.getClass().getSimpleName() + " " + type.shortName());
        this.op = op;
        this.type = type;
        carried = type == DType.INT64 ? new long[MOST] : new double[MOST];
    }

    @Override
    ScanKernel copy() {
        LaneReduce copy = Templates.copyOf(op, null, LaneReduce.class);
        LaneSpec in = new LaneSpec(type, Simd.lanes(DType.FLOAT64));
        return Templates.define(
                MethodHandles.lookup(), ScanLoop.class, new LoopSpec(copy, in, in, 1), ScanKernel.class);
    }

    @Override
    public void call(MemorySegment memory, int round) {
        boolean tiny = round < SHORT;
        int width = tiny ? WIDTHS[3 - (round & 2)] : WIDTHS[round & 3];
        int rows = tiny ? 1 + (round & 1) : 16 + (round & 1);
        candidate().run(rows, width, memory, 0, memory, 1 << 15, (long) width << type.shift(), carried);
    }
}
