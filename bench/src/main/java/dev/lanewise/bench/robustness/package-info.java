/**
 * Whether the speed is there in every fresh JVM: {@code bench/run-robustness} starts many and compares them.
 *
 * <p>{@link dev.lanewise.bench.robustness.Robustness} starts a {@link dev.lanewise.bench.robustness.Worker} per run, which
 * measures one {@link dev.lanewise.bench.robustness.Kernel}.
 */
package dev.lanewise.bench.robustness;
