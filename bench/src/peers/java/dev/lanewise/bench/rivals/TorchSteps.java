package dev.lanewise.bench.rivals;

import dev.lanewise.bench.peers.Call;
import dev.lanewise.bench.peers.Work;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LayerNormImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Layers and training steps of libtorch's C++ front end. */
final class TorchSteps {
    private static final double RATE = 1e-3;
    private static final int HEADS = 4;

    private TorchSteps() {}

    /** A layer as a function of its operands; IllegalArgumentException if there is none. */
    static Supplier<Tensor> layer(Work work, List<Tensor> operands) {
        Tensor x = operands.get(0);
        Tensor y = operands.get(operands.size() - 1);
        return switch (work) {
            case LAYER_NORM -> layerNorm(x, operands.get(1), operands.get(2));
            case BATCH_NORM -> batchNorm(x, operands.get(1), operands.get(2));
            case CONV -> conv(x, operands.get(1), operands.get(2));
            case MAX_POOL -> () -> torch.max_pool2d(x, 2, 2);
            case CROSS_ENTROPY -> () -> torch.cross_entropy(x, y);
            case LSTM -> {
                LSTMImpl model = new LSTMImpl(x.size(2), x.size(2));
                yield () -> model.forward(x).get0();
            }
            case ATTENTION -> () -> torch.scaled_dot_product_attention(x, operands.get(1), y);
            case EMBEDDING -> () -> torch.embedding(x, y);
            default -> throw new IllegalArgumentException("not measured: " + work);
        };
    }

    private static Supplier<Tensor> layerNorm(Tensor x, Tensor weight, Tensor bias) {
        long[] shape = {x.size(1)};
        TensorOptional weights = new TensorOptional(weight);
        TensorOptional biases = new TensorOptional(bias);
        return () -> torch.layer_norm(x, shape, weights, biases, 1e-5, true);
    }

    private static Supplier<Tensor> batchNorm(Tensor x, Tensor weight, Tensor bias) {
        TensorOptional weights = new TensorOptional(weight);
        TensorOptional biases = new TensorOptional(bias);
        TensorOptional mean = new TensorOptional(torch.zeros(x.size(1)));
        TensorOptional variance = new TensorOptional(torch.ones(x.size(1)));
        return () -> torch.batch_norm(x, weights, biases, mean, variance, true, 0.1, 1e-5, true);
    }

    private static Supplier<Tensor> conv(Tensor x, Tensor weight, Tensor bias) {
        TensorOptional biases = new TensorOptional(bias);
        long[] ones = {1, 1};
        return () -> torch.conv2d(x, weight, biases, ones, ones, ones, 1);
    }

    /** A training step; null if the work is none. */
    static Call call(Work work, List<Tensor> operands) {
        Tensor x = operands.get(0);
        Tensor y = operands.get(operands.size() - 1);
        GradMode.set_enabled(true);
        return switch (work) {
            case REGRESSION_STEP -> regression(x, y);
            case MLP_STEP -> mlp(x, y);
            case CNN_STEP -> cnn(x, y);
            case TRANSFORMER_STEP -> transformer(x, y);
            default -> null;
        };
    }

    private static Call regression(Tensor x, Tensor y) {
        LinearImpl model = new LinearImpl(1, 1);
        return step(
                () -> torch.mse_loss(model.forward(x), y), new SGD(model.parameters(), new SGDOptions(RATE)));
    }

    private static Call mlp(Tensor x, Tensor y) {
        LinearImpl first = new LinearImpl(784, 256);
        LinearImpl second = new LinearImpl(256, 128);
        LinearImpl third = new LinearImpl(128, 10);
        return step(
                () -> torch.cross_entropy(
                        third.forward(
                                second.forward(first.forward(x).relu()).relu()),
                        y),
                new Adam(parameters(first, second, third), new AdamOptions(RATE)));
    }

    private static Call cnn(Tensor x, Tensor y) {
        Conv2dImpl first = conv(1, 16);
        Conv2dImpl second = conv(16, 32);
        LinearImpl last = new LinearImpl(32 * 7 * 7, 10);
        SGDOptions options = new SGDOptions(RATE);
        options.momentum().put(0.9);
        return step(
                () -> {
                    Tensor half = torch.max_pool2d(first.forward(x).relu(), 2, 2);
                    Tensor quarter = torch.max_pool2d(second.forward(half).relu(), 2, 2);
                    return torch.cross_entropy(last.forward(quarter.flatten(1, 3)), y);
                },
                new SGD(parameters(first, second, last), options));
    }

    private static Conv2dImpl conv(long in, long out) {
        Conv2dOptions options = new Conv2dOptions(in, out, new LongPointer(3, 3));
        options.padding().put(new LongPointer(1, 1));
        return new Conv2dImpl(options);
    }

    private static Call transformer(Tensor x, Tensor y) {
        long size = x.size(2);
        LinearImpl projections = new LinearImpl(size, 3 * size);
        LinearImpl output = new LinearImpl(size, size);
        LinearImpl wide = new LinearImpl(size, 4 * size);
        LinearImpl narrow = new LinearImpl(4 * size, size);
        LayerNormImpl first = new LayerNormImpl(new LongVector(new long[] {size}));
        LayerNormImpl second = new LayerNormImpl(new LongVector(new long[] {size}));
        return step(
                () -> {
                    TensorVector parts = projections.forward(x).chunk(3, -1);
                    Tensor mixed = torch.scaled_dot_product_attention(
                                    heads(parts.get(0)), heads(parts.get(1)), heads(parts.get(2)))
                            .transpose(1, 2)
                            .reshape(x.size(0), x.size(1), size);
                    Tensor middle = first.forward(x.add(output.forward(mixed)));
                    Tensor inner = narrow.forward(wide.forward(middle).relu());
                    return torch.mse_loss(second.forward(middle.add(inner)), y);
                },
                new Adam(parameters(projections, output, wide, narrow, first, second), new AdamOptions(RATE)));
    }

    private static Tensor heads(Tensor x) {
        return x.view(x.size(0), x.size(1), HEADS, x.size(2) / HEADS).transpose(1, 2);
    }

    private static TensorVector parameters(Module... modules) {
        TensorVector all = new TensorVector();
        for (Module module : modules) {
            TensorVector some = module.parameters();
            for (long i = 0; i < some.size(); i++) {
                all.push_back(some.get(i));
            }
        }
        return all;
    }

    private static Call step(Supplier<Tensor> loss, Optimizer optimizer) {
        return () -> {
            try (PointerScope scope = new PointerScope()) {
                Tensor value = loss.get();
                optimizer.zero_grad();
                value.backward();
                optimizer.step();
                return (long) value.item_float();
            }
        };
    }
}
