package dev.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The scalar forms of the functions are no further from the true values than their ops declare; kernels have the same bits. */
class AccuracyTest {
    private static final Map<String, Function<BigDecimal, BigDecimal>> TRUE = new LinkedHashMap<>();
    private static final BigDecimal TANH_LINEAR =
            TrueMath.sqrt(TrueMath.TWO.divide(TrueMath.PI, TrueMath.DIGITS)).multiply(TrueMath.TWO);
    private static final BigDecimal TANH_CUBIC = new BigDecimal("0.044715").multiply(TANH_LINEAR);

    static {
        TRUE.put("exp", TrueMath::exp);
        TRUE.put("exp2", x -> TrueMath.exp(x.multiply(TrueMath.LN_2)));
        TRUE.put("expm1", TrueMath::expm1);
        TRUE.put("log", TrueMath::log);
        TRUE.put("log2", x -> TrueMath.log(x).divide(TrueMath.LN_2, TrueMath.DIGITS));
        TRUE.put("log10", x -> TrueMath.log(x).divide(TrueMath.log(BigDecimal.TEN), TrueMath.DIGITS));
        TRUE.put("log1p", TrueMath::log1p);
        TRUE.put("logit", x -> TrueMath.log(x.divide(BigDecimal.ONE.subtract(x), TrueMath.DIGITS)));
        TRUE.put("sigmoid", AccuracyTest::sigmoid);
        TRUE.put("silu", x -> x.multiply(sigmoid(x)));
        TRUE.put("logsigmoid", x -> softplus(x.negate()).negate());
        TRUE.put("mish", x -> x.multiply(tanh(softplus(x))));
        TRUE.put("geluTanh", x -> {
            BigDecimal u = TANH_LINEAR.add(TANH_CUBIC.multiply(x.multiply(x)));
            return x.multiply(sigmoid(x.multiply(u, TrueMath.DIGITS)));
        });
        TRUE.put("gelu", x -> {
            BigDecimal z = x.negate().multiply(TrueMath.sqrt(TrueMath.HALF), TrueMath.DIGITS);
            return x.multiply(TrueMath.HALF).multiply(TrueMath.erfc(z));
        });
        TRUE.put("tanh", AccuracyTest::tanh);
        TRUE.put(
                "sinh",
                x -> TrueMath.expm1(x).subtract(TrueMath.expm1(x.negate())).multiply(TrueMath.HALF));
        TRUE.put("cosh", x -> TrueMath.exp(x).add(TrueMath.exp(x.negate())).multiply(TrueMath.HALF));
        TRUE.put("asinh", x -> {
            BigDecimal a = x.abs();
            BigDecimal root = TrueMath.sqrt(a.multiply(a).add(BigDecimal.ONE));
            BigDecimal above = a.multiply(a).divide(root.add(BigDecimal.ONE), TrueMath.DIGITS);
            BigDecimal y = TrueMath.log1p(a.add(above));
            return x.signum() < 0 ? y.negate() : y;
        });
        TRUE.put("acosh", x -> {
            BigDecimal above = x.subtract(BigDecimal.ONE);
            return TrueMath.log1p(above.add(TrueMath.sqrt(above.multiply(x.add(BigDecimal.ONE)))));
        });
        TRUE.put("atanh", x -> {
            BigDecimal ratio = x.multiply(TrueMath.TWO).divide(BigDecimal.ONE.subtract(x), TrueMath.DIGITS);
            return TrueMath.log1p(ratio).multiply(TrueMath.HALF);
        });
        TRUE.put("sin", TrueMath::sin);
        TRUE.put("cos", TrueMath::cos);
        TRUE.put("tan", x -> TrueMath.sin(x).divide(TrueMath.cos(x), TrueMath.DIGITS));
        TRUE.put("erf", x -> BigDecimal.ONE.subtract(TrueMath.erfc(x)));
        TRUE.put("erfc", TrueMath::erfc);
    }

