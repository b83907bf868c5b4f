package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.ReduceWarmProgram.print;
import static dev.lanewise.internal.simd.ReduceWarmProgram.warm;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;

/** Warms the kernels of matrix products, first as a program does, and prints of each the bytes that a call allocates then. */
final class ProductWarmProgram {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    private ProductWarmProgram() {}

    public static void main(String[] args) {
        firstProduct(DType.FLOAT32, GemmKernels.f32());
        firstProduct(DType.FLOAT64, GemmKernels.f64());
        GemmKernel<float[]> floats = warm(() -> new GemmTiles<>(DType.FLOAT32, float[]::new).mainSlot());
        float[] a = new float[floats.mr() * floats.step()];
        float[] tile = new float[floats.mr() * floats.nr()];
        MemorySegment b = Arena.ofAuto().allocate(1 << 18, 64);
        print("float product", () -> floats.tile(100, a, 0, b, 0, tile));

        GemmKernel<double[]> doubles = warm(() -> new GemmTiles<>(DType.FLOAT64, double[]::new).mainSlot());
        double[] wideA = new double[doubles.mr() * doubles.step()];
        double[] wideTile = new double[doubles.mr() * doubles.nr()];
        print("double product", () -> doubles.tile(100, wideA, 0, b, 0, wideTile));

        float[] lineA = new float[2 * GemmKernel.STEP_F32];
        printLines(DType.FLOAT32, warm(() -> new GemmTiles<>(DType.FLOAT32, float[]::new).linesSlot()), lineA, tile, b);
        double[] wideLineA = new double[2 * GemmKernel.STEP_F32];
        GemmLines<double[]> wideLines = warm(() -> new GemmTiles<>(DType.FLOAT64, double[]::new).linesSlot());
        printLines(DType.FLOAT64, wideLines, wideLineA, wideTile, b);
    }

    /** The kernels of a program's first product are to become warm while it runs, not only each for itself. */
    private static void firstProduct(DType type, GemmTiles<?> tiles) {
        long end = System.nanoTime() + LONG_ENOUGH.toNanos();
        try (Tensor x = Tensor.ones(type, 512, 512)) {
            while ((tiles.main() == null || !Warmer.SHARED.isIdle()) && System.nanoTime() < end) {
                x.mm(x).close();
            }
        }
        if (tiles.main() == null) {
            throw new IllegalStateException("the first product of " + type.shortName() + " stays scalar");
        }
        System.out.println("first product of " + type.shortName() + ": 0");
    }

    private static <T> void printLines(DType type, GemmLines<T> lines, T packed, T tile, MemorySegment memory) {
        int lanes = Simd.laneBits() / Byte.SIZE / type.byteSize();
        long half = 1 << 17;
        for (int cols : new int[] {1, lanes, lanes + 1, 2 * lanes}) {
            String name = cols + " columns of " + type.shortName() + ": ";
            print(name + "stored", () -> lines.store(tile, 0, 4, cols, memory, half, 512, false));
            print(name + "added", () -> lines.store(tile, 0, 4, cols, memory, half, 512, true));
            print(name + "copied", () -> lines.copyRows(memory, 0, 512, memory, half, 512, 4, cols));
            print(name + "packed", () -> lines.packLines(memory, 0, 512, 2, cols, packed, 0));
            print(name + "plus a row", () -> lines.addRow(memory, 0, 4, cols, memory, half, 512));
            print(name + "plus a column", () -> lines.addColumn(memory, 0, 4, cols, memory, half, 512));
        }
        print("slivers of " + type.shortName(), () -> lines.packRows(memory, 0, 512, 4, memory, half, 2, 4096));
    }
}
