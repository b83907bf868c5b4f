/**
 * Mathematical functions of one element in arithmetic alone (+, -, ·, /, √, fma), so that vectors can repeat them bit for bit and
 * every machine gives the same results.
 */
package dev.lanewise.internal.math;
