/**
 * Tensors on the JVM, as PyTorch's users know them.
 *
 * <p>{@code Tensor}'s methods are spread by subject over a chain of package-private classes, from {@code TensorBase} up to
 * {@code TensorDraws}; a class sees the methods of those below it, and the others through {@code self()}.
 *
 * <p>Read {@link dev.lanewise.Tensor} first; {@link dev.lanewise.DType}, {@link dev.lanewise.Shape},
 * {@link dev.lanewise.Index}, {@link dev.lanewise.Scope} and {@link dev.lanewise.Generator} are what its methods speak of,
 * and {@link dev.lanewise.Lanewise} holds the settings of the whole library. This package may use everything below it; only
 * {@code DType}, {@code Shape} and the exceptions may be used from {@code dev.lanewise.internal}.
 */
package dev.lanewise;
