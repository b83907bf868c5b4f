package dev.lanewise.properties;

/** Linear algebra. */
final class LinalgRecipes {
    private LinalgRecipes() {}

    static void fill() {}
}
