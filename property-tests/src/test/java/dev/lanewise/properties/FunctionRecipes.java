package dev.lanewise.properties;

/** Functions of tensors that are not elementwise ops. */
final class FunctionRecipes {
    private FunctionRecipes() {}

    static void fill() {}
}
