package dev.lanewise.golden;

import dev.lanewise.DType;
import dev.lanewise.nn.AttentionOptions;
import dev.lanewise.nn.Bilinear;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.GRU;
import dev.lanewise.nn.GRUCell;
import dev.lanewise.nn.LSTM;
import dev.lanewise.nn.LSTMCell;
import dev.lanewise.nn.MultiheadAttention;
import dev.lanewise.nn.RNN;
import dev.lanewise.nn.RNNCell;
import dev.lanewise.nn.RecurrentOptions;
import dev.lanewise.nn.Transformer;
import dev.lanewise.nn.TransformerDecoderLayer;
import dev.lanewise.nn.TransformerEncoderLayer;
import dev.lanewise.nn.TransformerOptions;
import java.util.Locale;

/** The rows for recurrent layers, attention and transformers with their first values. */
final class RngSequenceLayers {
    private RngSequenceLayers() {}

    static void fill(PythonCalls table) {
        table.add("nn.RNN", a -> new RNN(in(a), hidden(a), nonlinearity(a), recurrent(a)));
        table.add("nn.LSTM", a -> new LSTM(in(a), hidden(a), recurrent(a)));
        table.add("nn.GRU", a -> new GRU(in(a), hidden(a), recurrent(a)));
        table.add("nn.RNNCell", a -> new RNNCell(in(a), hidden(a), bias(a, 2), nonlinearity(a), DType.FLOAT32));
        table.add("nn.LSTMCell", a -> new LSTMCell(in(a), hidden(a), bias(a, 2), DType.FLOAT32));
        table.add("nn.GRUCell", a -> new GRUCell(in(a), hidden(a), bias(a, 2), DType.FLOAT32));
        table.add(
                "nn.Bilinear",
                a -> new Bilinear(
                        a.only("bias").number(0, "in1_features").longValue(),
                        a.number(1, "in2_features").longValue(),
                        a.number(2, "out_features").longValue(),
                        bias(a, 3),
                        DType.FLOAT32));
        table.add("nn.MultiheadAttention", a -> new MultiheadAttention(whole(a, 0), whole(a, 1), attention(a)));
        table.add(
                "nn.TransformerEncoderLayer",
                a -> new TransformerEncoderLayer(whole(a, 0), whole(a, 1), transformer(a, 2)));
        table.add(
                "nn.TransformerDecoderLayer",
                a -> new TransformerDecoderLayer(whole(a, 0), whole(a, 1), transformer(a, 2)));
        table.add(
                "nn.Transformer",
                a -> new Transformer(
                        whole(a, 0), whole(a, 1), (int) whole(a, 2), (int) whole(a, 3), transformer(a, 4)));
    }

    private static long whole(Arguments a, int place) {
        return a.number(place, "argument " + place).longValue();
    }

    private static long in(Arguments a) {
        return a.number(0, "input_size").longValue();
    }

    private static long hidden(Arguments a) {
        return a.number(1, "hidden_size").longValue();
    }

    private static boolean bias(Arguments a, int place) {
        return RngCalls.flag(a, place, "bias", true);
    }

    private static RNN.Nonlinearity nonlinearity(Arguments a) {
        String name = (String) a.named().getOrDefault("nonlinearity", "tanh");
        return RNN.Nonlinearity.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static RecurrentOptions recurrent(Arguments a) {
        a.only("num_layers", "bias", "batch_first", "dropout", "bidirectional", "proj_size", "nonlinearity");
        return RecurrentOptions.DEFAULT
                .numLayers((int) RngCalls.number(a, 2, "num_layers", 1))
                .bias(bias(a, 3))
                .batchFirst(RngCalls.flag(a, 4, "batch_first", false))
                .dropout(RngCalls.number(a, 5, "dropout", 0))
                .bidirectional(RngCalls.flag(a, 6, "bidirectional", false))
                .projSize((long) RngCalls.number(a, 7, "proj_size", 0));
    }

    private static AttentionOptions attention(Arguments a) {
        a.only("dropout", "bias", "add_bias_kv", "add_zero_attn", "kdim", "vdim", "batch_first");
        return AttentionOptions.DEFAULT
                .dropout(RngCalls.number(a, 2, "dropout", 0))
                .bias(bias(a, 3))
                .addBiasKv(RngCalls.flag(a, 4, "add_bias_kv", false))
                .addZeroAttn(RngCalls.flag(a, 5, "add_zero_attn", false))
                .kdim((long) RngCalls.number(a, 6, "kdim", 0))
                .vdim((long) RngCalls.number(a, 7, "vdim", 0))
                .batchFirst(RngCalls.flag(a, 8, "batch_first", false));
    }

    private static TransformerOptions transformer(Arguments a, int first) {
        a.only("dim_feedforward", "dropout", "activation", "layer_norm_eps", "batch_first", "norm_first");
        TransformerOptions options = TransformerOptions.DEFAULT
                .dimFeedforward((long) RngCalls.number(a, first, "dim_feedforward", 2048))
                .dropout(RngCalls.number(a, first + 1, "dropout", 0.1))
                .layerNormEps(RngCalls.number(a, first + 3, "layer_norm_eps", 1e-5))
                .batchFirst(RngCalls.flag(a, first + 4, "batch_first", false))
                .normFirst(RngCalls.flag(a, first + 5, "norm_first", false));
        return "gelu".equals(a.named().get("activation")) ? options.activation(Functional::gelu) : options;
    }
}
