package dev.lanewise.internal.random;

import dev.lanewise.DType;

/**
 * Turns uniforms into normals, in place, 16 at a time.
 *
 * <p>With {@code u1 = 1 - d[j]} and {@code u2 = d[j + 8]}: {@code d[j] = sqrt(-2 log u1) cos(2 pi u2) std + mean} and
 * {@code d[j + 8]} the same with the sine. Source: PyTorch's {@code normal_fill_16} and {@code normal_fill_16_AVX2}.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the constants are written as Cephes has them
final class BoxMuller {
    private static final int BLOCK = 16;
    private static final int HALF = 8;

    private BoxMuller() {}

    /** The first {@code n} values, a multiple of 16, in double precision. */
    static void doubles(double[] d, int n, double mean, double std) {
        for (int at = 0; at < n; at += BLOCK) {
            for (int j = at; j < at + HALF; j++) {
                double radius = Math.sqrt(-2 * RoundedMath.log(1 - d[j]));
                double theta = 2 * Math.PI * d[j + HALF];
                d[j] = Math.fma(radius * RoundedMath.cos(theta), std, mean);
                d[j + HALF] = Math.fma(radius * RoundedMath.sin(theta), std, mean);
            }
        }
    }

    /** The first {@code n} values, a multiple of 16, in single precision by Cephes' polynomials. */
    static void floats(float[] d, int n, float mean, float std) {
        for (int at = 0; at < n; at += BLOCK) {
            for (int j = at; j < at + HALF; j++) {
                float radius = (float) Math.sqrt(-2f * log(1f - d[j]));
                float theta = (float) (2 * Math.PI) * d[j + HALF];
                int octant = ((int) (theta * 1.27323954473516f) + 1) & ~1;
                float x = reduce(theta, octant);
                boolean swap = (octant & 2) != 0;
                float s = swap ? cosSeries(x) : sinSeries(x);
                float c = swap ? sinSeries(x) : cosSeries(x);
                float sin = (octant & 4) != 0 ? -s : s;
                float cos = ((octant - 2) & 4) == 0 ? -c : c;
                d[j] = Math.fma(radius * cos, std, mean);
                d[j + HALF] = Math.fma(radius * sin, std, mean);
            }
        }
    }

    /** The first {@code n} values, a multiple of 16, in single precision rounded to a half where PyTorch rounds. */
    static void halves(DType dtype, float[] d, int n, float mean, float std) {
        float m = Halves.round(dtype, mean);
        float s = Halves.round(dtype, std);
        for (int at = 0; at < n; at += BLOCK) {
            for (int j = at; j < at + HALF; j++) {
                float u1 = Halves.round(dtype, 1f - d[j]);
                double theta = Halves.round(dtype, (float) (2 * Math.PI * d[j + HALF]));
                float radius = halfRadius(dtype, u1);
                d[j] = halfNormal(dtype, radius, RoundedMath.cos(theta), m, s);
                d[j + HALF] = halfNormal(dtype, radius, RoundedMath.sin(theta), m, s);
            }
        }
    }

    // BFLOAT16 has math functions of its own that round each result; FLOAT16 uses those of float.
    private static float halfRadius(DType dtype, float u1) {
        float log = (float) RoundedMath.log(u1);
        if (dtype == DType.FLOAT16) {
            return Halves.round(dtype, (float) Math.sqrt(-2f * log));
        }
        float twice = Halves.round(dtype, -2f * Halves.round(dtype, log));
        return Halves.round(dtype, (float) Math.sqrt(twice));
    }

    private static float halfNormal(DType dtype, float radius, double wave, float mean, float std) {
        float w = (float) wave;
        if (dtype == DType.FLOAT16) {
            return Math.fma(radius * w, std, mean);
        }
        float product = Halves.round(dtype, radius * Halves.round(dtype, w));
        return Halves.round(dtype, product * std) + mean;
    }

    // Cephes' logf on the mantissa in [sqrt(1/2), sqrt(2)), with fused multiply-adds.
    private static float log(float value) {
        int bits = Float.floatToRawIntBits(value);
        float e = (bits >>> 23) - 126;
        float mantissa = Float.intBitsToFloat((bits & 0x007fffff) | 0x3f000000);
        float x = mantissa - 1f;
        if (mantissa < 0.70710678f) {
            e -= 1f;
            x += mantissa;
        }
        float z = x * x;
        float y = 7.0376836292E-2f;
        y = Math.fma(y, x, -1.1514610310E-1f);
        y = Math.fma(y, x, 1.1676998740E-1f);
        y = Math.fma(y, x, -1.2420140846E-1f);
        y = Math.fma(y, x, 1.4249322787E-1f);
        y = Math.fma(y, x, -1.6668057665E-1f);
        y = Math.fma(y, x, 2.0000714765E-1f);
        y = Math.fma(y, x, -2.4999993993E-1f);
        y = Math.fma(y, x, 3.3333331174E-1f);
        y *= x;
        y = Math.fma(y, z, e * -2.12194440e-4f);
        y = Math.fma(-z, 0.5f, y);
        x += y;
        return Math.fma(e, 0.693359375f, x);
    }

    // x - octant * pi/4, pi/4 split into three parts.
    private static float reduce(float x, int octant) {
        float y = octant;
        float r = Math.fma(y, -0.78515625f, x);
        r = Math.fma(y, -2.4187564849853515625e-4f, r);
        return Math.fma(y, -3.77489497744594108e-8f, r);
    }

    private static float sinSeries(float x) {
        float z = x * x;
        float s = Math.fma(-1.9515295891E-4f, z, 8.3321608736E-3f);
        s = Math.fma(s, z, -1.6666654611E-1f);
        s *= z;
        return Math.fma(s, x, x);
    }

    private static float cosSeries(float x) {
        float z = x * x;
        float c = Math.fma(2.443315711809948E-5f, z, -1.388731625493765E-3f);
        c = Math.fma(c, z, 4.166664568298827E-2f);
        c *= z;
        c = Math.fma(c, z, -(z * 0.5f));
        return c + 1f;
    }
}
