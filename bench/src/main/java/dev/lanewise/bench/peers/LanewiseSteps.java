package dev.lanewise.bench.peers;

import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.ConvOptions;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.LSTM;
import dev.lanewise.nn.LayerNorm;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.SGD;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Layers and training steps of this library. */
final class LanewiseSteps {
    private static final double RATE = 1e-3;
    private static final int HEADS = 4;

    private LanewiseSteps() {}

    /** A layer as a function of its operands; IllegalArgumentException if there is none yet. */
    static Supplier<Tensor> layer(Work work, List<Tensor> operands) {
        Tensor x = operands.get(0);
        return switch (work) {
            case LAYER_NORM ->
                () -> Functional.layerNorm(x, new long[] {x.size(-1)}, operands.get(1), operands.get(2), 1e-5);
            case BATCH_NORM -> batchNorm(x, operands.get(1), operands.get(2));
            case CONV -> conv(x, operands.get(1), operands.get(2));
            case MAX_POOL -> () -> Functional.maxPool2d(x, 2);
            case CROSS_ENTROPY -> () -> Functional.crossEntropy(x, operands.get(1));
            case LSTM -> lstm(x);
            case ATTENTION -> () -> Functional.scaledDotProductAttention(x, operands.get(1), operands.get(2));
            case EMBEDDING -> () -> x.indexSelect(0, operands.get(1));
            default -> throw new IllegalArgumentException("not there yet: " + work);
        };
    }

    private static Supplier<Tensor> conv(Tensor x, Tensor weight, Tensor bias) {
        long[] ones = {1, 1};
        return () -> Functional.conv2d(x, weight, bias, ones, ones, ones, 1);
    }

    private static Supplier<Tensor> batchNorm(Tensor x, Tensor weight, Tensor bias) {
        Tensor mean = Tensor.zeros(weight.numel());
        Tensor variance = Tensor.ones(weight.numel());
        return () -> Functional.batchNorm(x, mean, variance, weight, bias, true, 0.1, 1e-5);
    }

    private static Supplier<Tensor> lstm(Tensor x) {
        LSTM model = new LSTM(x.size(-1), x.size(-1));
        return () -> model.forward(x);
    }

    /** A training step; null if the work is none. */
    static Call call(Work work, List<Tensor> operands) {
        Tensor x = operands.get(0);
        Tensor y = operands.get(operands.size() - 1);
        return switch (work) {
            case REGRESSION_STEP -> regression(x, y);
            case MLP_STEP -> classifier(x, y, mlp(), parameters -> new Adam(parameters, Adam.lr(RATE)));
            case CNN_STEP ->
                classifier(
                        x,
                        y,
                        cnn(),
                        parameters -> new SGD(parameters, SGD.lr(RATE).momentum(0.9)));
            case TRANSFORMER_STEP -> transformer(x, y);
            default -> null;
        };
    }

    private static Call regression(Tensor x, Tensor y) {
        Module model = new Linear(1, 1);
        return step(() -> Functional.mseLoss(model.forward(x), y), new SGD(model.parameters(), SGD.lr(RATE)));
    }

    private static Call classifier(
            Tensor x, Tensor y, Module model, Function<List<Parameter>, Optimizer<?>> optimizer) {
        return step(() -> Functional.crossEntropy(model.forward(x), y), optimizer.apply(model.parameters()));
    }

    private static Call transformer(Tensor x, Tensor y) {
        Encoder model = new Encoder(x.size(-1));
        return step(() -> Functional.mseLoss(model.forward(x), y), new Adam(model.parameters(), Adam.lr(RATE)));
    }

    private static Module mlp() {
        return new Sequential(new Linear(784, 256), new ReLU(), new Linear(256, 128), new ReLU(), new Linear(128, 10));
    }

    private static Module cnn() {
        ConvOptions same = ConvOptions.DEFAULT.padding(1, 1);
        return new Sequential(
                new Conv2d(1, 16, 3, same),
                new ReLU(),
                new MaxPool2d(2),
                new Conv2d(16, 32, 3, same),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(32 * 7 * 7, 10));
    }

    private static Call step(Supplier<Tensor> loss, Optimizer<?> optimizer) {
        return () -> {
            try (Scope scope = Scope.open("step")) {
                Tensor value = loss.get();
                optimizer.zeroGrad();
                value.backward();
                optimizer.step();
                return (long) value.item();
            }
        };
    }

    /** An encoder layer that normalises after each half; one product makes queries, keys and values. */
    private static final class Encoder {
        private final Linear projections;
        private final Linear output;
        private final Sequential inner;
        private final LayerNorm first;
        private final LayerNorm second;

        Encoder(long size) {
            projections = new Linear(size, 3 * size);
            output = new Linear(size, size);
            inner = new Sequential(new Linear(size, 4 * size), new ReLU(), new Linear(4 * size, size));
            first = new LayerNorm(size);
            second = new LayerNorm(size);
        }

        List<Parameter> parameters() {
            List<Parameter> all = new ArrayList<>();
            for (Module module : List.of(projections, output, inner, first, second)) {
                all.addAll(module.parameters());
            }
            return all;
        }

        Tensor forward(Tensor x) {
            List<Tensor> parts = projections.forward(x).chunk(3, -1);
            Tensor mixed = Functional.scaledDotProductAttention(
                            heads(parts.get(0)), heads(parts.get(1)), heads(parts.get(2)))
                    .transpose(1, 2)
                    .reshape(x.shape().toArray());
            Tensor middle = first.forward(x.add(output.forward(mixed)));
            return second.forward(middle.add(inner.forward(middle)));
        }

        private static Tensor heads(Tensor x) {
            return x.view(x.size(0), x.size(1), HEADS, x.size(2) / HEADS).transpose(1, 2);
        }
    }
}
