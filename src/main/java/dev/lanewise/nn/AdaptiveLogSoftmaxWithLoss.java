package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The log-probabilities of many classes sorted by frequency: those of the frequent ones and of each cluster of rare ones by a
 * head, those within a cluster by a tail of its own, which gets narrower from cluster to cluster.
 *
 * <p>Children {@code head} and {@code tail}. Source: PyTorch's {@code torch.nn.AdaptiveLogSoftmaxWithLoss}; E. Grave et al.,
 * "Efficient softmax approximation for GPUs", 2016.
 */
public final class AdaptiveLogSoftmaxWithLoss extends Module {
    private final long[] edges;
    private final Linear head;
    private final ModuleList tail = new ModuleList();

    /**
     * What the layer gives.
     *
     * @param output the log-probability of each target, {@code [N]}, or without dimension for a single input
     * @param loss minus their mean
     */
    public record Output(Tensor output, Tensor loss) {}

    /** Tails that are narrower by 4 from cluster to cluster, and a head without bias, in FLOAT32. */
    public AdaptiveLogSoftmaxWithLoss(long inFeatures, long classes, long... cutoffs) {
        this(inFeatures, classes, cutoffs, 4, false, DType.FLOAT32);
    }

    /**
     * The layer with all parameters.
     *
     * @param cutoffs the classes that clusters begin with: growing, from 1 to {@code classes - 1}
     * @param divValue by how much the tail of each cluster is narrower than that before
     */
    public AdaptiveLogSoftmaxWithLoss(
            long inFeatures, long classes, long[] cutoffs, double divValue, boolean headBias, DType dtype) {
        edges = Arrays.copyOf(cutoffs, cutoffs.length + 1);
        edges[cutoffs.length] = classes;
        for (int i = 0; i < edges.length; i++) {
            if (cutoffs.length == 0 || edges[i] <= (i == 0 ? 0 : edges[i - 1])) {
                throw Check.argument("AdaptiveLogSoftmaxWithLoss", "the cutoffs must grow from 1 to below the classes")
                        .expected("numbers from 1 to " + (classes - 1))
                        .got(cutoffs)
                        .error();
            }
        }
        Linear.Options plain = Linear.dtype(dtype).bias(false);
        head = register("head", new Linear(inFeatures, edges[0] + cutoffs.length, plain.bias(headBias)));
        for (int i = 0; i < cutoffs.length; i++) {
            long narrow = (long) Math.floor(inFeatures / Math.pow(divValue, i + 1));
            tail.append(new Sequential(
                    new Linear(inFeatures, narrow, plain), new Linear(narrow, edges[i + 1] - edges[i], plain)));
        }
        register("tail", tail);
    }

    /** Draws the parameters anew from the default generator. */
    public void resetParameters() {
        head.resetParameters();
        for (Module cluster : tail) {
            cluster.children().forEach(layer -> ((Linear) layer).resetParameters());
        }
    }

    /** The log-probabilities of targets {@code [N]} for an input {@code [N, inFeatures]}, or of one for one; and the loss. */
    public Output forward(Tensor input, Tensor target) {
        boolean single = target.dim() == 0;
        check(input, target);
        Tensor x = single ? input.unsqueeze(0) : input;
        long[] classes = target.flatten().toLongArray();
        long[] inHead = classes.clone();
        Tensor within = Tensor.zeros(x.dtype(), classes.length);
        for (int cluster = 0; cluster < tail.size(); cluster++) {
            int c = cluster;
            long[] rows = LongStream.range(0, classes.length)
                    .filter(i -> classes[(int) i] >= edges[c] && classes[(int) i] < edges[c + 1])
                    .toArray();
            if (rows.length > 0) {
                long[] places = Arrays.stream(rows)
                        .map(i -> classes[(int) i] - edges[c])
                        .toArray();
                Arrays.stream(rows).forEach(i -> inHead[(int) i] = edges[0] + c);
                Tensor index = Tensor.of(rows);
                Tensor all = tail.get(c).forward(x.indexSelect(0, index)).logSoftmax(1);
                Tensor picked = all.gather(1, Tensor.of(places).unsqueeze(1)).squeeze(1);
                within = within.indexAdd(0, index, picked);
            }
        }
        Tensor first = head.forward(x).logSoftmax(1).gather(1, Tensor.of(inHead).unsqueeze(1));
        Tensor output = within.add(first.squeeze(1));
        return new Output(single ? output.squeeze(0) : output, output.neg().mean());
    }

    /** The log-probabilities of all classes, {@code [N, classes]}, for an input {@code [N, inFeatures]}. */
    public Tensor logProb(Tensor input) {
        Tensor first = head.forward(input).logSoftmax(1);
        Tensor[] parts = new Tensor[tail.size() + 1];
        parts[0] = first.narrow(1, 0, edges[0]);
        for (int c = 0; c < tail.size(); c++) {
            parts[c + 1] = tail.get(c).forward(input).logSoftmax(1).add(first.narrow(1, edges[0] + c, 1));
        }
        return Tensor.cat(1, parts);
    }

    /** The most probable class for each row of an input {@code [N, inFeatures]}. */
    public Tensor predict(Tensor input) {
        return logProb(input).argmax(1);
    }

    private void check(Tensor input, Tensor target) {
        boolean fits = target.dim() < 2
                && input.dim() == target.dim() + 1
                && (target.dim() == 0 || input.size(0) == target.size(0))
                && target.dtype() == DType.INT64;
        if (!fits) {
            throw Check.shape("AdaptiveLogSoftmaxWithLoss", "there must be an INT64 target for each row of the input")
                    .operand("input", input.dtype(), input.shape().toArray())
                    .operand("target", target.dtype(), target.shape().toArray())
                    .error();
        }
        long classes = edges[edges.length - 1];
        for (long one : target.flatten().toLongArray()) {
            if (one < 0 || one >= classes) {
                throw Check.index("AdaptiveLogSoftmaxWithLoss", "every target must be a class")
                        .expected("0 to " + (classes - 1))
                        .got(one)
                        .error();
            }
        }
    }
}
