/**
 * The one place that words error messages.
 *
 * <p>May depend on the exception classes and {@link dev.lanewise.DType} alone; everything may depend on it. Read
 * {@link dev.lanewise.internal.error.Check} first.
 */
package dev.lanewise.internal.error;
