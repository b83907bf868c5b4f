/**
 * JMH benchmarks of Lanewise, each with plain Java loops over heap arrays beside it, so that a ratio can be read at once.
 *
 * <p>May use everything, the library's internal packages included. Read {@link dev.lanewise.bench.OpBenchmark} first;
 * {@link dev.lanewise.bench.Main} starts them.
 */
package dev.lanewise.bench;
