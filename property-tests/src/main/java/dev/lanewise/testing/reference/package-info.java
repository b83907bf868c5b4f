/**
 * A slow interpreter of tensor operations on {@code double[]} and {@code long[]}, which the library is compared with.
 *
 * <p>It shares no code with the library's shapes, strides, broadcasting, promotion or rounding; of an elementwise op it
 * takes only the scalar form, which is its meaning. Read {@link dev.lanewise.testing.reference.Ref} first.
 */
package dev.lanewise.testing.reference;
