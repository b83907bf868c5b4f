package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.IndexException;
import dev.lanewise.Lanewise;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.GradCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists and dictionaries of modules and parameters, and small layers. */
class ContainersTest {
    @Test
    void moduleLists() {
        Linear first = new Linear(2, 3);
        ModuleList list = new ModuleList(first, new Tanh()).append(new Linear(3, 1));
        assertEquals(
                List.of("0.weight", "0.bias", "2.weight", "2.bias"),
                List.copyOf(list.stateDict().keySet()));
        assertSame(first, list.get(0));
        assertSame(first, list.get(-3));
        List<Module> all = new ArrayList<>();
        list.forEach(all::add);
        assertEquals(3, all.size());
        assertEquals("ModuleList()", new ModuleList().toString());
        assertThrows(IndexException.class, () -> list.get(3));
        assertThrows(UnsupportedOperationException.class, () -> list.forward(Tensor.zeros(1)));
    }

    @Test
    void moduleDictionaries() {
        Map<String, Module> map = new LinkedHashMap<>();
        map.put("a", new ReLU());
        map.put("b", new Linear(1, 2));
        ModuleDict modules = new ModuleDict(map);
        assertEquals("""
                ModuleDict(
                  (a): ReLU()
                  (b): Linear(in_features=1, out_features=2, bias=True)
                )""", modules.toString());
        assertEquals(
                List.of("b.weight", "b.bias"), List.copyOf(modules.stateDict().keySet()));
        assertTrue(modules.containsKey("a"));
        assertSame(map.get("b"), modules.get("b"));
        assertThrows(IllegalArgumentException.class, () -> modules.get("c"));
    }

    @Test
    void parameters() {
        ParameterList list = new ParameterList(Tensor.zeros(2, 3), Tensor.scalar(DType.FLOAT32, 0));
        assertEquals("""
                ParameterList(
                    (0): Parameter containing: [torch.float32 of size 2x3]
                    (1): Parameter containing: [torch.float32 of size ]
                )""", list.toString());
        assertEquals(List.of("0", "1"), List.copyOf(list.stateDict().keySet()));
        assertTrue(list.get(-1).requiresGrad());
        ParameterDict named =
                new ParameterDict().put("a", Tensor.zeros(DType.FLOAT64, 2)).put("b", Tensor.zeros(1, 2));
        assertEquals("""
                ParameterDict(
                    (a): Parameter containing: [torch.DoubleTensor of size 2]
                    (b): Parameter containing: [torch.FloatTensor of size 1x2]
                )""", named.toString());
        named.to(DType.FLOAT32);
        assertEquals(DType.FLOAT32, named.get("a").dtype());
        assertThrows(IndexException.class, () -> list.get(2));
    }

    @Test
    void smallLayers() {
        assertEquals(
                "Bilinear(in1_features=2, in2_features=3, out_features=4, bias=True)",
                new Bilinear(2, 3, 4).toString());
        assertEquals("PixelShuffle(upscale_factor=2)", new PixelShuffle(2).toString());
        assertEquals("PixelUnshuffle(downscale_factor=3)", new PixelUnshuffle(3).toString());
        assertEquals("ChannelShuffle(groups=2)", new ChannelShuffle(2).toString());
        assertEquals("Unflatten(dim=1, unflattened_size=(2, 3))", new Unflatten(1, 2, 3).toString());
        assertEquals("AlphaDropout(p=0.5, inplace=False)", new AlphaDropout().toString());
        assertEquals("FeatureAlphaDropout(p=0.2, inplace=False)", new FeatureAlphaDropout(0.2).toString());
        Tensor x = Tensor.randn(2, 8, 3, 3);
        Tensor back = new PixelUnshuffle(2).forward(new PixelShuffle(2).forward(x));
        assertArrayEquals(x.toDoubleArray(), back.toDoubleArray());
        assertArrayEquals(
                new long[] {2, 2, 4, 3, 3},
                new Unflatten(1, 2, -1).forward(x).shape().toArray());
        AlphaDropout dropout = new AlphaDropout();
        dropout.eval();
        assertSame(x, dropout.forward(x));
    }

    @Test
    void rootMeanSquareNorm() {
        RMSNorm norm = new RMSNorm(3);
        assertEquals("RMSNorm((3,), eps=None, elementwise_affine=True)", norm.toString());
        Near.check(norm.forward(Tensor.of(DType.FLOAT32, 1, 2, 2)), 0.57735, 1.154701, 1.154701);
        Tensor x = Tensor.randn(DType.FLOAT64, 2, 3).requiresGrad_();
        GradCheck.checkSecondOrder(in -> Functional.rmsNorm(in[0], new long[] {3}, null, 0.1), x);
        assertThrows(ShapeException.class, () -> norm.forward(Tensor.zeros(3, 2)));
    }

    @Test
    void manyClasses() {
        Lanewise.manualSeed(2);
        AdaptiveLogSoftmaxWithLoss layer =
                new AdaptiveLogSoftmaxWithLoss(8, 10, new long[] {3, 6}, 2, true, DType.FLOAT32);
        Tensor x = Near.steps(0.3, 4, 8).sin();
        AdaptiveLogSoftmaxWithLoss.Output out = layer.forward(x, Tensor.of(0, 4, 9, 2));
        assertArrayEquals(
                new double[] {-1.5924, -2.0591, -3.7491, -1.5584}, out.output().toDoubleArray(), 1e-4);
        assertEquals(2.2398, out.loss().item(), 1e-4);
        assertEquals(-2.6488, layer.logProb(x).get(1).get(1).item(), 1e-4);
        assertArrayEquals(new long[] {2, 0, 2, 0}, layer.predict(x).toLongArray());
        assertEquals(
                List.of(
                        "head.weight",
                        "head.bias",
                        "tail.0.0.weight",
                        "tail.0.1.weight",
                        "tail.1.0.weight",
                        "tail.1.1.weight"),
                List.copyOf(layer.stateDict().keySet()));
        assertThrows(IndexException.class, () -> layer.forward(x, Tensor.of(0, 4, 10, 2)));
        assertThrows(IllegalArgumentException.class, () -> new AdaptiveLogSoftmaxWithLoss(8, 10, 3, 3));
    }

    @Test
    void tripletsOfAnyDistance() {
        TripletMarginWithDistanceLoss loss =
                new TripletMarginWithDistanceLoss((a, b) -> a.sub(b).abs().sum(-1), 1, true, Reduction.NONE);
        Tensor anchor = Tensor.of(new double[][] {{1, 2}, {3, 4}});
        Tensor positive = Tensor.of(new double[][] {{1.5, 2}, {3, 1}});
        Tensor negative = Tensor.of(new double[][] {{0, 2}, {3, 4.5}});
        Near.check(loss.forward(anchor, positive, negative), 0.5, 3.5);
    }
}
