package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.simd.ReduceCases.Case;
import dev.lanewise.internal.simd.ReduceCases.Layout;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;

/** Prints a hash of the bits of many reductions. */
final class ReductionBits {
    private static final long[][] SHAPES = {{7, 5, 70}, {2, 100, 33}, {2, 1, 3000}, {15_000, 1, 3}, {1, 1, 70_000}};
    private static final int[][] DIMS = {{0}, {2}, {0, 2}, {0, 1, 2}};

    private static final List<LaneReduce> NORMS =
            List.of(FoldOps.SQUARES, FoldOps.ABSOLUTES, FoldOps.LARGEST_ABSOLUTE, FoldOps.SMALLEST_ABSOLUTE);

    private ReductionBits() {}

    public static void main(String[] args) {
        for (DType type : DType.values()) {
            for (long[] shape : SHAPES) {
                for (Layout layout : Layout.values()) {
                    print(type, layout, shape);
                }
            }
        }
    }

    private static void print(DType type, Layout layout, long[] shape) {
        DType result = type.isFloatingPoint() ? DType.FLOAT64 : DType.INT64;
        List<LaneReduce> ops = type == DType.FLOAT32
                ? List.of(ReduceCases.SUM, ReduceCases.PRODUCT, ReduceCases.MAX)
                : List.of(ReduceCases.SUM, ReduceCases.MAX);
        try (Arena arena = Arena.ofShared()) {
            Case in = ReduceCases.random(arena, type, layout, 1, shape);
            ops.forEach(op -> print(arena, op, in, result));
            print(arena, FoldOps.NONZEROS, in, result);
            print(arena, FoldOps.ZEROS, in, DType.BOOL);
            if (type.isFloatingPoint()) {
                NORMS.forEach(op -> print(arena, op, in, result));
            }
        }
    }

    private static void print(Arena arena, LaneReduce op, Case in, DType result) {
        for (int[] dims : DIMS) {
            long bits = ReduceCases.reduce(arena, op, in, result, dims).bits();
            System.out.println(in.operand().dtype() + Arrays.toString(in.shape())
                    + op.getClass().getSimpleName() + Arrays.toString(dims) + " " + bits);
        }
    }
}
