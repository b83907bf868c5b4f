/**
 * The common training loop, ready made: epochs, validation, progress, early stopping, checkpoints, logs and resuming.
 *
 * <p>Read {@link dev.lanewise.train.Trainer}. Stands on the public API alone; a loop of one's own needs nothing of it.
 */
package dev.lanewise.train;
