/** Tensors, automatic differentiation and neural networks in pure Java. */
module dev.lanewise {
    // The SIMD kernels. Required, so that a modular application needs no --add-modules flag.
    requires jdk.incubator.vector;
    // The JVM's memory limits and flags, and the allocation counts by which kernels are known to be warm.
    requires jdk.management;

    exports dev.lanewise;
    exports dev.lanewise.autograd;
    exports dev.lanewise.data;
    exports dev.lanewise.io;
    exports dev.lanewise.metrics;
    exports dev.lanewise.nn;
    exports dev.lanewise.optim;
    exports dev.lanewise.train;
}
