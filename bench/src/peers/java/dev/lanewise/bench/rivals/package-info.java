/** Systems that Lanewise is measured beside; compiled by the Maven profile {@code peers} alone, for they bring native code. */
package dev.lanewise.bench.rivals;
