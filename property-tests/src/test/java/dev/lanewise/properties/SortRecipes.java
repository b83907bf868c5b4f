package dev.lanewise.properties;

/** Sorting and choosing. */
final class SortRecipes {
    private SortRecipes() {}

    static void fill() {}
}
