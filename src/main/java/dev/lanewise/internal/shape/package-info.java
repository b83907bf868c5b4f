/**
 * Shapes, strides, broadcasting and views as pure functions on {@code long[]}; no memory is touched here.
 *
 * <p>Strides are counted in elements and are never negative. Arrays that are passed in are never changed, and an array
 * that is returned belongs to the caller. May depend on {@link dev.lanewise.internal.error} and the exception classes.
 * Read {@link dev.lanewise.internal.shape.Shapes} first, then {@link dev.lanewise.internal.shape.Views}.
 */
package dev.lanewise.internal.shape;
