package dev.lanewise.nn;

import static dev.lanewise.nn.Near.steps;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.DTypeException;
import dev.lanewise.Lanewise;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.GradCheck;
import org.junit.jupiter.api.Test;

/** Attention and transformers: against PyTorch, against the formula, and their refusals. */
class AttentionTest {
    private static final TransformerOptions SMALL =
            TransformerOptions.DEFAULT.dimFeedforward(16).dropout(0).dtype(DType.FLOAT64);

    private static void same(Tensor a, Tensor b) {
        assertArrayEquals(a.shape().toArray(), b.shape().toArray());
        assertTrue(a.detach().sub(b.detach()).abs().max().item() < 1e-6);
    }

    @Test
    void allOptionsOfHeads() {
        MultiheadAttention layer = new MultiheadAttention(
                4,
                2,
                AttentionOptions.DEFAULT
                        .addBiasKv(true)
                        .addZeroAttn(true)
                        .kdim(3)
                        .vdim(5));
        int place = 0;
        for (Parameter parameter : layer.parameters()) {
            parameter
                    .data()
                    .copy_(steps(0.37, parameter.shape().toArray()).add(place++).sin());
        }
        Tensor q = steps(0.3, 2, 2, 4).cos();
        Tensor k = steps(0.7, 3, 2, 3).cos();
        Tensor v = steps(0.2, 3, 2, 5).sin();
        Tensor attention = Tensor.of(new boolean[][] {{false, true, false}, {false, false, true}});
        Tensor padding = Tensor.of(new boolean[][] {{false, false, true}, {false, false, false}});
        MultiheadAttention.Output out =
                layer.forward(q, k, v, new MultiheadAttention.Masks(attention, padding), true, true);
        Near.begins(out.output(), 2.554552, 1.900573, -0.719913, -0.358736, 0.122485, -1.051314, 1.176848, 2.937116);
        Near.begins(out.weights(), 0.907961, 0, 0, 0.010159, 0.08188, 0.005138, 0.260539, 0, 0.306829, 0.427494);
        Tensor added = Tensor.linspace(-1, 1, 6).reshape(2, 3);
        out = layer.forward(q, k, v, new MultiheadAttention.Masks(added, null), true, false);
        Near.begins(out.output(), 2.555156, 2.198065, -0.666569, -0.646555, 0.274676, -0.522134, 1.12062, 2.397739);
        Near.begins(out.weights(), 0.624432, 0.014804, 9.2e-05, 0.024132, 0.33654, 8e-06, 0.001427, 0.997658);
        assertArrayEquals(new long[] {2, 2, 2, 5}, out.weights().shape().toArray());
        assertNull(layer.forward(q, k, v, MultiheadAttention.Masks.NONE, false, true)
                .weights());
    }

    @Test
    void aTransformerDrawsAndDropsAsInPyTorch() {
        Lanewise.manualSeed(9);
        Transformer transformer = new Transformer(8, 2, 1, 1, TransformerOptions.DEFAULT.dimFeedforward(16));
        Lanewise.manualSeed(1);
        Tensor mask = Transformer.generateSquareSubsequentMask(3);
        Tensor out = transformer.forward(
                steps(0.1, 2, 2, 8).sin(),
                steps(0.1, 3, 2, 8).cos(),
                new Transformer.Masks(
                        MultiheadAttention.Masks.NONE,
                        new MultiheadAttention.Masks(mask, null),
                        MultiheadAttention.Masks.NONE));
        Near.begins(out, 1.346065, 0.783719, 0.871741, -0.44485, -0.011039, -0.077585, -2.118392, -0.349659);
        Near.begins(out.select(0, 2), 0.07605, -0.29611, -1.885874, -0.823796, -0.048746, 1.331783, 1.34271, 0.303983);
    }

    @Test
    void attentionIsItsFormula() {
        Tensor q = Tensor.randn(2, 3, 4, 5);
        Tensor k = Tensor.randn(2, 3, 6, 5);
        Tensor v = Tensor.randn(2, 3, 6, 7);
        Tensor scores = q.matmul(k.transpose(-2, -1)).div(Math.sqrt(5.0));
        same(scores.softmax(-1).matmul(v), Functional.scaledDotProductAttention(q, k, v));
        Tensor mask = Tensor.randn(4, 6);
        same(scores.add(mask).softmax(-1).matmul(v), Functional.scaledDotProductAttention(q, k, v, mask, 0, false));
        Tensor kept = mask.gt(-0.5).logicalOr(Tensor.arange(6).eq(0));
        Tensor hidden = scores.maskedFill(kept.logicalNot(), Double.NEGATIVE_INFINITY);
        same(hidden.softmax(-1).matmul(v), Functional.scaledDotProductAttention(q, k, v, kept, 0, false));
        Tensor lower = Tensor.ones(4, 6).tril().ne(0);
        same(
                Functional.scaledDotProductAttention(q, k, v, lower, 0, false),
                Functional.scaledDotProductAttention(q, k, v, null, 0, true));
    }

    @Test
    void dropoutKeepsTheMean() {
        Lanewise.manualSeed(0);
        Tensor v = Tensor.ones(1, 400, 2);
        Tensor q = Tensor.randn(1, 400, 3);
        Tensor out = Functional.scaledDotProductAttention(q, q, v, null, 0.3, false);
        assertEquals(1, out.mean().item(), 0.05);
        assertTrue(out.std().item() > 0.01);
    }

