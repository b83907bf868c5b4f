/**
 * Gradients: the graph of recorded operations and the walk back through it.
 *
 * <p>Read {@link dev.lanewise.autograd.Node} and {@link dev.lanewise.autograd.Engine} first;
 * {@link dev.lanewise.autograd.Autograd} is what users call beside {@code Tensor.backward()}. Depends on
 * {@link dev.lanewise.Tensor} and its memory, not on any particular operation.
 */
package dev.lanewise.autograd;
