package dev.lanewise.internal.math;

/** The parts of the error functions in double that are polynomials alone. */
public final class DoubleError {
    public static final double NORMAL_FLAT = 39;
    public static final double G_PLACE = 0x1.1p1;
    public static final double G_FACTOR = 0x1.0df2df2df2df3p1;
    public static final double G28 = 0x1.c51a9c6f3a8e4p-32;
    public static final double G27 = 0x1.6732793b8e219p-29;
    public static final double G26 = 0x1.1ff09d6a98aecp-29;
    public static final double G25 = -0x1.e3b79fcb827f6p-27;
    public static final double G24 = -0x1.fe1b6a78eb93bp-26;
    public static final double G23 = 0x1.d681d28191aap-28;
    public static final double G22 = 0x1.603b5cdfc380dp-24;
    public static final double G21 = 0x1.c992567ec77f2p-24;
    public static final double G20 = 0x1.7e1b29a335079p-25;
    public static final double G19 = -0x1.18624f463f09fp-23;
    public static final double G18 = -0x1.10c7ea290e913p-21;
    public static final double G17 = -0x1.e6cbb53b0a2fcp-21;
    public static final double G16 = -0x1.e278ac63ca12p-22;
    public static final double G15 = 0x1.1fb6831509a36p-19;
    public static final double G14 = 0x1.c3ff64148a868p-18;
    public static final double G13 = 0x1.0e1c2de0faa76p-17;
    public static final double G12 = -0x1.c08953c0c5047p-18;
    public static final double G11 = -0x1.88d9807b9c4bcp-15;
    public static final double G10 = -0x1.4867a4fd02f7bp-14;
    public static final double G9 = 0x1.b75cb9bb7cca7p-16;
    public static final double G8 = 0x1.a5dfce40eea7dp-12;
    public static final double G7 = 0x1.6bb8e5d57cdfep-11;
    public static final double G6 = -0x1.66e5d6ab36ca1p-11;
    public static final double G5 = -0x1.43dd990ca452bp-8;
    public static final double G4 = -0x1.bcbce4ef52eaap-9;
    public static final double G3 = 0x1.e4b3596df38d6p-6;
    public static final double G2 = 0x1.68797cbd64604p-5;
    public static final double G1 = -0x1.62af7f862d6a8p-2;
    public static final double G0 = 0x1.670410ec7cd62p-1;
    public static final double P13 = -0x1.914d589fbdffp-32;
    public static final double P12 = 0x1.5012c9fececcap-29;
    public static final double P11 = -0x1.142df020a7b43p-27;
    public static final double P10 = 0x1.c39d8fde98617p-26;
    public static final double P9 = -0x1.7a45eb8853869p-23;
    public static final double P8 = 0x1.bc5d430d0f9e3p-20;
    public static final double P7 = -0x1.f4fa1fecb52bap-17;
    public static final double P6 = 0x1.f9a4deb2ace28p-14;
    public static final double P5 = -0x1.c02dc0bd65569p-11;
    public static final double P4 = 0x1.565bcd4b20d4bp-8;
    public static final double P3 = -0x1.b82ce313e1a24p-6;
    public static final double P2 = 0x1.ce2f21a046ba3p-4;
    public static final double P1 = -0x1.812746b037a31p-2;
    public static final double P0 = 0x1.06eba8214db69p-3;
    public static final long SIGN = Long.MIN_VALUE;
    public static final double H_PLACE = 0x1.8p0;
    public static final double H_FACTOR = -0x1.9492492492492p1;
    public static final double H_SHIFT = 0x1.1b6db6db6db6ep0;
    public static final double H28 = 0x1.69cc494769614p-31;
    public static final double H27 = 0x1.0d5d19845e5c3p-28;
    public static final double H26 = 0x1.781c4333e0f4p-29;
    public static final double H25 = -0x1.6f25926cf1ff5p-26;
    public static final double H24 = -0x1.71304a6f5c5dap-25;
    public static final double H23 = 0x1.aa53655a34a08p-27;
    public static final double H22 = 0x1.04cbd42026291p-23;
    public static final double H21 = 0x1.4a55e0d999855p-23;
    public static final double H20 = 0x1.003ee189daedep-24;
    public static final double H19 = -0x1.aaf9159b9ad66p-23;
    public static final double H18 = -0x1.90cadc88f4cf3p-21;
    public static final double H17 = -0x1.5ea6ad5614797p-20;
    public static final double H16 = -0x1.42bb2a356e475p-21;
    public static final double H15 = 0x1.ab626a4da324p-19;
    public static final double H14 = 0x1.472e5a16bd3f6p-17;
    public static final double H13 = 0x1.7dce00d21f17fp-17;
    public static final double H12 = -0x1.56553bb023b03p-17;
    public static final double H11 = -0x1.1c20db927b9c9p-14;
    public static final double H10 = -0x1.d2279c9cebe5ep-14;
    public static final double H9 = 0x1.5cb13cb884fb3p-15;
    public static final double H8 = 0x1.2f4933a72e431p-11;
    public static final double H7 = 0x1.00d1bd955e373p-10;
    public static final double H6 = -0x1.07e4c37362fe3p-10;
    public static final double H5 = -0x1.cca5a42b37278p-8;
    public static final double H4 = -0x1.3206a0db83d22p-8;
    public static final double H3 = 0x1.587b6f7d1527dp-5;
    public static final double H2 = 0x1.f77b298fd95bep-5;
    public static final double H1 = -0x1.f4b4d1c976472p-2;
    public static final double H0 = 0x1.fb45fc2591df1p-1;
    public static final double ERF_FLAT = 28;

