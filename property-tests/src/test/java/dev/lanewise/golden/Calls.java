package dev.lanewise.golden;

import dev.lanewise.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The table of recorded operators that the library has, and how each is called: one class per family fills it.
 *
 * <p>A call reads every argument that was recorded, or throws {@link Unsupported} with the reason.
 */
final class Calls {
    private static final Map<String, Function<Arguments, Object>> TABLE = new LinkedHashMap<>();

    private Calls() {}

    static {
        CreateCalls.fill();
        UnaryCalls.fill();
        BinaryCalls.fill();
        PointwiseCalls.fill();
        ReduceCalls.fill();
        SortCalls.fill();
        ShapeCalls.fill();
        IndexingCalls.fill();
        InPlaceCalls.fill();
        MatmulCalls.fill();
        LinalgCalls.fill();
        VectorNormCalls.fill();
        DoubleGradCalls.fill();
        NnCalls.fill();
        LossCalls.fill();
        NormCalls.fill();
        PoolCalls.fill();
        ConvCalls.fill();
        EmbeddingCalls.fill();
        SamplingCalls.fill();
    }

    /** The call of an operator, or null if the library has none. */
    static Function<Arguments, Object> of(String op) {
        return TABLE.get(op);
    }

    /** Adds a row to the table. */
    static void add(String op, Function<Arguments, Object> call) {
        if (TABLE.put(op, call) != null) {
            throw new IllegalStateException(op + " has two rows");
        }
    }

    /** A function of one tensor and nothing else. */
    static void map(String op, UnaryOperator<Tensor> f) {
        add(op, a -> f.apply(a.only().tensor(0)));
    }

    /** A function of a tensor and a tensor or number. */
    static void binary(String op, BinaryOperator<Tensor> tensors, BiFunction<Tensor, Number, Tensor> numbers) {
        add(
                op,
                a -> a.only().positional().get(1) instanceof Tensor other
                        ? tensors.apply(a.tensor(0), other)
                        : numbers.apply(a.tensor(0), a.number(1, "other")));
    }

    /** In-place methods, called on a clone. */
    static void change(String op, UnaryOperator<Tensor> f) {
        add(op, a -> f.apply(a.only().tensor(0).clone()));
    }

    static void change(String op, BinaryOperator<Tensor> tensors, BiFunction<Tensor, Number, Tensor> numbers) {
        add(op, a -> {
            Tensor x = a.only().tensor(0).clone();
            return a.get(1, "other") instanceof Tensor other
                    ? tensors.apply(x, other)
                    : numbers.apply(x, a.number(1, "other"));
        });
    }
}
