package dev.lanewise.internal.kernel;

/** Means and sums of squared distances from them, of some columns of equally many elements each. */
final class Moments {
    final double[] means;
    final double[] squares;
    long count;

    /** Of no elements. */
    Moments(int width) {
        means = new double[width];
        squares = new double[width];
    }

    /** Joins the moments of more elements, by the formula of Chan, Golub and LeVeque (1983). */
    void add(Moments later, int width) {
        if (count == 0) {
            System.arraycopy(later.means, 0, means, 0, width);
            System.arraycopy(later.squares, 0, squares, 0, width);
            count = later.count;
            return;
        }
        double total = (double) (count + later.count);
        double share = later.count / total;
        double weight = count * share;
        for (int w = 0; w < width; w++) {
            double delta = later.means[w] - means[w];
            means[w] += delta * share;
            squares[w] += later.squares[w] + delta * delta * weight;
        }
        count += later.count;
    }
}
