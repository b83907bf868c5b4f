/**
 * Text as Python writes it, for printed modules and optimizers.
 *
 * <p>Depends on nothing. Read {@link dev.lanewise.internal.text.PythonText} first.
 */
package dev.lanewise.internal.text;
