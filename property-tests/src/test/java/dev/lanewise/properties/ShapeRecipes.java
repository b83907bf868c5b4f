package dev.lanewise.properties;

/** Rearrangements. */
final class ShapeRecipes {
    private ShapeRecipes() {}

    static void fill() {}
}
