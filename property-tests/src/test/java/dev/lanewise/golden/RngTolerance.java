package dev.lanewise.golden;

import dev.lanewise.DType;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How far a draw may be from the recorded one: not at all, or by what the mathematical functions it went through differ
 * between libraries.
 *
 * @param ulps units in the last place of the dtype
 * @param relative part of the expected value
 * @param absolute a number
 */
record RngTolerance(DType type, double ulps, double relative, double absolute) {
    /** A kind of draw, and whether only float64 results of it may differ. */
    private record Kind(Pattern code, boolean doublesOnly, double ulps, double relative, double absolute) {
        static Kind of(String names, boolean doublesOnly, double ulps, double relative, double absolute) {
            return new Kind(Pattern.compile("\\b(" + names + ")\\("), doublesOnly, ulps, relative, absolute);
        }
    }

    /** The first that fits counts; where none does, draws are equal bit for bit. */
    private static final List<Kind> KINDS = List.of(
            Kind.of("orthogonal_", false, 0, 0, 1e-5),
            Kind.of("gumbel_softmax", false, 0, 1.3e-6, 1e-5),
            Kind.of("make_\\w+", false, 0, 1e-12, 1e-13),
            Kind.of("exponential_?|cauchy_|log_normal_|trunc_normal_", false, 4, 0, 0),
            Kind.of("randn|randn_like|normal_?|standard_normal|xavier_normal_|kaiming_normal_|sparse_", true, 4, 0, 0));

    /** The tolerance of what an expression draws. */
    static RngTolerance of(String code, DType type) {
        for (Kind kind : KINDS) {
            if (kind.code().matcher(code).find() && (type == DType.FLOAT64 || !kind.doublesOnly())) {
                return new RngTolerance(type, kind.ulps(), kind.relative(), kind.absolute());
            }
        }
        return new RngTolerance(type, 0, 0, 0);
    }

    /** True if a value is near enough; NaN is near NaN alone. */
    boolean allows(double expected, double got) {
        return Double.compare(expected, got) == 0
                || expected == got
                || Math.abs(expected - got) <= ulps * ulp(expected) + relative * Math.abs(expected) + absolute;
    }

    private double ulp(double x) {
        return switch (type) {
            case FLOAT32 -> Math.ulp((float) x);
            case FLOAT16 -> Math.scalb(1.0, Math.getExponent(x) - 10);
            case BFLOAT16 -> Math.scalb(1.0, Math.getExponent(x) - 7);
            default -> Math.ulp(x);
        };
    }
}
