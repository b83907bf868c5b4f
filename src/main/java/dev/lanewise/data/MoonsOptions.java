package dev.lanewise.data;

import dev.lanewise.internal.error.Check;

/**
 * What {@link Datasets#makeMoons} makes; immutable, each method gives a changed copy. Begin with {@link #of}.
 *
 * @param outer number of points of class 0, on the upper half circle
 * @param inner number of points of class 1, on the lower half circle
 * @param noise standard deviation of the normal noise; 0 for none, which draws nothing
 * @param shuffle whether the points are put into random order
 */
public record MoonsOptions(int outer, int inner, double noise, boolean shuffle) {
    /** Checks the numbers. */
    public MoonsOptions {
        if (outer < 0 || inner < 0 || !(noise >= 0)) {
            throw Check.argument("makeMoons", "sizes and noise must not be negative")
                    .got(outer + " and " + inner + ", noise " + noise)
                    .error();
        }
    }

    /** So many points, half of them on each half circle, shuffled and without noise. */
    public static MoonsOptions of(int samples) {
        return of(samples / 2, samples - samples / 2);
    }

    /** So many points on each half circle, shuffled and without noise. */
    public static MoonsOptions of(int outer, int inner) {
        return new MoonsOptions(outer, inner, 0, true);
    }

    /** These options with another standard deviation of the noise. */
    public MoonsOptions noise(double value) {
        return new MoonsOptions(outer, inner, value, shuffle);
    }

    /** These options with or without random order. */
    public MoonsOptions shuffle(boolean value) {
        return new MoonsOptions(outer, inner, noise, value);
    }
}
