package dev.lanewise.internal.kernel;

/** The scalar loop of an op of one input; a copy of this class for one op is compiled for that op alone. */
public final class UnaryStrips implements StripLoop {
    private final ScalarUnary op;

    /** The loop of an op. */
    public UnaryStrips(ScalarUnary op) {
        this.op = op;
    }

    @Override
    public void floating(int n, Strips strips) {
        double[] out = strips.doubles(0);
        double[] a = strips.doubles(1);
        for (int i = 0; i < n; i++) {
            out[i] = op.scalar(a[i]);
        }
    }

    @Override
    public void single(int n, Strips strips) {
        double[] out = strips.doubles(0);
        double[] x = strips.doubles(1);
        for (int i = 0; i < n; i++) {
            out[i] = op.scalar((float) x[i]);
        }
    }

    @Override
    public void integral(int n, Strips strips) {
        long[] out = strips.longs(0);
        long[] a = strips.longs(1);
        for (int i = 0; i < n; i++) {
            out[i] = op.scalar(a[i]);
        }
    }
}
