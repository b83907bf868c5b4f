package dev.lanewise.data;

import dev.lanewise.internal.error.Check;

/**
 * What {@link Datasets#makeCircles} makes; immutable, each method gives a changed copy. Begin with {@link #of}.
 *
 * @param outer number of points of class 0, on the unit circle
 * @param inner number of points of class 1, on the circle inside
 * @param noise standard deviation of the normal noise; 0 for none, which draws nothing
 * @param factor radius of the circle inside, from 0 to below 1
 * @param shuffle whether the points are put into random order
 */
public record CirclesOptions(int outer, int inner, double noise, double factor, boolean shuffle) {
    /** Checks the numbers. */
    public CirclesOptions {
        if (outer < 0 || inner < 0 || !(noise >= 0) || !(factor >= 0 && factor < 1)) {
            throw Check.argument("makeCircles", "sizes and noise must not be negative and the factor in [0, 1)")
                    .got(outer + " and " + inner + ", noise " + noise + ", factor " + factor)
                    .error();
        }
    }

    /** So many points, half of them on each circle, shuffled, without noise, and with a factor of 0.8. */
    public static CirclesOptions of(int samples) {
        return of(samples / 2, samples - samples / 2);
    }

    /** So many points on each circle, shuffled, without noise, and with a factor of 0.8. */
    public static CirclesOptions of(int outer, int inner) {
        return new CirclesOptions(outer, inner, 0, 0.8, true);
    }

    /** These options with another standard deviation of the noise. */
    public CirclesOptions noise(double value) {
        return new CirclesOptions(outer, inner, value, factor, shuffle);
    }

    /** These options with another radius of the circle inside. */
    public CirclesOptions factor(double value) {
        return new CirclesOptions(outer, inner, noise, value, shuffle);
    }

    /** These options with or without random order. */
    public CirclesOptions shuffle(boolean value) {
        return new CirclesOptions(outer, inner, noise, factor, value);
    }
}
