package dev.lanewise.internal.simd;

import dev.lanewise.DType;

/**
 * The vector kernels of the matrix products, once they are warm.
 *
 * <p>Loads and works without the Vector API. The first product that asks for a kernel sends it to be warmed.
 */
public final class GemmKernels {
    private static final GemmTiles<float[]> F32 = new GemmTiles<>(DType.FLOAT32, float[]::new);
    private static final GemmTiles<double[]> F64 = new GemmTiles<>(DType.FLOAT64, double[]::new);
    private static final GemmTiles<float[]> ANYWHERE_F32 = new GemmTiles<>(F32);
    private static final GemmTiles<double[]> ANYWHERE_F64 = new GemmTiles<>(F64);
    private static final LineSlots L32 = new LineSlots(DType.FLOAT32);
    private static final LineSlots L64 = new LineSlots(DType.FLOAT64);

    private GemmKernels() {}

    /** The microkernels for floats. */
    public static GemmTiles<float[]> f32() {
        return F32;
    }

    /** The microkernels for doubles. */
    public static GemmTiles<double[]> f64() {
        return F64;
    }

    /** The microkernels for floats whose rows of B begin anywhere. */
    public static GemmTiles<float[]> anywhereF32() {
        return ANYWHERE_F32;
    }

    /** The microkernels for doubles whose rows of B begin anywhere. */
    public static GemmTiles<double[]> anywhereF64() {
        return ANYWHERE_F64;
    }

    /** The kernel that transposes elements of 4 or 8 bytes; null while it is cold or where vectors are off. */
    public static TransposeKernel transpose(int bytes) {
        return (bytes == Float.BYTES ? L32 : L64).transpose.get();
    }

    /** The kernel of matrix-vector products for FLOAT32 or FLOAT64; null while it is cold or where vectors are off. */
    public static GemvKernel gemv(DType type) {
        return (type == DType.FLOAT32 ? L32 : L64).gemv.get();
    }
}
