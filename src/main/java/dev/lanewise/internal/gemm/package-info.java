/**
 * Matrix products: blocking, packing, edges and threads around a microkernel.
 *
 * <p>May depend on {@code internal.error}, {@code parallel}, {@code kernel} and {@code simd}; the microkernels are in
 * {@code internal.simd}, so that this package does without the Vector API. Read {@link dev.lanewise.internal.gemm.Gemm}
 * first, then {@link dev.lanewise.internal.gemm.PackedGemm}.
 */
package dev.lanewise.internal.gemm;
