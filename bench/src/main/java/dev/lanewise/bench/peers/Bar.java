package dev.lanewise.bench.peers;

/**
 * What a workload should reach: our time is at most {@code atMost} of another.
 *
 * @param atMost the largest ratio that passes; for {@link Against#MICROSECONDS} the largest time
 * @param against the other time
 */
record Bar(double atMost, Against against) {
    /** Whose time stands below the fraction line. */
    enum Against {
        BEST("the best"),
        LIBTORCH("libtorch"),
        LIBTORCH_KEPT("libtorch keeping memory"),
        MKL("MKL"),
        RAW_BLAS("raw BLAS"),
        MKL_OR_LIBTORCH("MKL, libtorch"),
        OWN_ONE_THREAD("own one thread"),
        MICROSECONDS("µs");

        final String text;

        Against(String text) {
            this.text = text;
        }
    }
}
