package dev.lanewise.internal.simd;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;

/**
 * The vector microkernels of the matrix product, once they are warm.
 *
 * <p>Loads and works without the Vector API. The first product that asks for a kernel sends it to be warmed.
 */
public final class GemmKernels {
    private static final Slot<float[]> F32 = new Slot<>("gemm float32", float[].class);
    private static final Slot<double[]> F64 = new Slot<>("gemm float64", double[].class);

    private GemmKernels() {}

    /** The vector kernel for floats; null while it is cold or where vectors are off. */
    public static GemmKernel<float[]> f32() {
        GemmKernel<float[]> kernel = F32.warm;
        return kernel == null ? F32.ask() : kernel;
    }

    /** The vector kernel for doubles; null while it is cold or where vectors are off. */
    public static GemmKernel<double[]> f64() {
        GemmKernel<double[]> kernel = F64.warm;
        return kernel == null ? F64.ask() : kernel;
    }

    /** One kernel: not asked for yet, being warmed, or warm. */
    private static final class Slot<T> implements Warmer.Task {
        // A good copy is compiled after some 3,000 calls; one that is not after so many is taken to be stuck.
        private static final int CALLS_PER_COPY = 20_000;
        // Depth of the tiles that warm a kernel: long enough for the loop itself to be compiled.
        private static final int DEPTH = 64;

        private final String name;
        private final Class<T> arrays;
        private boolean asked;
        private volatile GemmKernel<T> warm;
        private GemmKernel<T> candidate;
        private T a;
        private T tile;

        Slot(String name, Class<T> arrays) {
            this.name = name;
            this.arrays = arrays;
        }

        GemmKernel<T> ask() {
            if (!Simd.isOn() || Simd.warmup() == Simd.Warmup.OFF) {
                return null;
            }
            synchronized (this) {
                if (!asked) {
                    asked = true;
                    if (Simd.warmup() == Simd.Warmup.BACKGROUND) {
                        Warmer.submit(this);
                    } else {
                        useAtOnce();
                    }
                }
            }
            return warm;
        }

        private void useAtOnce() {
            try {
                prepare();
                ready();
            } catch (Templates.Unavailable e) {
                Simd.tell(name + " stays scalar, because " + e.getMessage());
            }
        }

        @Override
        public void prepare() {
            candidate = copy();
            a = arrays.cast(Array.newInstance(arrays.getComponentType(), candidate.mr() * candidate.step()));
            tile = arrays.cast(Array.newInstance(arrays.getComponentType(), candidate.mr() * candidate.nr()));
        }

        @SuppressWarnings("unchecked")
        private GemmKernel<T> copy() {
            Class<?> template = arrays == float[].class ? GemmF32.class : GemmF64.class;
            return Templates.define(MethodHandles.lookup(), template, null, GemmKernel.class);
        }

        @Override
        public void call(MemorySegment memory, int round) {
            if (round % CALLS_PER_COPY == CALLS_PER_COPY - 1) {
                candidate = copy();
            }
            GemmKernel<T> kernel = candidate;
            int half = MEMORY / 2;
            int depth = DEPTH - (round & 7);
            long rowBytes = kernel.nr() * (arrays == float[].class ? 4L : 8L);
            kernel.tile(depth, a, 0, memory, 0, tile);
            kernel.store(tile, kernel.mr(), memory, half, rowBytes, (round & 1) == 0);
            kernel.packRows(memory, 0, rowBytes, depth, memory, half);
        }

        @Override
        public void ready() {
            warm = candidate;
            candidate = null;
            a = null;
            tile = null;
        }

        @Override
        public String name() {
            return name;
        }
    }
}
