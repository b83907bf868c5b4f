package dev.lanewise.golden;


/** Sorting and searching. */
final class SortCalls {
    private SortCalls() {}

    static void fill() {}
}