    private DoubleError() {}

    /** |x| e^(x²/2) times the normal distribution's share beyond |x|: a polynomial in s = w F - 1 times w = |x| / (|x| + K). */
    public static double geluFirst(double x) {
        double a = Math.abs(x);
        double b = a > NORMAL_FLAT ? NORMAL_FLAT : a;
        double w = b / (b + G_PLACE);
        double s = Math.fma(w, G_FACTOR, -1);
        double p = Math.fma(G28, s, G27);
        p = Math.fma(p, s, G26);
        p = Math.fma(p, s, G25);
        p = Math.fma(p, s, G24);
        p = Math.fma(p, s, G23);
        p = Math.fma(p, s, G22);
        p = Math.fma(p, s, G21);
        p = Math.fma(p, s, G20);
        p = Math.fma(p, s, G19);
        p = Math.fma(p, s, G18);
        p = Math.fma(p, s, G17);
        p = Math.fma(p, s, G16);
        p = Math.fma(p, s, G15);
        p = Math.fma(p, s, G14);
        p = Math.fma(p, s, G13);
        p = Math.fma(p, s, G12);
        p = Math.fma(p, s, G11);
        p = Math.fma(p, s, G10);
        p = Math.fma(p, s, G9);
        p = Math.fma(p, s, G8);
        p = Math.fma(p, s, G7);
        p = Math.fma(p, s, G6);
        p = Math.fma(p, s, G5);
        p = Math.fma(p, s, G4);
        p = Math.fma(p, s, G3);
        p = Math.fma(p, s, G2);
        p = Math.fma(p, s, G1);
        p = Math.fma(p, s, G0);
        return w * p;
    }

    /** The second pass, and below 1 a polynomial. */
    public static double erf(double x, double second) {
        double a = Math.abs(x);
        double q = a * a;
        double p = Math.fma(P13, q, P12);
        p = Math.fma(p, q, P11);
        p = Math.fma(p, q, P10);
        p = Math.fma(p, q, P9);
        p = Math.fma(p, q, P8);
        p = Math.fma(p, q, P7);
        p = Math.fma(p, q, P6);
        p = Math.fma(p, q, P5);
        p = Math.fma(p, q, P4);
        p = Math.fma(p, q, P3);
        p = Math.fma(p, q, P2);
        p = Math.fma(p, q, P1);
        p = Math.fma(p, q, P0);
        double y = a < 1 ? Math.fma(a, p, a) : second;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(y) | (Double.doubleToRawLongBits(x) & SIGN));
    }

    /** e^z² erfc(z) for z from 0 on: a polynomial in s = 1 - 2 q/(q + z), divided by q + z. */
    private static double scaledTail(double z) {
        double q = 1 / (z + H_PLACE);
        double s = Math.fma(q, H_FACTOR, H_SHIFT);
        double p = Math.fma(H28, s, H27);
        p = Math.fma(p, s, H26);
        p = Math.fma(p, s, H25);
        p = Math.fma(p, s, H24);
        p = Math.fma(p, s, H23);
        p = Math.fma(p, s, H22);
        p = Math.fma(p, s, H21);
        p = Math.fma(p, s, H20);
        p = Math.fma(p, s, H19);
        p = Math.fma(p, s, H18);
        p = Math.fma(p, s, H17);
        p = Math.fma(p, s, H16);
        p = Math.fma(p, s, H15);
        p = Math.fma(p, s, H14);
        p = Math.fma(p, s, H13);
        p = Math.fma(p, s, H12);
        p = Math.fma(p, s, H11);
        p = Math.fma(p, s, H10);
        p = Math.fma(p, s, H9);
        p = Math.fma(p, s, H8);
        p = Math.fma(p, s, H7);
        p = Math.fma(p, s, H6);
        p = Math.fma(p, s, H5);
        p = Math.fma(p, s, H4);
        p = Math.fma(p, s, H3);
        p = Math.fma(p, s, H2);
        p = Math.fma(p, s, H1);
        p = Math.fma(p, s, H0);
        return p * q;
    }

    /** e^x² erfc(|x|): the first pass of the error functions. */
    public static double erfFirst(double x) {
        double a = Math.abs(x);
        return scaledTail(a > ERF_FLAT ? ERF_FLAT : a);
    }
}
