/**
 * Random numbers below the tensors: the Mersenne Twister and the fills that turn its words into PyTorch's draws.
 *
 * <p>May depend on {@link dev.lanewise.internal.error} and {@link dev.lanewise.DType}; knows no tensor. Nothing here is
 * thread-safe: {@link dev.lanewise.Generator} is the lock. Read {@link dev.lanewise.internal.random.Draws} first.
 */
package dev.lanewise.internal.random;
