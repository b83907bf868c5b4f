/**
 * How good predictions are: measures that are fed batch by batch, with scikit-learn's definitions.
 *
 * <p>Built on the public tensors. Read {@link dev.lanewise.metrics.Metric} first.
 */
package dev.lanewise.metrics;
