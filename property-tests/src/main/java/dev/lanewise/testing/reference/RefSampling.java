package dev.lanewise.testing.reference;

/** Lines of another length by their definitions. */
public final class RefSampling {
    private RefSampling() {}

    /** Twice as many places: the place before, or a quarter of the way between two. */
    public static Ref doubled(Ref x, boolean between) {
        long[] shape = {x.size(0), x.size(1), 2 * x.size(2)};
        double[] values = new double[Positions.numel(shape)];
        for (int i = 0; i < values.length; i++) {
            long[] at = Positions.at(shape, i);
            long near = at[2] / 2;
            long far = Math.max(0, Math.min(x.size(2) - 1, near + (at[2] % 2 == 0 ? -1 : 1)));
            double own = x.at(at[0], at[1], near);
            values[i] = between ? 0.75 * own + 0.25 * x.at(at[0], at[1], far) : own;
        }
        return Ref.floating(x.dtype(), shape, values);
    }
}
