/**
 * Neural networks: modules that hold parameters, layers, losses and initialisations.
 *
 * <p>Built on the public tensors; {@link dev.lanewise.nn.Functional} alone also calls ops that have no tensor method. Read
 * {@link dev.lanewise.nn.Module} first, then {@link dev.lanewise.nn.Linear}.
 */
package dev.lanewise.nn;
