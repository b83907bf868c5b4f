package dev.lanewise.golden;

import dev.lanewise.Tensor;
import java.math.BigInteger;
import java.util.List;

/** Python's arithmetic of numbers and tensors. */
final class Arithmetic {
    private Arithmetic() {}

    /** The value of an operator with one or two operands. */
    static Object of(String operator, List<Object> operands) {
        Object a = operands.get(0);
        if (operands.size() == 1) {
            return a instanceof Tensor tensor ? tensor.neg() : negative((Number) a);
        }
        Object b = operands.get(1);
        if (a instanceof Tensor x) {
            return b instanceof Tensor y ? tensors(operator, x, y) : tensors(operator, x, (Number) b);
        }
        return b instanceof Tensor y
                ? tensors(operator, Tensor.scalar(y.dtype(), (Number) a), y)
                : numbers(operator, (Number) a, (Number) b);
    }

    private static Tensor tensors(String operator, Tensor x, Tensor y) {
        return switch (operator) {
            case "+" -> x.add(y);
            case "-" -> x.sub(y);
            case "*" -> x.mul(y);
            case "/" -> x.div(y);
            default -> x.pow(y);
        };
    }

    private static Tensor tensors(String operator, Tensor x, Number y) {
        return switch (operator) {
            case "+" -> x.add(y);
            case "-" -> x.sub(y);
            case "*" -> x.mul(y);
            case "/" -> x.div(y);
            default -> x.pow(y);
        };
    }

    private static Number numbers(String operator, Number a, Number b) {
        boolean whole = !(a instanceof Double) && !(b instanceof Double) && !operator.equals("/");
        if (whole) {
            BigInteger x = new BigInteger(a.toString());
            BigInteger y = new BigInteger(b.toString());
            return PythonCalls.plain(
                    switch (operator) {
                        case "+" -> x.add(y);
                        case "-" -> x.subtract(y);
                        case "*" -> x.multiply(y);
                        case "//" -> BigInteger.valueOf(Math.floorDiv(x.longValueExact(), y.longValueExact()));
                        default -> x.pow(y.intValueExact());
                    });
        }
        double x = a.doubleValue();
        double y = b.doubleValue();
        return switch (operator) {
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            case "/" -> x / y;
            case "//" -> Math.floor(x / y);
            default -> Math.pow(x, y);
        };
    }

    private static Number negative(Number a) {
        return a instanceof Double number ? (Number) (-number) : numbers("-", 0L, a);
    }
}
