/**
 * Replays recorded results of PyTorch, NumPy and scikit-learn, from the command line and as a test.
 *
 * <p>Uses the public API and the op declarations. Read {@link dev.lanewise.golden.RunGolden} first;
 * {@link dev.lanewise.golden.Calls} is the table of recorded operators, filled by one class per family.
 */
package dev.lanewise.golden;
