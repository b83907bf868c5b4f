package dev.lanewise.examples;

import dev.lanewise.GradMode;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Embedding;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.Init;
import dev.lanewise.nn.LayerNorm;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.ModuleList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A small transformer that tells, for each place of a sequence, what comes next: INT64 {@code [N, T]} to scores {@code [N, T,
 * tokens]}.
 *
 * <p>Source: A. Radford et al., "Language models are unsupervised multitask learners", 2019.
 */
final class Gpt extends Module {
    private final Sizes sizes;
    private final Embedding token;
    private final Embedding position;
    private final Dropout dropout;
    private final ModuleList blocks;
    private final LayerNorm norm;
    private final Linear head;

    /**
     * How large the network is.
     *
     * @param tokens how many different ones there are
     * @param context how many of them it sees at once
     * @param width numbers per place
     * @param heads of each attention; they divide the width
     * @param layers blocks
     * @param dropout probability of all dropouts
     */
    record Sizes(long tokens, int context, long width, long heads, int layers, double dropout) {}

    Gpt(Sizes sizes) {
        this.sizes = sizes;
        token = register("token", new Embedding(sizes.tokens(), sizes.width()));
        position = register("position", new Embedding(sizes.context(), sizes.width()));
        dropout = register("dropout", new Dropout(sizes.dropout()));
        List<Block> layers =
                Stream.generate(() -> new Block(sizes)).limit(sizes.layers()).toList();
        blocks = register("blocks", new ModuleList(layers));
        norm = register("norm", new LayerNorm(sizes.width()));
        head = register("head", new Linear(sizes.width(), sizes.tokens(), false));
        Init.normal_(token.weight(), 0, 0.02);
        Init.normal_(position.weight(), 0, 0.02);
    }

    @Override
    public Tensor forward(Tensor tokens) {
        Tensor places = Tensor.arange(tokens.size(1));
        Tensor x = dropout.forward(token.forward(tokens).add(position.forward(places)));
        for (Module block : blocks) {
            x = block.forward(x);
        }
        return head.forward(norm.forward(x));
    }

    /** The tokens {@code [1, T]} and as many more, each drawn by its probability; a low temperature draws the likely ones. */
    Tensor generate(Tensor tokens, int count, double temperature) {
        boolean training = isTraining();
        eval();
        Tensor all = tokens;
        try (var mode = GradMode.off()) {
            for (int i = 0; i < count; i++) {
                try (Scope step = Scope.open("next token")) {
                    long seen = Math.min(all.size(1), sizes.context());
                    Tensor scores =
                            forward(all.narrow(1, all.size(1) - seen, seen)).select(1, -1);
                    Tensor next = scores.div(temperature).softmax(-1).multinomial(1);
                    all = Scope.escape(Tensor.cat(1, all, next));
                }
            }
        } finally {
            train(training);
        }
        return all;
    }

    /** Attention to what came before and a small network, each added to its input. */
    private static final class Block extends Module {
        private final long heads;
        private final double dropout;
        private final LayerNorm norm1;
        private final Linear attention;
        private final Linear joint;
        private final LayerNorm norm2;
        private final Linear wide;
        private final Linear narrow;
        private final Dropout last;

        Block(Sizes sizes) {
            long width = sizes.width();
            heads = sizes.heads();
            dropout = sizes.dropout();
            norm1 = register("norm1", new LayerNorm(width));
            attention = register("attention", new Linear(width, 3 * width));
            joint = register("joint", new Linear(width, width));
            norm2 = register("norm2", new LayerNorm(width));
            wide = register("wide", new Linear(width, 4 * width));
            narrow = register("narrow", new Linear(4 * width, width));
            last = register("last", new Dropout(dropout));
        }

        @Override
        public Tensor forward(Tensor input) {
            Tensor x = input.add(last.forward(joint.forward(attend(norm1.forward(input)))));
            Tensor inner = Functional.gelu(wide.forward(norm2.forward(x)));
            return x.add(last.forward(narrow.forward(inner)));
        }

        private Tensor attend(Tensor x) {
            List<Tensor> qkv = attention.forward(x).chunk(3, -1);
            Tensor out = Functional.scaledDotProductAttention(
                    split(qkv.get(0)), split(qkv.get(1)), split(qkv.get(2)), null, isTraining() ? dropout : 0, true);
            return out.transpose(1, 2).flatten(2, 3);
        }

        /** {@code [N, T, width]} as {@code [N, heads, T, width / heads]}. */
        private Tensor split(Tensor x) {
            return x.unflatten(-1, heads, -1).transpose(1, 2);
        }
    }
}
