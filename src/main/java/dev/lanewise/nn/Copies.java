package dev.lanewise.nn;

import dev.lanewise.Generator;
import dev.lanewise.GeneratorState;
import java.util.function.Supplier;

/** Modules made again with the same values. */
final class Copies {
    private Copies() {}

    /** What {@code maker} makes, with the values and the mode of a module, and no draw from the default generator. */
    static <M extends Module> M of(M module, Supplier<M> maker) {
        Generator generator = Generator.defaultGenerator();
        M copy;
        synchronized (generator) {
            GeneratorState before = generator.getState();
            copy = maker.get();
            generator.setState(before);
        }
        copy.loadStateDict(module.stateDict());
        copy.train(module.isTraining());
        return copy;
    }
}
