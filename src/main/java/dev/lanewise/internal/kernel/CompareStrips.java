package dev.lanewise.internal.kernel;

/** The scalar loop of a comparison; a copy of this class for one op is compiled for that op alone. */
public final class CompareStrips implements StripLoop {
    private final ScalarCompare op;

    /** The loop of an op. */
    public CompareStrips(ScalarCompare op) {
        this.op = op;
    }

    @Override
    public void floating(int n, Strips strips) {
        long[] out = strips.longs(0);
        double[] a = strips.doubles(1);
        double[] b = strips.doubles(2);
        for (int i = 0; i < n; i++) {
            out[i] = op.test(a[i], b[i]) ? 1 : 0;
        }
    }

    @Override
    public void integral(int n, Strips strips) {
        long[] out = strips.longs(0);
        long[] a = strips.longs(1);
        long[] b = strips.longs(2);
        for (int i = 0; i < n; i++) {
            out[i] = op.test(a[i], b[i]) ? 1 : 0;
        }
    }
}
