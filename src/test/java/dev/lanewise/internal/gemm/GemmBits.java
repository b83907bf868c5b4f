package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.gemm.GemmCases.Case;
import dev.lanewise.internal.gemm.GemmCases.Layout;
import java.lang.foreign.Arena;

/** Prints a hash of the bits of many products. */
final class GemmBits {
    private static final long[][] SIZES = {
        {5, 7, 9}, {12, 32, 384}, {37, 67, 400}, {1, 300, 500}, {300, 1, 500}, {100, 530, 30},
    };

    private GemmBits() {}

    public static void main(String[] args) {
        try (Arena arena = Arena.ofShared()) {
            for (DType type : DType.values()) {
                for (long[] size : SIZES) {
                    for (Layout layout : Layout.values()) {
                        if (type.isFloatingPoint()) {
                            print(arena, type, size, layout);
                        }
                    }
                }
            }
        }
    }

    private static void print(Arena arena, DType type, long[] size, Layout layout) {
        Case a = GemmCases.rough(arena, type, size[0], size[2], layout, 1);
        Case b = GemmCases.rough(arena, type, size[2], size[1], Layout.ROWS, 2);
        Case c = GemmCases.rough(arena, type, size[0], size[1], layout, 3);
        GemmCases.multiply(type, a, b, c, size[0] % 2 == 0);
        System.out.println(type + " " + size[0] + "x" + size[1] + "x" + size[2] + " " + layout + " " + c.bits());
    }
}
