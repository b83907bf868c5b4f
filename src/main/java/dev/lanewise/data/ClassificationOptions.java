package dev.lanewise.data;

import dev.lanewise.internal.error.Check;
import java.util.List;

/**
 * What {@link Datasets#makeClassification} makes; immutable, each method gives a changed copy. Begin with {@link #of}.
 */
public final class ClassificationOptions {
    private final int samples;
    private final int features;
    private int informative = 2;
    private int redundant = 2;
    private int repeated;
    private int classes = 2;
    private int clustersPerClass = 2;
    private List<Double> weights = List.of();
    private double flipY = 0.01;
    private double classSep = 1;
    private boolean hypercube = true;
    private double shift;
    private boolean drawsShift;
    private double scale = 1;
    private boolean drawsScale;
    private boolean shuffle = true;

    private ClassificationOptions(int samples, int features) {
        this.samples = samples;
        this.features = features;
    }

    private ClassificationOptions(ClassificationOptions from) {
        this(from.samples, from.features);
        informative = from.informative;
        redundant = from.redundant;
        repeated = from.repeated;
        classes = from.classes;
        clustersPerClass = from.clustersPerClass;
        weights = from.weights;
        flipY = from.flipY;
        classSep = from.classSep;
        hypercube = from.hypercube;
        shift = from.shift;
        drawsShift = from.drawsShift;
        scale = from.scale;
        drawsScale = from.drawsScale;
        shuffle = from.shuffle;
    }

    /** scikit-learn's defaults for 20 features. */
    public static ClassificationOptions of(int samples) {
        return of(samples, 20);
    }

    /**
     * scikit-learn's defaults: 2 informative and 2 redundant features, 2 classes of 2 clusters each and equal weight, 1 % of
     * the labels drawn anew, shuffled.
     */
    public static ClassificationOptions of(int samples, int features) {
        return new ClassificationOptions(samples, features);
    }

    /** These options with another number of features that tell the classes apart, at most 30. */
    public ClassificationOptions informative(int value) {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.informative = value;
        return copy;
    }

    /** These options with another number of features that are combinations of informative ones. */
    public ClassificationOptions redundant(int value) {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.redundant = value;
        return copy;
    }

    /** These options with another number of features that are copies of informative and redundant ones. */
    public ClassificationOptions repeated(int value) {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.repeated = value;
        return copy;
    }

    /** These options with another number of classes. */
    public ClassificationOptions classes(int value) {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.classes = value;
        return copy;
    }

    /** These options with another number of clusters in each class. */
    public ClassificationOptions clustersPerClass(int value) {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.clustersPerClass = value;
        return copy;
    }

    /** These options with a share of the samples for each class; that of the last may be left out, none means equal ones. */
    public ClassificationOptions weights(List<Double> value) {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.weights = List.copyOf(value);
        return copy;
    }

    /** These options with another fraction of labels that are drawn anew. */
    public ClassificationOptions flipY(double value) {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.flipY = value;
        return copy;
    }

    /** These options with another distance of the clusters from the origin. */
    public ClassificationOptions classSep(double value) {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.classSep = value;
        return copy;
    }

    /** These options with clusters at the corners of a cube, or of a random polytope. */
    public ClassificationOptions hypercube(boolean value) {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.hypercube = value;
        return copy;
    }

    /** These options with a number added to every feature. */
    public ClassificationOptions shift(double value) {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.shift = value;
        copy.drawsShift = false;
        return copy;
    }

    /** These options with a number added to each feature that is drawn from ±{@code classSep}. */
    public ClassificationOptions drawnShift() {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.drawsShift = true;
        return copy;
    }

    /** These options with a factor of every feature, applied after the shift. */
    public ClassificationOptions scale(double value) {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.scale = value;
        copy.drawsScale = false;
        return copy;
    }

    /** These options with a factor of each feature that is drawn from [1, 101). */
    public ClassificationOptions drawnScale() {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.drawsScale = true;
        return copy;
    }

    /** These options with or without random order of samples and features. */
    public ClassificationOptions shuffle(boolean value) {
        ClassificationOptions copy = new ClassificationOptions(this);
        copy.shuffle = value;
        return copy;
    }

    int samples() {
        return samples;
    }

    int features() {
        return features;
    }

    int informative() {
        return informative;
    }

    int redundant() {
        return redundant;
    }

    int repeated() {
        return repeated;
    }

    int classes() {
        return classes;
    }

    int clusters() {
        return classes * clustersPerClass;
    }

    double flipY() {
        return flipY;
    }

    double classSep() {
        return classSep;
    }

    boolean hypercube() {
        return hypercube;
    }

    boolean shuffle() {
        return shuffle;
    }

    double shift(NumPyRandom random) {
        return drawsShift ? (2 * random.randomSample() - 1) * classSep : shift;
    }

    double scale(NumPyRandom random) {
        return drawsScale ? 1 + 100 * random.randomSample() : scale;
    }

    /** The share of a class. */
    double weight(int c) {
        if (weights.isEmpty()) {
            return 1.0 / classes;
        }
        return c < weights.size()
                ? weights.get(c)
                : 1 - weights.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Refuses numbers that do not go together. */
    void check() {
        int useless = features - informative - redundant - repeated;
        if (samples < 1 || useless < 0 || informative < 1 || informative > 30) {
            throw Check.argument(
                            "makeClassification",
                            "informative (1 to 30), redundant and repeated features must not be more than all")
                    .expected("at most " + features)
                    .got(informative + ", " + redundant + " and " + repeated)
                    .error();
        }
        if (1L << informative < clusters()) {
            throw Check.argument("makeClassification", "there must be a corner of the cube for each cluster")
                    .expected("at most " + (1L << informative))
                    .got(clusters())
                    .hint("Use more informative features or fewer clusters.")
                    .error();
        }
        if (!weights.isEmpty() && weights.size() != classes && weights.size() != classes - 1) {
            throw Check.argument("makeClassification", "there must be a weight for each class but perhaps the last")
                    .expected(classes)
                    .got(weights.size())
                    .error();
        }
    }
}
