package dev.lanewise.internal.kernel;

import dev.lanewise.DType;

/**
 * The scalar loop of a conversion.
 *
 * <p>Floating point becomes an integer as Java's casts say: truncated towards zero, saturated, NaN to 0; INT8 and INT16
 * keep the low bits of the {@code int}, UINT8 those of the {@code long}. Anything that is not 0 becomes true.
 */
public final class CastStrips implements StripLoop {
    private final DType to;

    /** The loop of conversions to a dtype. */
    public CastStrips(DType to) {
        this.to = to;
    }

    @Override
    public void floating(int n, Strips strips) {
        double[] a = strips.doubles(1);
        if (to.isFloatingPoint()) {
            System.arraycopy(a, 0, strips.doubles(0), 0, n);
            return;
        }
        long[] out = strips.longs(0);
        if (to == DType.BOOL) {
            for (int i = 0; i < n; i++) {
                out[i] = a[i] != 0 ? 1 : 0;
            }
        } else if (to == DType.INT64 || to == DType.UINT8) {
            for (int i = 0; i < n; i++) {
                out[i] = (long) a[i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                out[i] = (int) a[i];
            }
        }
    }

    @Override
    public void integral(int n, Strips strips) {
        long[] a = strips.longs(1);
        if (!to.isFloatingPoint()) {
            System.arraycopy(a, 0, strips.longs(0), 0, n);
            return;
        }
        double[] out = strips.doubles(0);
        if (to == DType.FLOAT64) {
            for (int i = 0; i < n; i++) {
                out[i] = (double) a[i];
            }
        } else {
            // straight to float: by way of double some long values would be rounded twice
            for (int i = 0; i < n; i++) {
                out[i] = (float) a[i];
            }
        }
    }
}
