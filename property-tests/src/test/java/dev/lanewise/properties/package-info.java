/**
 * What holds for every op of the registry: equality with the reference interpreter, derivatives, promotion, views.
 *
 * <p>May use everything. Read {@link dev.lanewise.properties.Recipes} first: a new op that is not elementwise needs a row
 * there, an elementwise one needs nothing.
 */
package dev.lanewise.properties;
