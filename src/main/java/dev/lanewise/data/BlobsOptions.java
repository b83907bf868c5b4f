package dev.lanewise.data;

import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What {@link Datasets#makeBlobs} makes; immutable, each method gives a changed copy. Begin with {@link #of}.
 *
 * @param samples number of points around each center
 * @param features number of coordinates
 * @param centers the coordinates of each center; an empty list to draw them
 * @param std the standard deviation around each center
 * @param low lower bound of drawn coordinates
 * @param high upper bound of drawn coordinates
 * @param shuffle whether the points are put into random order
 */
public record BlobsOptions(
        List<Integer> samples,
        int features,
        List<List<Double>> centers,
        List<Double> std,
        double low,
        double high,
        boolean shuffle) {
    /** Checks the sizes. */
    public BlobsOptions {
        samples = List.copyOf(samples);
        centers = List.copyOf(centers);
        std = List.copyOf(std);
        int blobs = samples.size();
        if (features < 1 || std.size() != blobs || !(centers.isEmpty() || centers.size() == blobs)) {
            throw Check.argument("makeBlobs", "there must be a size, a deviation and a center for each blob")
                    .got(blobs + " sizes, " + std.size() + " deviations, " + centers.size() + " centers")
                    .error();
        }
        for (List<Double> center : centers) {
            if (center.size() != features) {
                throw Check.argument("makeBlobs", "every center must have as many coordinates as there are features")
                        .expected(features)
                        .got(center.size())
                        .error();
            }
        }
    }

    /** So many points in 2 dimensions around 3 drawn centers, with deviation 1, drawn in [-10, 10), shuffled. */
    public static BlobsOptions of(int samples) {
        return of(samples, 3, 2);
    }

    /** So many points around so many drawn centers; the first centers have one more if it does not come out even. */
    public static BlobsOptions of(int samples, int centers, int features) {
        return of(even(samples, centers), features);
    }

    /** So many points around each drawn center. */
    public static BlobsOptions of(List<Integer> samples, int features) {
        return new BlobsOptions(samples, features, List.of(), Collections.nCopies(samples.size(), 1.0), -10, 10, true);
    }

    /** These options with given centers; the points are spread evenly over them. */
    public BlobsOptions centers(List<List<Double>> value) {
        int all = samples.stream().mapToInt(Integer::intValue).sum();
        boolean sameNumber = value.size() == samples.size();
        return new BlobsOptions(
                sameNumber ? samples : even(all, value.size()),
                value.isEmpty() ? features : value.get(0).size(),
                value,
                sameNumber ? std : Collections.nCopies(value.size(), std.get(0)),
                low,
                high,
                shuffle);
    }

    /** These options with another standard deviation around every center. */
    public BlobsOptions std(double value) {
        return std(Collections.nCopies(samples.size(), value));
    }

    /** These options with a standard deviation for each center. */
    public BlobsOptions std(List<Double> value) {
        return new BlobsOptions(samples, features, centers, value, low, high, shuffle);
    }

    /** These options with other bounds of drawn centers. */
    public BlobsOptions box(double from, double to) {
        return new BlobsOptions(samples, features, centers, std, from, to, shuffle);
    }

    /** These options with or without random order. */
    public BlobsOptions shuffle(boolean value) {
        return new BlobsOptions(samples, features, centers, std, low, high, value);
    }

    private static List<Integer> even(int samples, int parts) {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            sizes.add(samples / parts + (i < samples % parts ? 1 : 0));
        }
        return sizes;
    }
}
