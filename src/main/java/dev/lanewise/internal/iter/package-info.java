/**
 * Walks several layouts of one shape at once: the only code that turns shapes and strides into runs of memory.
 *
 * <p>May depend on {@link dev.lanewise.internal.error} and {@link dev.lanewise.internal.shape}; knows neither memory
 * nor dtypes, only byte offsets. Read {@link dev.lanewise.internal.iter.StridedIter} first.
 */
package dev.lanewise.internal.iter;