    @Test
    void derivativesOfBothOrders() {
        Tensor q = Tensor.randn(DType.FLOAT64, 2, 3, 2).requiresGrad_();
        Tensor k = Tensor.randn(DType.FLOAT64, 2, 4, 2).requiresGrad_();
        Tensor v = Tensor.randn(DType.FLOAT64, 2, 4, 3).requiresGrad_();
        GradCheck.check(in -> Functional.scaledDotProductAttention(in[0], in[1], in[2]), q, k, v);
        GradCheck.checkSecondOrder(
                in -> Functional.scaledDotProductAttention(in[0], in[1], in[2], null, 0, true), q, k, v);
        TransformerEncoderLayer layer = new TransformerEncoderLayer(4, 2, SMALL.activation(Functional::gelu));
        Tensor x = Tensor.randn(DType.FLOAT64, 3, 1, 4).requiresGrad_();
        GradCheck.check(in -> layer.forward(in[0]), x);
        GradCheck.checkSecondOrder(in -> layer.forward(in[0]), x);
        TransformerDecoderLayer decoder = new TransformerDecoderLayer(4, 2, SMALL.normFirst(true));
        Tensor memory = Tensor.randn(DType.FLOAT64, 2, 1, 4).requiresGrad_();
        GradCheck.check(in -> decoder.forward(in[0], in[1]), x, memory);
    }

    @Test
    void layersOfAnEncoderBeginAlike() {
        Lanewise.manualSeed(0);
        TransformerEncoderLayer layer = new TransformerEncoderLayer(8, 2, SMALL);
        double before = Tensor.rand(1).item();
        Lanewise.manualSeed(0);
        TransformerEncoder encoder =
                new TransformerEncoder(new TransformerEncoderLayer(8, 2, SMALL), 2, new LayerNorm(8));
        assertEquals(before, Tensor.rand(1).item(), 0, "copies draw nothing");
        encoder.to(DType.FLOAT64);
        Tensor x = Tensor.randn(DType.FLOAT64, 3, 2, 8);
        Tensor twice = layer.forward(layer.forward(x));
        same(Functional.layerNorm(twice, new long[] {8}, null, null, 1e-5), encoder.forward(x));
    }

    @Test
    void batchFirstAndSingleSequences() {
        MultiheadAttention times = new MultiheadAttention(4, 2);
        MultiheadAttention first = new MultiheadAttention(4, 2, AttentionOptions.DEFAULT.batchFirst(true));
        first.loadStateDict(times.stateDict());
        Tensor x = Tensor.randn(3, 2, 4);
        same(times.forward(x).transpose(0, 1), first.forward(x.transpose(0, 1)));
        same(times.forward(x).select(1, 1), times.forward(x.select(1, 1)));
        MultiheadAttention.Output one = times.forward(x.select(1, 1), x.select(1, 1), x.select(1, 1));
        assertArrayEquals(new long[] {3, 3}, one.weights().shape().toArray());
    }

    @Test
    void textIsPyTorchs() {
        assertEquals(
                """
                TransformerDecoder(
                  (layers): ModuleList(
                    (0): TransformerDecoderLayer(
                      (self_attn): MultiheadAttention(
                        (out_proj): NonDynamicallyQuantizableLinear(in_features=8, out_features=8, bias=True)
                      )
                      (multihead_attn): MultiheadAttention(
                        (out_proj): NonDynamicallyQuantizableLinear(in_features=8, out_features=8, bias=True)
                      )
                      (linear1): Linear(in_features=8, out_features=16, bias=True)
                      (dropout): Dropout(p=0.1, inplace=False)
                      (linear2): Linear(in_features=16, out_features=8, bias=True)
                      (norm1): LayerNorm((8,), eps=1e-05, elementwise_affine=True)
                      (norm2): LayerNorm((8,), eps=1e-05, elementwise_affine=True)
                      (norm3): LayerNorm((8,), eps=1e-05, elementwise_affine=True)
                      (dropout1): Dropout(p=0.1, inplace=False)
                      (dropout2): Dropout(p=0.1, inplace=False)
                      (dropout3): Dropout(p=0.1, inplace=False)
                    )
                  )
                  (norm): LayerNorm((8,), eps=1e-05, elementwise_affine=True)
                )""",
                new TransformerDecoder(
                                new TransformerDecoderLayer(8, 2, TransformerOptions.DEFAULT.dimFeedforward(16)),
                                1,
                                new LayerNorm(8))
                        .toString());
    }

    @Test
    void refusals() {
        assertEquals(
                "MultiheadAttention: the number of heads must divide the size of the queries, got 2 heads and size 7.",
                assertThrows(IllegalArgumentException.class, () -> new MultiheadAttention(7, 2))
                        .getMessage());
        MultiheadAttention layer = new MultiheadAttention(4, 2);
        Tensor x = Tensor.zeros(3, 2, 4);
        assertThrows(ShapeException.class, () -> layer.forward(Tensor.zeros(3, 2, 5)));
        assertThrows(ShapeException.class, () -> layer.forward(x, Tensor.zeros(3, 4, 4), Tensor.zeros(3, 4, 4)));
        MultiheadAttention.Masks wrong = new MultiheadAttention.Masks(Tensor.zeros(2, 2), null);
        assertThrows(ShapeException.class, () -> layer.forward(x, x, x, wrong, true, true));
        MultiheadAttention.Masks whole = new MultiheadAttention.Masks(Tensor.zeros(DType.INT64, 3, 3), null);
        assertThrows(DTypeException.class, () -> layer.forward(x, x, x, whole, true, true));
        assertThrows(
                IllegalArgumentException.class,
                () -> Functional.scaledDotProductAttention(x, x, x, Tensor.zeros(2, 2), 0, true));
        assertThrows(ShapeException.class, () -> Functional.scaledDotProductAttention(x, Tensor.zeros(3, 2, 5), x));
        assertThrows(ShapeException.class, () -> new Transformer(4, 2, 1, 1, SMALL).forward(x, Tensor.zeros(3, 5, 4)));
    }
}