    @Test
    void errorsAreAsDeclared() {
        List<String> wrong = new ArrayList<>();
        int measured = 0;
        for (Map.Entry<String, Function<BigDecimal, BigDecimal>> entry : TRUE.entrySet()) {
            UnaryOp op = (UnaryOp) Ops.all().stream()
                    .filter(one -> one.name().equals(entry.getKey()))
                    .findFirst()
                    .orElseThrow();
            double single = 0;
            double full = 0;
            for (double x : arguments(op)) {
                if (inside(op, (float) x)) {
                    single = Math.max(single, error(op.scalar((float) x), entry.getValue(), (float) x));
                }
                full = Math.max(full, error(op.scalar(x), entry.getValue(), x));
                measured += 2;
            }
            String line = String.format(Locale.ROOT, "%s %.2f %.2f", op.name(), single, full);
            System.out.println(line);
            if (single > op.errorSingle() || full > op.errorDouble()) {
                wrong.add(line);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(measured > 8_000, "measured " + measured);
    }

    /** Every 20011th float, against the double form, whose own errors are far below those of float. */
    @Test
    void floatsOfAllSizesAreAsAccurate() {
        List<String> wrong = new ArrayList<>();
        for (Op op : Ops.all()) {
            if (op.errorSingle() > 0) {
                double worst = 0;
                for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += 20011) {
                    float x = Float.intBitsToFloat((int) bits);
                    worst = Math.max(worst, distance(((UnaryOp) op).scalar(x), ((UnaryOp) op).scalar((double) x)));
                }
                if (worst > op.errorSingle()) {
                    wrong.add(String.format(Locale.ROOT, "%s %.2f", op.name(), worst));
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static double distance(float got, double truth) {
        float nearest = (float) truth;
        if (Float.isNaN(nearest) || Float.isInfinite(nearest)) {
            return Float.compare(got, nearest) == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        return Math.abs(got - truth) / Math.ulp(nearest);
    }

    @Test
    void opsWithADeclaredErrorAreMeasured() {
        List<String> declared = Ops.all().stream()
                .filter(op -> op.errorDouble() > 0)
                .map(Op::name)
                .sorted()
                .toList();
        assertEquals(TRUE.keySet().stream().sorted().toList(), declared);
    }

    /** Arguments of all sizes where the true value is to be had with reasonable effort. */
    private static List<Double> arguments(UnaryOp op) {
        List<Double> all = new ArrayList<>();
        Random random = new Random(op.name().hashCode());
        for (int i = 0; all.size() < 200 && i < 5000; i++) {
            double x = switch (i % 5) {
                case 0 -> op.low() + (op.high() - op.low()) * random.nextDouble();
                case 1 -> random.nextGaussian() * 4;
                case 2 -> (random.nextDouble() - 0.5) * 180;
                case 3 -> (random.nextDouble() - 0.5) * 1500;
                default -> Math.scalb(random.nextDouble() + 0.5, random.nextInt(60) - 30);
            };
            if (inside(op, x)) {
                all.add(x);
            }
        }
        return all;
    }

    private static boolean inside(UnaryOp op, double x) {
        return switch (op.name()) {
            case "log", "log2", "log10" -> x > 0;
            case "log1p" -> x > -1;
            case "acosh" -> x >= 1;
            case "atanh" -> Math.abs(x) < 1;
            case "logit" -> x > 0 && x < 1;
            case "erf", "erfc", "gelu" -> Math.abs(x) < 14;
            case "geluTanh" -> Math.abs(x) < 30;
            case "asinh", "sin", "cos", "tan" -> true;
            default -> Math.abs(x) < 800;
        };
    }

    private static double error(float got, Function<BigDecimal, BigDecimal> function, float x) {
        BigDecimal truth = function.apply(new BigDecimal(x));
        float nearest = truth.floatValue();
        if (Float.isInfinite(nearest) || Float.isInfinite(got)) {
            return nearest == got ? 0 : Double.POSITIVE_INFINITY;
        }
        return ulps(new BigDecimal(got), truth, Math.ulp(nearest));
    }

    private static double error(double got, Function<BigDecimal, BigDecimal> function, double x) {
        BigDecimal truth = function.apply(new BigDecimal(x));
        double nearest = truth.doubleValue();
        if (Double.isInfinite(nearest) || Double.isInfinite(got)) {
            return nearest == got ? 0 : Double.POSITIVE_INFINITY;
        }
        return ulps(new BigDecimal(got), truth, Math.ulp(nearest));
    }

    private static double ulps(BigDecimal got, BigDecimal truth, double ulp) {
        return got.subtract(truth)
                .abs()
                .divide(new BigDecimal(ulp), TrueMath.DIGITS)
                .doubleValue();
    }

    private static BigDecimal sigmoid(BigDecimal x) {
        return BigDecimal.ONE.divide(TrueMath.exp(x.negate()).add(BigDecimal.ONE), TrueMath.DIGITS);
    }

    private static BigDecimal softplus(BigDecimal x) {
        BigDecimal small = TrueMath.log1p(TrueMath.exp(x.abs().negate()));
        return x.signum() > 0 ? x.add(small) : small;
    }

    private static BigDecimal tanh(BigDecimal x) {
        BigDecimal t = TrueMath.expm1(x.abs().multiply(TrueMath.TWO));
        BigDecimal y = t.divide(t.add(TrueMath.TWO), TrueMath.DIGITS);
        return x.signum() < 0 ? y.negate() : y;
    }
}
