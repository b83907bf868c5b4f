package dev.lanewise.internal.kernel;

/** The scalar loop of {@code where}: it moves the bits of integers as wide as the dtype. */
public final class WhereStrips implements StripLoop {
    /** The loop. */
    public WhereStrips() {}

    @Override
    public void floating(int n, Strips strips) {
        throw new UnsupportedOperationException("the condition is BOOL");
    }

    @Override
    public void integral(int n, Strips strips) {
        long[] out = strips.longs(0);
        long[] condition = strips.longs(1);
        long[] b = strips.longs(2);
        long[] c = strips.longs(3);
        for (int i = 0; i < n; i++) {
            out[i] = condition[i] != 0 ? b[i] : c[i];
        }
    }
}
