/**
 * The memory of tensors: off-heap storages, the pool and the slabs they come from, scopes, and the budget.
 *
 * <p>Memory from the system comes in chunks, each with an automatic arena, so that the JDK frees a chunk only when
 * nothing can reach it: a freed tensor can give an exception or memory that is not reused yet, never a crash. A large
 * storage is a block of a chunk; small ones are bumped off slabs. Whoever holds memory has a claim on it, a phantom
 * reference that gives the memory back when the holder is closed, when its scope closes, or when the collector finds
 * the holder unreachable.
 *
 * <p>May depend on {@code dev.lanewise.internal.error}, on {@link dev.lanewise.DType} and on the exceptions. Read
 * {@link dev.lanewise.internal.storage.Storage} first, then {@link dev.lanewise.internal.storage.StorageScope}; the
 * decision when to run the collector is in {@code Allocator}.
 */
package dev.lanewise.internal.storage;
