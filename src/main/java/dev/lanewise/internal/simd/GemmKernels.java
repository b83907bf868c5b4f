package dev.lanewise.internal.simd;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.function.IntFunction;

/**
 * The vector microkernels of the matrix product, once they are warm.
 *
 * <p>Loads and works without the Vector API. The first product that asks for a kernel sends it to be warmed.
 */
public final class GemmKernels {
    private static final Slot<float[]> F32 = new Slot<>("gemm float32", Float.BYTES, float[]::new);
    private static final Slot<double[]> F64 = new Slot<>("gemm float64", Double.BYTES, double[]::new);

    private GemmKernels() {}

    /** The vector kernel for floats; null while it is cold or where vectors are off. */
    public static GemmKernel<float[]> f32() {
        return F32.get();
    }

    /** The vector kernel for doubles; null while it is cold or where vectors are off. */
    public static GemmKernel<double[]> f64() {
        return F64.get();
    }

    /** A kernel that may be warm. */
    static final class Slot<T> extends WarmSlot<GemmKernel<T>> {
        // A good copy is compiled after some 3,000 calls; one that is not after so many is taken to be stuck.
        private static final int CALLS_PER_COPY = 20_000;
        // Depth of the tiles that warm a kernel: long enough for the loop itself to be compiled.
        private static final int DEPTH = 64;

        private final int bytes;
        private final IntFunction<T> arrays;
        // 12 x 2 sums fill 32 registers, 6 x 2 sums 16.
        private int rows = Simd.laneBits() == 512 ? 12 : 6;
        private T a;
        private T tile;

        Slot(String name, int bytes, IntFunction<T> arrays) {
            super(name);
            this.bytes = bytes;
            this.arrays = arrays;
        }

        @Override
        @SuppressWarnings("unchecked")
        GemmKernel<T> copy() {
            Class<?> template = bytes == Float.BYTES ? GemmF32.class : GemmF64.class;
            return Templates.define(MethodHandles.lookup(), template, rows, GemmKernel.class);
        }

        @Override
        public void prepare() {
            super.prepare();
            a = arrays.apply(candidate().mr() * candidate().step());
            tile = arrays.apply(candidate().mr() * candidate().nr());
        }

        @Override
        public void call(MemorySegment memory, int round) {
            if (round % CALLS_PER_COPY == CALLS_PER_COPY - 1) {
                // JDK 21 does not always compile all of the larger tile, depending on what it has seen before.
                rows = 6;
                replace();
            }
            GemmKernel<T> kernel = candidate();
            int half = MEMORY / 2;
            int depth = DEPTH - (round & 7);
            long rowBytes = (long) kernel.nr() * bytes;
            kernel.tile(depth, a, 0, memory, 0, tile);
            kernel.store(tile, kernel.mr(), memory, half, rowBytes, (round & 1) == 0);
            kernel.packRows(memory, 0, rowBytes, depth, memory, half);
        }

        @Override
        public void ready() {
            super.ready();
            a = null;
            tile = null;
        }
    }
}
