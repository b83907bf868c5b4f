package dev.lanewise.golden;

import dev.lanewise.Tensor;
import dev.lanewise.nn.BatchNorm2d;
import dev.lanewise.nn.Conv1d;
import dev.lanewise.nn.Conv2d;
import dev.lanewise.nn.ConvOptions;
import dev.lanewise.nn.ConvTranspose1d;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.GELU;
import dev.lanewise.nn.GRU;
import dev.lanewise.nn.GroupNorm;
import dev.lanewise.nn.Identity;
import dev.lanewise.nn.LSTM;
import dev.lanewise.nn.LayerNorm;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.MultiheadAttention;
import dev.lanewise.nn.RNN;
import dev.lanewise.nn.RecurrentOptions;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Transformer;
import dev.lanewise.nn.TransformerEncoder;
import dev.lanewise.nn.TransformerEncoderLayer;
import dev.lanewise.nn.TransformerOptions;

/** The models of recorded training runs. */
final class TrainModels {
    private TrainModels() {}

    /** The model of a run by the run's name. */
    static Module of(String name) {
        return switch (name.replace("_f64", "")) {
            case "autoencoder" -> new AE();
            case "cnn_bn" -> new CNN(new BatchNorm2d(8));
            case "cnn_plain_sgd" -> new CNN(new Identity());
            case "lstm" -> new Rec(new LSTM(6, 10, BATCH_FIRST), 10);
            case "gru" -> new Rec(new GRU(6, 10, BATCH_FIRST), 10);
            case "rnn" -> new Rec(new RNN(6, 10, BATCH_FIRST), 10);
            case "lstm_2layer_bi" -> new Rec(new LSTM(6, 10, TWO_LAYERS), 20);
            case "gru_2layer_bi" -> new Rec(new GRU(6, 10, TWO_LAYERS), 20);
            case "rnn_2layer_bi" -> new Rec(new RNN(6, 10, TWO_LAYERS), 20);
            case "transformer" -> new Tr(ENCODER, false);
            case "transformer_prenorm_causal" -> new Tr(ENCODER.normFirst(true).activation(Functional::gelu), true);
            default -> throw new Unsupported("there is no such model");
        };
    }

    private static final RecurrentOptions BATCH_FIRST = RecurrentOptions.DEFAULT.batchFirst(true);
    private static final RecurrentOptions TWO_LAYERS = BATCH_FIRST.numLayers(2).bidirectional(true);
    private static final TransformerOptions ENCODER =
            TransformerOptions.DEFAULT.dimFeedforward(32).dropout(0).batchFirst(true);

    // The classes have the names that were recorded with the printed models.

    private static final class AE extends Module {
        private final Sequential enc = register(
                "enc",
                new Sequential(
                        new Conv1d(2, 6, 3, ConvOptions.DEFAULT.stride(2).padding(1)),
                        new GELU(),
                        new GroupNorm(2, 6)));
        private final Sequential dec = register(
                "dec",
                new Sequential(
                        new ConvTranspose1d(
                                6, 2, 4, ConvOptions.DEFAULT.stride(2).padding(1)),
                        new LayerNorm(16)));

        @Override
        public Tensor forward(Tensor x) {
            return dec.forward(enc.forward(x));
        }
    }

    private static final class CNN extends Module {
        private final Conv2d conv1 = register("conv1", new Conv2d(1, 8, 3, ConvOptions.DEFAULT.padding(1)));
        private final Module bn1;
        private final Conv2d conv2;
        private final Linear fc;

        CNN(Module norm) {
            bn1 = register("bn1", norm);
            conv2 = register("conv2", new Conv2d(8, 12, 3, ConvOptions.DEFAULT.stride(2)));
            fc = register("fc", new Linear(48, 5));
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = Functional.maxPool2d(bn1.forward(conv1.forward(x)).relu(), 2);
            return fc.forward(conv2.forward(y).relu().flatten(1, -1));
        }
    }

    private static final class Rec extends Module {
        private final Embedding emb = register("emb", new Embedding(11, 6));
        private final Module rnn;
        private final Linear fc;

        Rec(Module rnn, long features) {
            this.rnn = register("rnn", rnn);
            fc = register("fc", new Linear(features, 4));
        }

        @Override
        public Tensor forward(Tensor x) {
            return fc.forward(rnn.forward(emb.forward(x)).select(1, -1));
        }
    }

    private static final class Tr extends Module {
        private final Embedding emb;
        private final TransformerEncoder enc;
        private final Linear fc;
        private final boolean causal;

        Tr(TransformerOptions options, boolean causal) {
            registerParameter("pos", Tensor.zeros(9, 16));
            emb = register("emb", new Embedding(13, 16));
            enc = register("enc", new TransformerEncoder(new TransformerEncoderLayer(16, 4, options), 2));
            fc = register("fc", new Linear(16, 13));
            this.causal = causal;
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = emb.forward(x).add(parameter("pos"));
            MultiheadAttention.Masks masks = causal
                    ? new MultiheadAttention.Masks(
                            Transformer.generateSquareSubsequentMask(9).to(y.dtype()), null)
                    : MultiheadAttention.Masks.NONE;
            return fc.forward(enc.forward(y, masks));
        }
    }

    /** Rows of a table. */
    private static final class Embedding extends Module {
        private final String sizes;

        Embedding(long rows, long columns) {
            sizes = rows + ", " + columns;
            registerParameter("weight", Tensor.zeros(rows, columns));
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor rows = parameter("weight").indexSelect(0, x.flatten());
            return rows.reshape(x.size(0), x.size(1), rows.size(1));
        }

        @Override
        protected String extraRepr() {
            return sizes;
        }
    }
}
