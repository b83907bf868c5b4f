/**
 * Optimizers: they change parameters against their gradients.
 *
 * <p>Built on the public tensors alone. Read {@link dev.lanewise.optim.Optimizer} first, then
 * {@link dev.lanewise.optim.SGD}.
 */
package dev.lanewise.optim;
