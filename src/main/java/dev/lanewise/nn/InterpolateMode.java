package dev.lanewise.nn;

/** How {@link Functional#interpolate} finds what is between places. */
public enum InterpolateMode {
    /** The place before, as older programs do it. */
    NEAREST("nearest", 0),
    /** The nearest place. */
    NEAREST_EXACT("nearest-exact", 0),
    /** On a line between two places, of one dimension. */
    LINEAR("linear", 1),
    /** The same of two dimensions. */
    BILINEAR("bilinear", 2),
    /** On a cubic curve by four places, of two dimensions. */
    BICUBIC("bicubic", 2),
    /** As LINEAR, of three dimensions. */
    TRILINEAR("trilinear", 3),
    /** The mean of an area, as an adaptive pool. */
    AREA("area", 0);

    private final String text;
    private final int dims;

    InterpolateMode(String text, int dims) {
        this.text = text;
        this.dims = dims;
    }

    /** The only number of dimensions it is for; 0 if it is for any from 1 to 3. */
    int dims() {
        return dims;
    }

    /** Whether it knows corners. */
    boolean isSmooth() {
        return dims > 0;
    }

    /** The name in Python. */
    @Override
    public String toString() {
        return text;
    }
}
