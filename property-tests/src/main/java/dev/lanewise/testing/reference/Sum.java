package dev.lanewise.testing.reference;

/** A sum of doubles that carries its rounding error along (Neumaier), so that order and length hardly matter. */
final class Sum {
    private double total;
    private double error;

    void add(double x) {
        double next = total + x;
        // The larger of the two keeps its digits; what is lost of the smaller one goes to the error.
        error += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
        total = next;
    }

    double value() {
        return Double.isFinite(total) ? total + error : total;
    }
}
