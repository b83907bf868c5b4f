/**
 * Data on its way into a model: data sets, the loader that makes batches of them, and ready-made and read-in data.
 *
 * <p>Built on the public tensors; {@link dev.lanewise.data.NumPyRandom} shares the engine in
 * {@code dev.lanewise.internal.random}. Read {@link dev.lanewise.data.DataLoader} first.
 */
package dev.lanewise.data;
