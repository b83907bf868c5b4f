package dev.lanewise.internal.gemm;

import dev.lanewise.DType;
import dev.lanewise.internal.parallel.ScratchPool;
import dev.lanewise.internal.simd.GemmKernel;
import dev.lanewise.internal.simd.GemmKernels;
import dev.lanewise.internal.simd.GemmTiles;
import dev.lanewise.internal.simd.GemvKernel;

/**
 * What the products of one dtype share.
 *
 * @param pool of work buffers
 * @param tiles the microkernels; null for halves, whose large products are those of floats
 * @param anywhere those for rows of B that begin anywhere; null for halves
 * @param <T> {@code float[]} or {@code double[]}
 */
record Element<T>(DType type, ScratchPool<Workspace<T>> pool, GemmTiles<T> tiles, GemmTiles<T> anywhere) {
    static final Element<float[]> F32 =
            new Element<>(DType.FLOAT32, Workspace.floats(DType.FLOAT32), GemmKernels.f32(), GemmKernels.anywhereF32());
    static final Element<double[]> F64 =
            new Element<>(DType.FLOAT64, Workspace.doubles(), GemmKernels.f64(), GemmKernels.anywhereF64());
    static final Element<float[]> F16 = new Element<>(DType.FLOAT16, Workspace.floats(DType.FLOAT16), null, null);
    static final Element<float[]> BF16 = new Element<>(DType.BFLOAT16, Workspace.floats(DType.BFLOAT16), null, null);

    /** The main microkernel; null while it is cold or where there is none. */
    GemmKernel<T> main() {
        return tiles == null ? null : tiles.main();
    }

    /** The kernel of matrix-vector products; null while it is cold or where there is none. */
    GemvKernel gemv() {
        return tiles == null ? null : GemmKernels.gemv(type);
    }
}
