/**
 * The declarations of all operations, one table per family, and how a call of one is carried out.
 *
 * <p>Read {@link dev.lanewise.op.Dispatch} first, then {@link dev.lanewise.op.UnaryOps} for what a declaration looks like.
 * An op says what it computes for one element and for a vector, what it keeps for its derivative, and the derivative in
 * terms of tensor methods. May use the whole of {@code dev.lanewise.internal}; beside {@code internal.simd} it is the only
 * package that names the Vector API. Not exported.
 */
package dev.lanewise.op;
