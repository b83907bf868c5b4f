package dev.lanewise.op;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Elementary functions to about 60 digits: what results are measured against. */
final class TrueMath {
    static final MathContext DIGITS = new MathContext(64, RoundingMode.HALF_EVEN);
    static final BigDecimal ONE = BigDecimal.ONE;
    static final BigDecimal TWO = BigDecimal.valueOf(2);
    static final BigDecimal HALF = new BigDecimal("0.5");
    static final BigDecimal PI = pi();
    static final BigDecimal LN_2 =
            atanh(ONE.divide(BigDecimal.valueOf(3), DIGITS)).multiply(TWO);
    private static final BigDecimal SMALL = new BigDecimal("1e-70");

    private TrueMath() {}

    static BigDecimal exp(BigDecimal x) {
        // x = n ln 2 + 2^8 r
        BigDecimal n = x.divide(LN_2, DIGITS).setScale(0, RoundingMode.HALF_EVEN);
        BigDecimal r = x.subtract(n.multiply(LN_2), DIGITS).divide(BigDecimal.valueOf(256), DIGITS);
        BigDecimal sum = ONE;
        BigDecimal term = ONE;
        for (int k = 1; term.abs().compareTo(SMALL) > 0; k++) {
            term = term.multiply(r, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < 8; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum.multiply(TWO.pow(n.intValueExact(), DIGITS), DIGITS);
    }

    /** e^x - 1, by the series where the difference would lose digits. */
    static BigDecimal expm1(BigDecimal x) {
        if (x.abs().doubleValue() > 1e-3) {
            return exp(x).subtract(ONE, DIGITS);
        }
        BigDecimal sum = x;
        BigDecimal term = x;
        for (int k = 2; k < 24; k++) {
            term = term.multiply(x, DIGITS).divide(BigDecimal.valueOf(k), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }

    static BigDecimal log(BigDecimal x) {
        int exponent = x.precision() - x.scale();
        int twos = (int) Math.round(exponent * 3.321928094887362);
        BigDecimal m = x.divide(TWO.pow(twos, DIGITS), DIGITS);
        while (m.doubleValue() > 1.5) {
            m = m.divide(TWO, DIGITS);
            twos++;
        }
        while (m.doubleValue() < 0.75) {
            m = m.multiply(TWO, DIGITS);
            twos--;
        }
        return LN_2.multiply(BigDecimal.valueOf(twos)).add(log1pOf(m.subtract(ONE)), DIGITS);
    }

    static BigDecimal log1p(BigDecimal x) {
        double size = x.doubleValue();
        return size > -0.25 && size < 0.5 ? log1pOf(x) : log(x.add(ONE));
    }

    private static BigDecimal log1pOf(BigDecimal f) {
        return atanh(f.divide(f.add(TWO), DIGITS)).multiply(TWO);
    }

    /** Σ x^(2k+1) / (2k + 1), for |x| up to 1/3. */
    private static BigDecimal atanh(BigDecimal x) {
        BigDecimal square = x.multiply(x, DIGITS);
        BigDecimal power = x;
        BigDecimal sum = x;
        for (int k = 3; k < 150; k += 2) {
            power = power.multiply(square, DIGITS);
            sum = sum.add(power.divide(BigDecimal.valueOf(k), DIGITS), DIGITS);
        }
        return sum;
    }

    static BigDecimal sqrt(BigDecimal x) {
        return x.sqrt(DIGITS);
    }

    static BigDecimal sin(BigDecimal x) {
        BigDecimal quarters = x.multiply(TWO).divide(PI, DIGITS).setScale(0, RoundingMode.HALF_EVEN);
        BigDecimal r = x.subtract(quarters.multiply(PI).divide(TWO, new MathContext(90)), DIGITS);
        int quarter = quarters.toBigInteger().and(BigInteger.valueOf(3)).intValue();
        BigDecimal wave = quarter % 2 == 0 ? wave(r, r, 1) : wave(r, ONE, 0);
        return quarter < 2 ? wave : wave.negate();
    }

    static BigDecimal cos(BigDecimal x) {
        return sin(x.add(PI.divide(TWO)));
    }

    private static BigDecimal wave(BigDecimal r, BigDecimal first, int power) {
        BigDecimal square = r.multiply(r, DIGITS).negate();
        BigDecimal term = first;
        BigDecimal sum = first;
        for (int k = power; k < 50; k += 2) {
            term = term.multiply(square, DIGITS).divide(BigDecimal.valueOf((k + 1L) * (k + 2L)), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return sum;
    }

    /** The error function's complement: the series of erf, with so many digits that the difference keeps enough. */
    static BigDecimal erfc(BigDecimal x) {
        MathContext digits = new MathContext(70 + (int) (x.doubleValue() * x.doubleValue()));
        BigDecimal square = x.multiply(x);
        BigDecimal term = x;
        BigDecimal sum = x;
        BigDecimal small = new BigDecimal("1e-" + digits.getPrecision());
        for (int k = 1; term.abs().compareTo(small) > 0; k++) {
            term = term.multiply(square, digits).negate().divide(BigDecimal.valueOf(k), digits);
            sum = sum.add(term.divide(BigDecimal.valueOf(2L * k + 1), digits), digits);
        }
        BigDecimal erf = sum.multiply(TWO).divide(PI_LONG.sqrt(digits), digits);
        return ONE.subtract(erf, digits);
    }

    private static final BigDecimal PI_LONG = machin(1000);

    private static BigDecimal pi() {
        return machin(400);
    }

    /** Machin's formula 16 atan(1/5) - 4 atan(1/239). */
    private static BigDecimal machin(int digits) {
        MathContext context = new MathContext(digits + 10);
        return arctan(5, context)
                .multiply(BigDecimal.valueOf(16))
                .subtract(arctan(239, context).multiply(BigDecimal.valueOf(4)));
    }

    private static BigDecimal arctan(int inverse, MathContext context) {
        BigDecimal power = ONE.divide(BigDecimal.valueOf(inverse), context);
        BigDecimal square = BigDecimal.valueOf((long) inverse * inverse).negate();
        BigDecimal sum = power;
        BigDecimal small = new BigDecimal("1e-" + context.getPrecision());
        for (int k = 3; power.abs().compareTo(small) > 0; k += 2) {
            power = power.divide(square, context);
            sum = sum.add(power.divide(BigDecimal.valueOf(k), context), context);
        }
        return sum;
    }
}
