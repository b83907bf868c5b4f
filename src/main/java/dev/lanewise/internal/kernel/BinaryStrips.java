package dev.lanewise.internal.kernel;

/** The scalar loop of an op of two inputs; a copy of this class for one op is compiled for that op alone. */
public final class BinaryStrips implements StripLoop {
    private final ScalarBinary op;

    /** The loop of an op. */
    public BinaryStrips(ScalarBinary op) {
        this.op = op;
    }

    @Override
    public void floating(int n, Strips strips) {
        double[] out = strips.doubles(0);
        double[] a = strips.doubles(1);
        double[] b = strips.doubles(2);
        for (int i = 0; i < n; i++) {
            out[i] = op.scalar(a[i], b[i]);
        }
    }

    @Override
    public void single(int n, Strips strips) {
        double[] out = strips.doubles(0);
        double[] a = strips.doubles(1);
        double[] b = strips.doubles(2);
        for (int i = 0; i < n; i++) {
            out[i] = op.scalar((float) a[i], (float) b[i]);
        }
    }

    @Override
    public void integral(int n, Strips strips) {
        long[] out = strips.longs(0);
        long[] a = strips.longs(1);
        long[] b = strips.longs(2);
        for (int i = 0; i < n; i++) {
            out[i] = op.scalar(a[i], b[i]);
        }
    }
}
