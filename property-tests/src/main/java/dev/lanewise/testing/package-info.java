/**
 * For tests of code that uses tensors: jqwik arbitraries of dtypes, shapes, memory layouts and whole tensors.
 *
 * <p>Depends on the public API of Lanewise, on its op declarations, on {@code dev.lanewise.testing.reference} and on
 * jqwik's API. Read {@link dev.lanewise.testing.TensorArbitraries} first.
 */
package dev.lanewise.testing;
