package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** One small case of each module: how it is made, what goes in, and what comes out of a call. */
final class ModuleCases {
    /** Both derivatives, or the first alone where PyTorch has no second one or ours is that of a function of steps. */
    enum Order {
        FIRST,
        SECOND
    }

    /**
     * A case.
     *
     * @param make the module, with float32 parameters
     * @param inputs float64, or integers; those that require a gradient are the variables
     * @param call the output
     */
    record Case(
            Class<? extends Module> type,
            Supplier<? extends Module> make,
            Supplier<Tensor[]> inputs,
            BiFunction<Module, Tensor[], Tensor> call,
            Order order) {
        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    private final List<Case> cases = new ArrayList<>();

    private ModuleCases() {}

    static List<Case> all() {
        ModuleCases table = new ModuleCases();
        table.activations();
        table.channels();
        table.windows();
        table.resizing();
        table.norms();
        table.losses();
        table.lossesOfThree();
        table.sequences();
        table.tables();
        table.containers();
        return List.copyOf(table.cases);
    }

    /** A module of one input, which is random of a shape. */
    private <M extends Module> void add(Class<M> type, Supplier<M> make, long... shape) {
        add(type, make, () -> new Tensor[] {random(shape)}, (m, in) -> m.forward(in[0]));
    }

    private <M extends Module> void add(
            Class<M> type, Supplier<M> make, Supplier<Tensor[]> inputs, BiFunction<M, Tensor[], Tensor> call) {
        add(type, make, inputs, call, Order.SECOND);
    }

    private <M extends Module> void add(
            Class<M> type,
            Supplier<M> make,
            Supplier<Tensor[]> inputs,
            BiFunction<M, Tensor[], Tensor> call,
            Order order) {
        cases.add(new Case(type, make, inputs, (m, in) -> call.apply(type.cast(m), in), order));
    }

    private static Tensor random(long... shape) {
        return Tensor.randn(DType.FLOAT64, shape).requiresGrad_();
    }

    private static Tensor positive(long... shape) {
        return Tensor.rand(DType.FLOAT64, shape).mul(0.8).add(0.1).requiresGrad_();
    }

    private static Tensor signs(long... shape) {
        return Tensor.rand(DType.FLOAT64, shape).sub(0.5).sign();
    }

    private void activations() {
        add(CELU.class, CELU::new, 2, 3);
        add(ELU.class, ELU::new, 2, 3);
        add(GELU.class, GELU::new, 2, 3);
        add(GLU.class, GLU::new, 2, 4);
        add(Hardshrink.class, Hardshrink::new, 2, 3);
        add(Hardsigmoid.class, Hardsigmoid::new, 2, 3);
        add(Hardswish.class, Hardswish::new, 2, 3);
        add(Hardtanh.class, Hardtanh::new, 2, 3);
        add(LeakyReLU.class, LeakyReLU::new, 2, 3);
        add(LogSigmoid.class, LogSigmoid::new, 2, 3);
        add(LogSoftmax.class, () -> new LogSoftmax(1), 2, 3);
        add(Mish.class, Mish::new, 2, 3);
        add(PReLU.class, () -> new PReLU(3, 0.25), 2, 3);
        add(RReLU.class, RReLU::new, 2, 3);
        add(ReLU.class, ReLU::new, 2, 3);
        add(ReLU6.class, ReLU6::new, 2, 3);
        add(SELU.class, SELU::new, 2, 3);
        add(SiLU.class, SiLU::new, 2, 3);
        add(Sigmoid.class, Sigmoid::new, 2, 3);
        add(Softmax.class, () -> new Softmax(1), 2, 3);
        add(Softmax2d.class, Softmax2d::new, 2, 3, 2, 2);
        add(Softmin.class, () -> new Softmin(1), 2, 3);
        add(Softplus.class, Softplus::new, 2, 3);
        add(Softshrink.class, Softshrink::new, 2, 3);
        add(Softsign.class, Softsign::new, 2, 3);
        add(Tanh.class, Tanh::new, 2, 3);
        add(Tanhshrink.class, Tanhshrink::new, 2, 3);
        add(Threshold.class, () -> new Threshold(0.1, 20), 2, 3);
    }

    private void channels() {
        add(AlphaDropout.class, AlphaDropout::new, 2, 6);
        add(Dropout.class, Dropout::new, 2, 6);
        add(Dropout1d.class, Dropout1d::new, 2, 6, 2);
        add(Dropout2d.class, Dropout2d::new, 2, 6, 2, 2);
        add(Dropout3d.class, Dropout3d::new, 2, 6, 1, 2, 2);
        add(FeatureAlphaDropout.class, FeatureAlphaDropout::new, 2, 6, 2);
        add(ChannelShuffle.class, () -> new ChannelShuffle(2), 1, 4, 2, 2);
        add(PixelShuffle.class, () -> new PixelShuffle(2), 1, 4, 2, 2);
        add(PixelUnshuffle.class, () -> new PixelUnshuffle(2), 1, 1, 4, 4);
        add(Flatten.class, Flatten::new, 2, 3, 2);
        add(Unflatten.class, () -> new Unflatten(1, 2, 3), 2, 6);
        add(Identity.class, Identity::new, 2, 3);
        add(Linear.class, () -> new Linear(3, 4), 2, 3);
        add(
                Bilinear.class,
                () -> new Bilinear(3, 4, 2),
                () -> new Tensor[] {random(2, 3), random(2, 4)},
                (m, in) -> m.forward(in[0], in[1]));
        add(
                CosineSimilarity.class,
                CosineSimilarity::new,
                () -> new Tensor[] {random(2, 3), random(2, 3)},
                (m, in) -> m.forward(in[0], in[1]));
        add(
                PairwiseDistance.class,
                PairwiseDistance::new,
                () -> new Tensor[] {random(2, 3), random(2, 3)},
                (m, in) -> m.forward(in[0], in[1]));
    }

    private void windows() {
        add(Conv1d.class, () -> new Conv1d(2, 3, 3), 2, 2, 6);
        add(Conv2d.class, () -> new Conv2d(2, 3, 2), 2, 2, 4, 3);
        add(Conv3d.class, () -> new Conv3d(1, 2, 2), 1, 1, 3, 3, 3);
        add(ConvTranspose1d.class, () -> new ConvTranspose1d(2, 3, 3), 2, 2, 4);
        add(ConvTranspose2d.class, () -> new ConvTranspose2d(2, 3, 2), 1, 2, 3, 3);
        add(ConvTranspose3d.class, () -> new ConvTranspose3d(1, 2, 2), 1, 1, 2, 2, 2);
        add(AvgPool1d.class, () -> new AvgPool1d(2), 1, 2, 6);
        add(AvgPool2d.class, () -> new AvgPool2d(2), 1, 2, 4, 4);
        add(AvgPool3d.class, () -> new AvgPool3d(2), 1, 1, 4, 4, 2);
        add(
                LPPool1d.class,
                () -> new LPPool1d(2, 2),
                () -> new Tensor[] {positive(1, 2, 6)},
                (m, in) -> m.forward(in[0]));
        add(
                LPPool2d.class,
                () -> new LPPool2d(2, 2),
                () -> new Tensor[] {positive(1, 2, 4, 4)},
                (m, in) -> m.forward(in[0]));
        add(MaxPool1d.class, () -> new MaxPool1d(2), 1, 2, 6);
        add(MaxPool2d.class, () -> new MaxPool2d(2), 1, 2, 4, 4);
        add(MaxPool3d.class, () -> new MaxPool3d(2), 1, 1, 4, 4, 2);
        unpools();
        add(AdaptiveAvgPool1d.class, () -> new AdaptiveAvgPool1d(3), 1, 2, 7);
        add(AdaptiveAvgPool2d.class, () -> new AdaptiveAvgPool2d(2, 3), 1, 2, 5, 5);
        add(AdaptiveAvgPool3d.class, () -> new AdaptiveAvgPool3d(2), 1, 1, 3, 3, 3);
        add(AdaptiveMaxPool1d.class, () -> new AdaptiveMaxPool1d(3), 1, 2, 7);
        add(AdaptiveMaxPool2d.class, () -> new AdaptiveMaxPool2d(2, 3), 1, 2, 5, 5);
        add(AdaptiveMaxPool3d.class, () -> new AdaptiveMaxPool3d(2), 1, 1, 3, 3, 3);
        add(Fold.class, () -> new Fold(new long[] {3, 3}, 2), 1, 4, 4);
        add(Unfold.class, () -> new Unfold(2), 1, 2, 3, 3);
    }

    private void unpools() {
        Function<long[], Supplier<Tensor[]>> last = shape -> () -> {
            Tensor positions = Tensor.of(new long[] {0, 3}).reshape(shape);
            return new Tensor[] {random(shape), positions};
        };
        add(
                MaxUnpool1d.class,
                () -> new MaxUnpool1d(2),
                last.apply(new long[] {1, 1, 2}),
                (m, in) -> m.forward(in[0], in[1]));
        add(
                MaxUnpool2d.class,
                () -> new MaxUnpool2d(2),
                last.apply(new long[] {1, 1, 1, 2}),
                (m, in) -> m.forward(in[0], in[1]));
        add(
                MaxUnpool3d.class,
                () -> new MaxUnpool3d(2),
                last.apply(new long[] {1, 1, 1, 1, 2}),
                (m, in) -> m.forward(in[0], in[1]));
    }

    private void resizing() {
        add(ConstantPad1d.class, () -> new ConstantPad1d(2, 1.5), 1, 2, 3);
        add(ConstantPad2d.class, () -> new ConstantPad2d(1, 1.5), 1, 2, 3, 3);
        add(ConstantPad3d.class, () -> new ConstantPad3d(1, 1.5), 1, 1, 2, 2, 2);
        add(ReflectionPad1d.class, () -> new ReflectionPad1d(2), 1, 2, 4);
        add(ReflectionPad2d.class, () -> new ReflectionPad2d(1), 1, 2, 3, 3);
        add(ReflectionPad3d.class, () -> new ReflectionPad3d(1), 1, 1, 2, 2, 2);
        add(ReplicationPad1d.class, () -> new ReplicationPad1d(2), 1, 2, 4);
        add(ReplicationPad2d.class, () -> new ReplicationPad2d(1), 1, 2, 3, 3);
        add(ReplicationPad3d.class, () -> new ReplicationPad3d(1), 1, 1, 2, 2, 2);
        add(ZeroPad2d.class, () -> new ZeroPad2d(1), 1, 2, 3, 3);
        add(Upsample.class, () -> new Upsample(2, InterpolateMode.BICUBIC, false), 1, 1, 3, 3);
        add(UpsamplingBilinear2d.class, () -> new UpsamplingBilinear2d(2), 1, 1, 3, 3);
        add(UpsamplingNearest2d.class, () -> new UpsamplingNearest2d(2), 1, 1, 3, 3);
    }

    private void norms() {
        add(BatchNorm1d.class, () -> new BatchNorm1d(3), 5, 3);
        add(BatchNorm2d.class, () -> new BatchNorm2d(2), 3, 2, 2, 2);
        add(BatchNorm3d.class, () -> new BatchNorm3d(2), 2, 2, 2, 2, 2);
        add(InstanceNorm1d.class, () -> new InstanceNorm1d(2), 2, 2, 5);
        add(InstanceNorm2d.class, () -> new InstanceNorm2d(2), 2, 2, 3, 2);
        add(InstanceNorm3d.class, () -> new InstanceNorm3d(2), 1, 2, 2, 2, 2);
        add(GroupNorm.class, () -> new GroupNorm(2, 4), 2, 4, 3);
        add(LayerNorm.class, () -> new LayerNorm(5), 2, 5);
        add(RMSNorm.class, () -> new RMSNorm(5), 2, 5);
        add(LocalResponseNorm.class, () -> new LocalResponseNorm(3), 1, 4, 3);
    }

    private void losses() {
        Supplier<Tensor[]> pair = () -> new Tensor[] {random(2, 3), random(2, 3)};
        Supplier<Tensor[]> classes = () -> new Tensor[] {random(3, 4), Tensor.of(new long[] {1, 0, 3})};
        Supplier<Tensor[]> bits = () -> new Tensor[] {random(2, 3), positive(2, 3)};
        loss(L1Loss.class, L1Loss::new, pair);
        loss(MSELoss.class, MSELoss::new, pair);
        loss(HuberLoss.class, HuberLoss::new, pair);
        loss(SmoothL1Loss.class, SmoothL1Loss::new, pair);
        loss(PoissonNLLLoss.class, PoissonNLLLoss::new, pair);
        loss(BCELoss.class, BCELoss::new, () -> new Tensor[] {positive(2, 3), positive(2, 3)});
        loss(BCEWithLogitsLoss.class, BCEWithLogitsLoss::new, bits);
        loss(KLDivLoss.class, () -> new KLDivLoss(Reduction.BATCHMEAN), bits);
        loss(CrossEntropyLoss.class, CrossEntropyLoss::new, classes);
        loss(NLLLoss.class, NLLLoss::new, classes);
        loss(MultiMarginLoss.class, MultiMarginLoss::new, classes);
        loss(MultiLabelMarginLoss.class, MultiLabelMarginLoss::new, () ->
                new Tensor[] {random(1, 4), Tensor.of(new long[][] {{3, 0, -1, 1}})});
        loss(MultiLabelSoftMarginLoss.class, MultiLabelSoftMarginLoss::new, () ->
                new Tensor[] {random(2, 3), signs(2, 3).add(1).div(2)});
        loss(SoftMarginLoss.class, SoftMarginLoss::new, () -> new Tensor[] {random(2, 3), signs(2, 3)});
        loss(HingeEmbeddingLoss.class, HingeEmbeddingLoss::new, () -> new Tensor[] {positive(2, 3), signs(2, 3)});
    }

    /** Targets are constants, as they nearly always are. */
    private <M extends Module> void loss(Class<M> type, Supplier<M> make, Supplier<Tensor[]> inputs) {
        Supplier<Tensor[]> constant = () -> {
            Tensor[] in = inputs.get();
            return new Tensor[] {in[0], in[1].detach()};
        };
        add(type, make, constant, (m, in) -> ((Loss) (Module) m).forward(in[0], in[1]));
    }

    private void lossesOfThree() {
        Supplier<Tensor[]> three = () -> new Tensor[] {random(2, 3), random(2, 3), random(2, 3)};
        add(TripletMarginLoss.class, TripletMarginLoss::new, three, (m, in) -> m.forward(in[0], in[1], in[2]));
        add(
                TripletMarginWithDistanceLoss.class,
                () -> new TripletMarginWithDistanceLoss(Functional::pairwiseDistance),
                three,
                (m, in) -> m.forward(in[0], in[1], in[2]));
        add(
                GaussianNLLLoss.class,
                GaussianNLLLoss::new,
                () -> new Tensor[] {random(2, 3), random(2, 3), positive(2, 3)},
                (m, in) -> m.forward(in[0], in[1], in[2]));
        add(
                CosineEmbeddingLoss.class,
                CosineEmbeddingLoss::new,
                () -> new Tensor[] {random(3, 4), random(3, 4), Tensor.of(new long[] {1, -1, 1})},
                (m, in) -> m.forward(in[0], in[1], in[2]));
        add(
                MarginRankingLoss.class,
                () -> new MarginRankingLoss(0.3, Reduction.MEAN),
                () -> new Tensor[] {random(4), random(4), signs(4)},
                (m, in) -> m.forward(in[0], in[1], in[2]));
        add(
                CTCLoss.class,
                CTCLoss::new,
                () -> new Tensor[] {random(5, 2, 4), Tensor.of(new long[][] {{1, 2}, {3, 3}})},
                (m, in) -> m.forward(
                        in[0].logSoftmax(2), in[1], Tensor.of(new long[] {5, 4}), Tensor.of(new long[] {2, 2})),
                Order.FIRST);
        add(
                AdaptiveLogSoftmaxWithLoss.class,
                () -> new AdaptiveLogSoftmaxWithLoss(4, 6, 2, 4),
                () -> new Tensor[] {random(3, 4), Tensor.of(new long[] {0, 5, 3})},
                (m, in) -> m.forward(in[0], in[1]).loss());
    }

    private void sequences() {
        add(RNN.class, () -> new RNN(3, 2, RecurrentOptions.DEFAULT.numLayers(2)), 4, 2, 3);
        add(LSTM.class, () -> new LSTM(3, 2, RecurrentOptions.DEFAULT.bidirectional(true)), 4, 2, 3);
        add(GRU.class, () -> new GRU(3, 2), 4, 2, 3);
        add(RNNCell.class, () -> new RNNCell(3, 2), 2, 3);
        add(LSTMCell.class, () -> new LSTMCell(3, 2), 2, 3);
        add(GRUCell.class, () -> new GRUCell(3, 2), 2, 3);
        add(MultiheadAttention.class, () -> new MultiheadAttention(4, 2), 3, 2, 4);
        TransformerOptions small = TransformerOptions.DEFAULT
                .dimFeedforward(5)
                .activation(Tensor::tanh)
                .dropout(0.2);
        add(TransformerEncoderLayer.class, () -> new TransformerEncoderLayer(4, 2, small), 3, 2, 4);
        add(
                TransformerEncoder.class,
                () -> new TransformerEncoder(new TransformerEncoderLayer(4, 2, small), 2),
                3,
                2,
                4);
        Supplier<Tensor[]> two = () -> new Tensor[] {random(3, 2, 4), random(2, 2, 4)};
        add(
                TransformerDecoderLayer.class,
                () -> new TransformerDecoderLayer(4, 2, small),
                two,
                (m, in) -> m.forward(in[0], in[1]));
        add(
                TransformerDecoder.class,
                () -> new TransformerDecoder(new TransformerDecoderLayer(4, 2, small), 1),
                two,
                (m, in) -> m.forward(in[0], in[1]));
        add(Transformer.class, () -> new Transformer(4, 2, 1, 1, small), two, (m, in) -> m.forward(in[0], in[1]));
    }

    private void tables() {
        Supplier<Tensor[]> positions = () -> new Tensor[] {Tensor.of(new long[][] {{1, 4, 1}, {0, 2, 3}})};
        add(Embedding.class, () -> new Embedding(5, 3), positions, (m, in) -> m.forward(in[0]));
        add(EmbeddingBag.class, () -> new EmbeddingBag(5, 3), positions, (m, in) -> m.forward(in[0]));
    }

    private void containers() {
        add(Sequential.class, () -> new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 2)), 2, 3);
        add(
                ModuleList.class,
                () -> new ModuleList(new Linear(3, 3), new Linear(3, 2)),
                () -> new Tensor[] {random(2, 3)},
                (m, in) -> m.get(1).forward(m.get(0).forward(in[0])));
        add(
                ModuleDict.class,
                () -> new ModuleDict(Map.of("a", new Linear(3, 2))),
                () -> new Tensor[] {random(2, 3)},
                (m, in) -> m.get("a").forward(in[0]));
        add(
                ParameterList.class,
                () -> new ParameterList(Tensor.randn(3), Tensor.randn(3)),
                () -> new Tensor[] {random(2, 3)},
                (m, in) -> in[0].mul(m.get(0)).add(m.get(1)).square());
        add(
                ParameterDict.class,
                () -> new ParameterDict(Map.of("w", Tensor.randn(3))),
                () -> new Tensor[] {random(2, 3)},
                (m, in) -> in[0].mul(m.get("w")).square());
    }
}
