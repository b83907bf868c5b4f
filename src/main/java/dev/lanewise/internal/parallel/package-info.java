/**
 * Splits loops over the library's own threads.
 *
 * <p>May depend on {@code internal.error} alone. Read {@link dev.lanewise.internal.parallel.Parallel} first.
 */
package dev.lanewise.internal.parallel;
