package dev.lanewise.bench;

import dev.lanewise.DType;
import dev.lanewise.Generator;
import dev.lanewise.Tensor;
import dev.lanewise.op.BinaryOp;
import dev.lanewise.op.CompareOp;
import dev.lanewise.op.Dispatch;
import dev.lanewise.op.Op;
import dev.lanewise.op.Ops;
import dev.lanewise.op.ReduceOp;
import dev.lanewise.op.TernaryOp;
import dev.lanewise.op.TernaryOps;
import dev.lanewise.op.UnaryOp;
import java.util.List;
import java.util.function.Supplier;

/** The call of an elementwise op or a reduction of the registry on arguments from its domain. */
final class OpCall {
    private OpCall() {}

    /** The names of all ops that can be called so. */
    static List<String> names() {
        return Ops.all().stream()
                .filter(OpCall::isMeasured)
                .map(Op::name)
                .distinct()
                .toList();
    }

    /** The op of that name. */
    static Op find(String name) {
        return Ops.all().stream()
                .filter(op -> isMeasured(op) && op.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No elementwise op or reduction is called " + name));
    }

    /**
     * Three tensors of elements from the op's domain; ops of fewer inputs take the first ones. What works on integers alone
     * gets those of the same width.
     */
    static Tensor[] arguments(Op op, DType type, int size) {
        Generator generator = new Generator().manualSeed(0);
        Tensor[] arguments = new Tensor[3];
        for (int i = 0; i < arguments.length; i++) {
            double[] values = new double[size];
            for (int j = 0; j < size; j++) {
                values[j] = op.low() + (op.high() - op.low()) * generator.uniform53();
            }
            arguments[i] = Tensor.of(DType.FLOAT64, values).to(taken(op, type));
        }
        return arguments;
    }

    private static DType taken(Op op, DType type) {
        boolean wholeOnly = op.dtypes() == Op.DTypeRule.INTEGERS || op.dtypes() == Op.DTypeRule.BITS;
        if (!wholeOnly || !type.isFloatingPoint()) {
            return type;
        }
        return type == DType.FLOAT64 ? DType.INT64 : type == DType.FLOAT32 ? DType.INT32 : DType.INT16;
    }

    /** The call through the library. */
    static Supplier<Tensor> on(Op op, Tensor... in) {
        if (op instanceof UnaryOp unary) {
            return () -> Dispatch.apply(unary, in[0]);
        }
        if (op instanceof BinaryOp binary) {
            return () -> Dispatch.apply(binary, in[0], in[1]);
        }
        if (op instanceof CompareOp compare) {
            return () -> Dispatch.apply(compare, in[0], in[1]);
        }
        if (op instanceof TernaryOp ternary) {
            Tensor first = op == TernaryOps.WHERE ? in[0].gt(in[1]) : in[0];
            return () -> Dispatch.apply(ternary, in[1].dtype(), first, in[1], in[2]);
        }
        ReduceOp reduce = (ReduceOp) op;
        return () -> Dispatch.apply(reduce, ReduceOp.Args.all(in[0]), in[0]);
    }

    private static boolean isMeasured(Op op) {
        return op instanceof UnaryOp
                || op instanceof BinaryOp
                || op instanceof CompareOp
                || op instanceof TernaryOp
                || op instanceof ReduceOp;
    }
}
