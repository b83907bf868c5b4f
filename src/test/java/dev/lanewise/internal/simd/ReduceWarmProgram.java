package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.ExtremeKernel;
import dev.lanewise.internal.kernel.FoldStrips;
import dev.lanewise.internal.kernel.Results;
import dev.lanewise.internal.kernel.RowFold;
import dev.lanewise.internal.kernel.ScanKernel;
import dev.lanewise.internal.kernel.SoftmaxKernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.function.Supplier;

/** Warms the kernels of reductions and softmax, transposes and matrix-vector products, and prints of each the bytes that a call allocates then. */
final class ReduceWarmProgram {
    private static final LaneReduce[] NORMS = {
        FoldOps.SQUARED_DISTANCES,
        FoldOps.SQUARES,
        FoldOps.ABSOLUTES,
        FoldOps.NONZEROS,
        FoldOps.ZEROS,
        FoldOps.LARGEST_ABSOLUTE,
        FoldOps.SMALLEST_ABSOLUTE
    };
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    private ReduceWarmProgram() {}

    public static void main(String[] args) {
        MemorySegment b = Arena.ofAuto().allocate(1 << 18, 64);
        MemorySegment row = Arena.ofAuto().allocate(1 << 12, 64);
        MemorySegment pad = Arena.ofAuto().allocate(SoftmaxKernel.PAD, 64);
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            for (SoftmaxKernel.Kind kind : SoftmaxKernel.Kind.values()) {
                SoftmaxKernel softmax = warm(() -> new SoftmaxSlot(kind, type));
                print(
                        kind + " of " + type.shortName(),
                        () -> softmax.run(2, 70, row, 0, 256, row, 1024, 256, row, 2048, 256, pad));
            }
            ExtremeKernel extreme = warm(() -> new AutoExtreme.Slot(true, type));
            print("largest of " + type.shortName(), () -> extreme.row(row, 0, 100));
            ScanKernel scan = warm(() -> new ScanSlot(FoldOps.SUM, type));
            double[] carried = new double[16];
            print("running sum of " + type.shortName(), () -> scan.run(3, 16, row, 0, row, 1024, 128, carried));
            for (LaneReduce op : NORMS) {
                fold(op, type, b);
            }
        }
        for (DType type : new DType[] {DType.BOOL, DType.INT32, DType.INT64}) {
            fold(FoldOps.NONZEROS, type, b);
            fold(FoldOps.ZEROS, type, b);
        }
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            long bytes = 64L << type.shift();
            TransposeKernel turn = warm(() -> new LineSlots(type).transpose);
            long half = 1 << 17;
            print("transpose " + type.shortName(), () -> turn.run(b, half, bytes, 21, 37, b, 2048, bytes, b));
            GemvKernel gemv = warm(() -> new LineSlots(type).gemv);
            print("dots " + type.shortName(), () -> gemv.dots(b, half, bytes, 1, 64, b, 0, b));
            print(
                    "columns " + type.shortName(),
                    () -> gemv.addColumns(b, half, bytes, GemvKernel.COLUMNS, 64, b, 0, b, 64));
        }

        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT64}) {
            fold(ReduceCases.SUM, type, b);
        }
    }

    private static void fold(LaneReduce op, DType type, MemorySegment x) {
        RowFold fold = warm(() -> new AutoFold.Slot(op, type));
        Results results = FoldStrips.results(new FoldStrips.Spec(op, type), 64);
        if (op.shifts()) {
            results.shiftBy(new double[1], 0, 64);
        }
        String name = op.getClass().getSimpleName() + " of " + type.shortName();
        print(name, () -> fold.fold(32, 64, x, 0, 64L << type.shift(), results, 0));
        print(name + " in lines", () -> fold.line(1000, x, 0, results));
    }

    /** On a busy machine the warmer gives up on a kernel sooner or later, so a few are tried. */
    static <K> K warm(Supplier<WarmSlot<K>> maker) {
        for (int tries = 0; tries < 5; tries++) {
            WarmSlot<K> slot = maker.get();
            slot.get();
            if (Warmer.SHARED.await(LONG_ENOUGH) && slot.get() != null) {
                return slot.get();
            }
        }
        throw new IllegalStateException("the kernel did not become warm");
    }

    /** Some rounds are granted to a JIT that compiles again for new callers. */
    static void print(String name, Runnable call) {
        long bytes = -1;
        for (int round = 0; round < 2000 && bytes != 0; round++) {
            long start = Allocation.ofThisThread();
            for (int i = 0; i < 100; i++) {
                call.run();
            }
            bytes = Allocation.ofThisThread() - start;
        }
        System.out.println(name + ": " + bytes);
    }
}
