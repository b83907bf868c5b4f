package dev.lanewise.properties;

/** Reading and writing at positions. */
final class IndexingRecipes {
    private IndexingRecipes() {}

    static void fill() {}
}
