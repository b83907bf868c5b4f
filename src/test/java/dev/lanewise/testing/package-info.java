/**
 * What the tests read recorded results with: JSON, NumPy's {@code .npy} and {@code .npz}, and the recordings in the
 * test resources.
 *
 * <p>Depends on the JDK and JUnit alone. Read {@link dev.lanewise.testing.Golden} first.
 */
package dev.lanewise.testing;
