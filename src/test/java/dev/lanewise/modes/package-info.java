/** Tests that results are the same in every mode the library can run in, and that it says which one it is. */
package dev.lanewise.modes;
