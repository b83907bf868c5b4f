/**
 * Runs the Java blocks of the documents and compares what they print with the text that is shown.
 *
 * <p>Read {@link dev.lanewise.docs.TutorialTest} first.
 */
package dev.lanewise.docs;
