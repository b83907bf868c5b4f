package dev.lanewise.nn;

import dev.lanewise.internal.error.Check;
import java.util.Locale;

/** What a loss makes of the values of its elements. */
public enum Reduction {
    /** Returns them as they are. */
    NONE,
    /** Their mean; what losses do unless told otherwise. */
    MEAN,
    /** Their sum. */
    SUM,
    /** Their sum divided by the size of the first dimension; for the divergence {@code klDiv} alone. */
    BATCHMEAN;

    /** The reduction that PyTorch calls {@code none}, {@code mean}, {@code sum} or {@code batchmean}. */
    public static Reduction of(String name) {
        for (Reduction reduction : values()) {
            if (reduction.name().toLowerCase(Locale.ROOT).equals(name)) {
                return reduction;
            }
        }
        throw Check.argument("reduction", "the name must be known")
                .expected("none, mean, sum or batchmean")
                .got(name)
                .error();
    }
}
