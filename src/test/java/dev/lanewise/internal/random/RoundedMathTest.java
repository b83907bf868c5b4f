package dev.lanewise.internal.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The rounded functions against series in 45 decimal digits. */
class RoundedMathTest {
    private static final MathContext DIGITS = new MathContext(45);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal LN2 = logNearOne(TWO);

    @Test
    void logIsTheNearestDouble() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1500; i++) {
            double u = 1 - random.nextDouble();
            double x = i % 3 == 0 ? Math.scalb(u, -(i % 50)) : u;
            assertEquals(log(x), RoundedMath.log(x), "log " + x);
        }
        for (double x :
                new double[] {1, Math.nextUp(1.0), Math.nextDown(1.0), 0.5, 2, Math.sqrt(2), 0x1p-53, 0x1p-1022}) {
            assertEquals(log(x), RoundedMath.log(x), "log " + x);
        }
    }

    @Test
    void sineAndCosineAreTheNearestDoubles() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 1000; i++) {
            double x = 2 * Math.PI * random.nextDouble();
            assertEquals(sin(new BigDecimal(x)), RoundedMath.sin(x), "sin " + x);
            assertEquals(cos(new BigDecimal(x)), RoundedMath.cos(x), "cos " + x);
        }
        for (int k = 0; k <= 8; k++) {
            double x = k * (Math.PI / 4);
            assertEquals(sin(new BigDecimal(x)), RoundedMath.sin(x), "sin " + x);
            assertEquals(cos(new BigDecimal(x)), RoundedMath.cos(x), "cos " + x);
        }
    }

    private static double log(double x) {
        int exponent = Math.getExponent(x);
        BigDecimal mantissa = new BigDecimal(Math.scalb(x, -exponent));
        return logNearOne(mantissa)
                .add(LN2.multiply(BigDecimal.valueOf(exponent)), DIGITS)
                .doubleValue();
    }

    // 2 atanh((x - 1) / (x + 1)) for x in [1, 2].
    private static BigDecimal logNearOne(BigDecimal x) {
        BigDecimal s = x.subtract(BigDecimal.ONE).divide(x.add(BigDecimal.ONE), DIGITS);
        BigDecimal square = s.multiply(s, DIGITS);
        BigDecimal power = s.multiply(TWO);
        BigDecimal sum = BigDecimal.ZERO;
        for (int k = 1; k < 110; k += 2) {
            sum = sum.add(power.divide(BigDecimal.valueOf(k), DIGITS));
            power = power.multiply(square, DIGITS);
        }
        return sum;
    }

    private static double sin(BigDecimal x) {
        return taylor(x, x, 1);
    }

    private static double cos(BigDecimal x) {
        return taylor(x, BigDecimal.ONE, 0);
    }

    private static double taylor(BigDecimal x, BigDecimal first, int start) {
        BigDecimal square = x.multiply(x).negate();
        BigDecimal term = first;
        BigDecimal sum = BigDecimal.ZERO;
        for (int k = start; k < 80; k += 2) {
            sum = sum.add(term);
            term = term.multiply(square).divide(BigDecimal.valueOf((k + 1L) * (k + 2)), new MathContext(60));
        }
        return sum.doubleValue();
    }
}
