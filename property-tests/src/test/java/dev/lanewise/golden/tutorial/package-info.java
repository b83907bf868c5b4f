/**
 * The steps of the recorded tutorial, its errors, printed forms, warnings and facts about gradients, written with this
 * library, to be compared with what PyTorch did.
 */
package dev.lanewise.golden.tutorial;
