package dev.lanewise.bench.peers;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Lanewise;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.ValuesIndices;
import dev.lanewise.bench.Warm;
import dev.lanewise.nn.Functional;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** This library. */
public final class LanewisePeer implements Peer<Tensor> {
    private static final Set<Work> LAYERS = EnumSet.range(Work.LAYER_NORM, Work.EMBEDDING);
    private static final int ROUNDS = 2;
    /** A busy machine compiles late, and disturbs: rounds follow until one is about as long as the shortest before. */
    private static final int MOST_ROUNDS = 12;

    private static final double NEAR = 0.8;

    /** With the given number of threads. */
    public LanewisePeer(int threads) {
        Lanewise.setNumThreads(threads);
        Lanewise.manualSeed(0);
    }

    @Override
    public Tensor operand(Operand operand) {
        Tensor made = switch (operand.kind()) {
            case FLOAT -> Tensor.randn(operand.sizes());
            case POSITIVE -> Tensor.randn(operand.sizes()).abs();
            case DOUBLE -> Tensor.randn(DType.FLOAT64, operand.sizes());
            case INDEX -> Tensor.randint(0, operand.bound(), operand.sizes());
        };
        return operand.transposed() ? made.transpose(-2, -1) : made;
    }

    @Override
    public Call forward(Work work, List<Tensor> operands) {
        Supplier<ValuesIndices> pair = pair(work, operands);
        if (pair != null) {
            return () -> {
                ValuesIndices result = pair.get();
                result.indices().close();
                result.values().close();
                return 1;
            };
        }
        Call step = LanewiseSteps.call(work, operands);
        return step != null ? step : single(result(work, operands), LAYERS.contains(work));
    }

    /** Layers compute in several ops whose memory a scope gives back; an op has its result alone. */
    private static Call single(Supplier<Tensor> result, boolean layer) {
        if (layer) {
            return () -> {
                try (Scope scope = Scope.open()) {
                    return GradMode.noGrad(result).numel();
                }
            };
        }
        return () -> {
            try (Tensor made = result.get()) {
                return made.numel();
            }
        };
    }

    @Override
    public Call backward(Work work, List<Tensor> operands) {
        for (Tensor operand : operands) {
            if (operand.dtype() != DType.INT64) {
                operand.requiresGrad_();
            }
        }
        Supplier<Tensor> result = result(work, operands);
        Tensor gradient;
        try (Scope scope = Scope.open()) {
            gradient = scope.keep(Tensor.randn(result.get().shape().toArray()));
        }
        return () -> {
            try (Scope scope = Scope.open()) {
                for (Tensor operand : operands) {
                    operand.setGrad(null);
                }
                result.get().backward(gradient);
            }
            return 1;
        };
    }

    private static Supplier<ValuesIndices> pair(Work work, List<Tensor> operands) {
        Tensor x = operands.get(0);
        return switch (work) {
            case MAX_DIM1 -> () -> x.max(1);
            case SORT -> x::sort;
            case TOPK_100 -> () -> x.topk(100);
            case TOPK_10 -> () -> x.topk(10);
            default -> null;
        };
    }

    private static Supplier<Tensor> result(Work work, List<Tensor> operands) {
        Tensor x = operands.get(0);
        Tensor y = operands.get(operands.size() - 1);
        return switch (work) {
            case MM -> () -> x.mm(y);
            case BMM -> () -> x.bmm(y);
            case ADD -> () -> x.add(y);
            case MUL -> () -> x.mul(y);
            case RELU -> x::relu;
            case SQRT -> x::sqrt;
            case EXP -> x::exp;
            case TANH -> x::tanh;
            case SIGMOID -> x::sigmoid;
            case GELU -> () -> Functional.gelu(x);
            case TIMES_TWO_PLUS_ONE -> () -> timesTwoPlusOne(x);
            case CONTIGUOUS -> x::contiguous;
            default -> alongDimension(work, operands);
        };
    }

    private static Tensor timesTwoPlusOne(Tensor x) {
        try (Tensor twice = x.mul(2)) {
            return twice.add(1);
        }
    }

    private static Supplier<Tensor> alongDimension(Work work, List<Tensor> operands) {
        Tensor x = operands.get(0);
        return switch (work) {
            case SUM -> x::sum;
            case SUM_DIM0 -> () -> x.sum(0);
            case SUM_DIM1 -> () -> x.sum(1);
            case AMAX_DIM1 -> () -> x.amax(1);
            case ARGMAX_DIM1 -> () -> x.argmax(1);
            case VAR_DIM1 -> () -> x.var(1);
            case CUMSUM_DIM0 -> () -> x.cumsum(0);
            case CUMSUM_DIM1 -> () -> x.cumsum(1);
            case SOFTMAX -> () -> x.softmax(1);
            case LOG_SOFTMAX -> () -> x.logSoftmax(1);
            default -> LanewiseSteps.layer(work, operands);
        };
    }

    @Override
    public void warm(Call call, long nanos) {
        double shortest = Double.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double micros = micros(call, nanos);
            Warm.await();
            if (round >= ROUNDS && micros > NEAR * shortest && NEAR * micros < shortest) {
                return;
            }
            shortest = Math.min(shortest, micros);
        }
    }

    private static double micros(Call call, long nanos) {
        long begin = System.nanoTime();
        int calls = 0;
        do {
            call.run();
            calls++;
        } while (System.nanoTime() - begin < nanos);
        return (System.nanoTime() - begin) / 1e3 / calls;
    }

    @Override
    public String version() {
        return Lanewise.describe().lines().skip(1).findFirst().orElse("");
    }
}
