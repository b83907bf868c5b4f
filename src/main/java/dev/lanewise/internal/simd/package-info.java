/**
 * The kernels written with the Vector API, and the gate that decides whether they are used.
 *
 * <p>May depend on {@code internal.kernel} and what that may depend on. Besides the op tables the only package that names
 * {@code jdk.incubator.vector}. {@link dev.lanewise.internal.simd.Kernels} and {@link dev.lanewise.internal.simd.Simd} load
 * and work without that module. Read {@link dev.lanewise.internal.simd.Kernels} first, then
 * {@link dev.lanewise.internal.simd.BinaryLoop} as the model of a loop template.
 */
package dev.lanewise.internal.simd;
