/**
 * Files: what {@code torch.save} writes and {@code torch.load} reads, in both directions.
 *
 * <p>Read {@link dev.lanewise.io.TorchFile}. Stands on the public API alone.
 */
package dev.lanewise.io;
