package dev.lanewise.properties;

/** Products of matrices and vectors. */
final class ProductRecipes {
    private ProductRecipes() {}

    static void fill() {}
}
