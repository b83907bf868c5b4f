package dev.lanewise.golden;

import dev.lanewise.DType;
import dev.lanewise.Generator;
import dev.lanewise.Tensor;
import dev.lanewise.data.NumPyRandom;
import dev.lanewise.nn.Module;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Evaluates expressions of the recordings with a table of functions and methods.
 *
 * <p>A function has its Python path as name, for example {@code torch.randn} or {@code make_moons}; a method that of the
 * object's kind, for example {@code Tensor.normal_}, and its object as first argument. A call of something that is not in
 * the table is {@link Unsupported}.
 */
final class PythonCalls {
    private final Map<String, Function<Arguments, Object>> table = new LinkedHashMap<>();

    /** Adds a row to the table. */
    void add(String name, Function<Arguments, Object> call) {
        if (table.put(name, call) != null) {
            throw new IllegalStateException(name + " has two rows");
        }
    }

    /** The value of an expression. */
    Object evaluate(Python.Expr expr) {
        if (expr instanceof Python.Constant constant) {
            return constant.value() instanceof BigInteger whole ? plain(whole) : constant.value();
        }
        if (expr instanceof Python.Sequence sequence) {
            return all(sequence.items());
        }
        if (expr instanceof Python.Call call) {
            return call(call);
        }
        if (expr instanceof Python.Operation operation) {
            return Arithmetic.of(operation.operator(), all(operation.operands()));
        }
        if (expr instanceof Python.Index index) {
            return element(evaluate(index.of()), index.parts());
        }
        String path = Python.path(expr);
        if (path != null && path.startsWith("torch.")) {
            return type(path.substring("torch.".length()));
        }
        throw new Unsupported("the name " + path);
    }

    /** What an expression is about: the function or method that makes its value. */
    static String subject(Python.Expr expr) {
        if (expr instanceof Python.Index index) {
            return index.of() instanceof Python.Sequence sequence
                    ? subject(sequence.items().get(sequence.items().size() - 1))
                    : subject(index.of());
        }
        if (!(expr instanceof Python.Call call)) {
            return expr.toString();
        }
        String path = Python.path(call.function());
        if (path != null && !path.equals("dict")) {
            return path;
        }
        if (path != null) {
            return subject(call.positional().get(0));
        }
        Python.Attribute method = (Python.Attribute) call.function();
        return method.name().equals("state_dict") ? subject(method.of()) : method.name();
    }

    /** Calls a method on the object that a first call was made on: {@code f(1) then g(2)} on one generator. */
    Object then(Python.Call first, Python.Call second) {
        Python.Attribute method = (Python.Attribute) first.function();
        Object on = evaluate(method.of());
        invoke(on, method.name(), first);
        return invoke(on, Python.path(second.function()), second);
    }

    private Object call(Python.Call call) {
        String path = Python.path(call.function());
        if (path != null && !table.containsKey(path) && path.startsWith("nn.")) {
            throw missingLayer(path);
        }
        if (path != null) {
            return row(path).apply(arguments(List.of(), call));
        }
        Python.Attribute method = (Python.Attribute) call.function();
        return invoke(evaluate(method.of()), method.name(), call);
    }

    private Object invoke(Object on, String method, Python.Call call) {
        return row(kind(on) + "." + method).apply(arguments(List.of(on), call));
    }

    private Function<Arguments, Object> row(String name) {
        Function<Arguments, Object> row = table.get(name);
        if (row == null) {
            throw new Unsupported("there is no row for " + name);
        }
        return row;
    }

    // A layer that the library has must be in the table.
    private static RuntimeException missingLayer(String path) {
        if (path.indexOf('.', 3) < 0) {
            try {
                return new IllegalStateException("the table has no row for " + Class.forName("dev.lanewise." + path));
            } catch (ClassNotFoundException absent) {
                return new Unsupported("there is no such layer");
            }
        }
        return new Unsupported("there is no row for " + path);
    }

    private Arguments arguments(List<Object> first, Python.Call call) {
        List<Object> positional = new ArrayList<>(first);
        positional.addAll(all(call.positional()));
        Map<String, Object> named = new LinkedHashMap<>();
        call.named().forEach((name, value) -> named.put(name, evaluate(value)));
        return new Arguments(positional, named, Map.of());
    }

    private List<Object> all(List<Python.Expr> exprs) {
        List<Object> values = new ArrayList<>();
        for (Python.Expr expr : exprs) {
            values.add(evaluate(expr));
        }
        return values;
    }

    private Object element(Object of, List<Python.Expr> parts) {
        if (of instanceof List<?> list) {
            int place = ((Number) evaluate(parts.get(0))).intValue();
            return list.get(place < 0 ? place + list.size() : place);
        }
        Tensor view = (Tensor) of;
        int dim = 0;
        for (Python.Expr part : parts) {
            if (part instanceof Python.Range range) {
                long stop = bound(range.stop(), Long.MAX_VALUE);
                view = view.slice(dim++, bound(range.start(), 0), stop, bound(range.step(), 1));
            } else {
                view = view.select(dim, ((Number) evaluate(part)).longValue());
            }
        }
        return view;
    }

    private long bound(Python.Expr bound, long otherwise) {
        return bound == null ? otherwise : ((Number) evaluate(bound)).longValue();
    }

    private static String kind(Object value) {
        return value instanceof Tensor
                ? "Tensor"
                : value instanceof Generator
                        ? "Generator"
                        : value instanceof Module
                                ? "Module"
                                : value instanceof NumPyRandom
                                        ? "RandomState"
                                        : value.getClass().getSimpleName();
    }

    private static DType type(String name) {
        return switch (name) {
            case "float" -> DType.FLOAT32;
            case "double" -> DType.FLOAT64;
            case "half" -> DType.FLOAT16;
            case "long" -> DType.INT64;
            case "int" -> DType.INT32;
            case "short" -> DType.INT16;
            default -> {
                try {
                    yield DType.valueOf(name.toUpperCase(Locale.ROOT));
                } catch (IllegalArgumentException absent) {
                    throw new Unsupported(name.startsWith("complex") ? "complex dtypes" : "torch." + name);
                }
            }
        };
    }

    /** A whole number as a long if it fits. */
    static Number plain(BigInteger whole) {
        return whole.bitLength() < 64 ? (Number) whole.longValueExact() : whole;
    }
}
