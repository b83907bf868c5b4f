package dev.lanewise.properties;

/** Statistics, norms and running reductions. */
final class ReduceRecipes {
    private ReduceRecipes() {}

    static void fill() {}
}
