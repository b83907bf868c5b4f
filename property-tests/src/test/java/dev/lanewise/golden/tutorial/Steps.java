package dev.lanewise.golden.tutorial;

/** Takes what each step of a snippet assigned or printed and compares it with the recorded step that is next. */
public interface Steps {
    /** A value that was given to a variable; returned unchanged. */
    <T> T assign(String name, T value);

    /** Values that were printed with a space between them, as Python's {@code print}. */
    void print(Object... values);

    /** Printed numbers whose last digits depend on the order that sums are added in; the tolerance is relative. */
    void printAbout(double tolerance, Object... values);

    /** Values that were printed with NumPy's text, which has no counterpart: only the values are compared. */
    void printArrays(Object... values);

    /** Passes over a recorded step that has no Java form and says why. */
    void skip(String why);

    /** What a loop left: one row per turn, and the line it printed. */
    void trace(double[][] rows, String[] lines);

    /** The seed that the snippet was recorded with. */
    long seed();
}
