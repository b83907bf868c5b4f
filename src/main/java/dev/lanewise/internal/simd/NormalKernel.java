package dev.lanewise.internal.simd;

/** Turns uniforms into normals, in blocks of 16. */
interface NormalKernel {
    /** The first {@code n} values, a multiple of 16, as {@link dev.lanewise.internal.random.WordLoops#normals}. */
    void run(float[] d, int n, float mean, float std);
}
