/**
 * Programs that use Lanewise: the main job with its two parts, and short ones to start from.
 *
 * <p>Depends on the public packages, and on XChart for charts. Read {@link dev.lanewise.examples.QuickStart} first, then
 * {@link dev.lanewise.examples.LinearRegression}.
 */
package dev.lanewise.examples;
