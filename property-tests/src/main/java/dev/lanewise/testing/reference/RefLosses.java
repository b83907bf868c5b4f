package dev.lanewise.testing.reference;

/** Losses that are not elementwise, by their definitions. */
public final class RefLosses {
    private RefLosses() {}

    /**
     * Minus the logarithm of the probability that a sequence of classes, drawn from {@code e^x[t, n]} at each time t, spells the
     * labels of sample n once repetitions are merged and zeros removed.
     */
    public static Ref ctc(Ref x, long[][] labels) {
        double[] losses = new double[labels.length];
        for (int n = 0; n < losses.length; n++) {
            losses[n] = -Math.log(spelled(x, n, labels[n]));
        }
        return Ref.floating(x.dtype(), new long[] {labels.length}, losses);
    }

    /** The probability by the number of labels that are complete and whether the last class was a blank. */
    private static double spelled(Ref x, int n, long[] labels) {
        double[] blank = new double[labels.length + 1];
        double[] label = new double[labels.length + 1];
        blank[0] = 1;
        for (int t = 0; t < x.size(0); t++) {
            double[] nextBlank = new double[blank.length];
            double[] nextLabel = new double[blank.length];
            for (int k = 0; k < blank.length; k++) {
                nextBlank[k] = (blank[k] + label[k]) * Math.exp(x.at(t, n, 0));
                if (k > 0) {
                    boolean repeats = k > 1 && labels[k - 1] == labels[k - 2];
                    double before = label[k] + blank[k - 1] + (repeats ? 0 : label[k - 1]);
                    nextLabel[k] = before * Math.exp(x.at(t, n, labels[k - 1]));
                }
            }
            blank = nextBlank;
            label = nextLabel;
        }
        return blank[labels.length] + label[labels.length];
    }
}
