/**
 * What a kernel is, its scalar versions, and the drivers that feed it with runs of elements.
 *
 * <p>May depend on {@code internal.error}, {@code shape}, {@code iter}, {@code parallel} and {@code storage}; does not know
 * the Vector API. Read {@link dev.lanewise.internal.kernel.MapKernel} first, then
 * {@link dev.lanewise.internal.kernel.Elementwise}.
 */
package dev.lanewise.internal.kernel;
