/** Tensors, automatic differentiation and neural networks in pure Java. */
module dev.lanewise {
    // The SIMD kernels. Required, so that a modular application needs no --add-modules flag.
    requires jdk.incubator.vector;
    // Memory limits, VM flags and allocation counts; absent from a slim image, defaults are used.
    requires static jdk.management;

    exports dev.lanewise;
    exports dev.lanewise.autograd;
    exports dev.lanewise.data;
    exports dev.lanewise.nn;
    exports dev.lanewise.optim;
}
