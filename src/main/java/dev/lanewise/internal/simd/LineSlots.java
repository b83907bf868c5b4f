package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The vector kernels around the matrix products of one element type, each once it is warm. */
final class LineSlots {
    private static final int WIDTH = 64;

    final WarmSlot<TransposeKernel> transpose;
    final WarmSlot<GemvKernel> gemv;

    LineSlots(DType type) {
        int bytes = type.byteSize();
        transpose = new WarmSlot<>("transpose " + bytes) {
            @Override
            TransposeKernel copy() {
                return Templates.define(MethodHandles.lookup(), TransposeLoop.class, bytes, TransposeKernel.class);
            }

            @Override
            public void call(MemorySegment memory, int round) {
                int half = MEMORY / 2;
                boolean tiny = round < SHORT;
                int lines = tiny ? 16 : 32 - (round & 15);
                int width = tiny ? 16 : 32;
                MemorySegment scratch = memory;
                long at = TransposeKernel.SCRATCH;
                long row = (long) WIDTH * bytes;
                candidate().run(memory, at, row, lines, width, memory, half, row, scratch);
            }
        };
        gemv = new WarmSlot<>("gemv " + type.shortName()) {
            @Override
            GemvKernel copy() {
                return Templates.define(MethodHandles.lookup(), GemvLoop.class, type, GemvKernel.class);
            }

            @Override
            public void call(MemorySegment memory, int round) {
                GemvKernel kernel = candidate();
                int half = MEMORY / 2;
                int n = round < SHORT ? 32 : WIDTH + 16 * (round & 3);
                long line = (WIDTH + 64L) * bytes;
                kernel.dots(memory, half, line, kernel.rows(), n, memory, half, memory);
                kernel.addColumns(memory, half, line, GemvKernel.COLUMNS, n, memory, 0, memory, WIDTH);
                kernel.addColumns(memory, half, line, 1, n, memory, 0, memory, WIDTH);
            }
        };
    }
}
