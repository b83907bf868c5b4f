package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.GradCheck;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attention by blocks of queries against its formula in tensor ops, values and derivatives. */
class AttentionBlocksTest {
    private static Tensor formula(Tensor q, Tensor k, Tensor v, boolean causal) {
        Tensor scores = q.div(Math.sqrt((double) q.size(-1))).matmul(k.transpose(-2, -1));
        if (causal) {
            Tensor hidden = Tensor.ones(q.size(-2), k.size(-2)).triu(1).ne(0);
            scores = scores.maskedFill(hidden, Double.NEGATIVE_INFINITY);
        }
        return scores.softmax(-1).matmul(v);
    }

    private static void same(Tensor expected, Tensor actual, double tolerance, String what) {
        assertEquals(expected.shape(), actual.shape(), what);
        double worst = expected.detach().sub(actual.detach()).abs().max().item();
        assertTrue(worst <= tolerance, what + ": " + worst);
    }

    private static void compare(boolean causal, Tensor... leaves) {
        double tolerance = leaves[0].dtype() == DType.FLOAT64 ? 1e-12 : 1e-4;
        Tensor[] own = new Tensor[3];
        Tensor[] other = new Tensor[3];
        for (int i = 0; i < 3; i++) {
            own[i] = leaves[i].clone().detach().requiresGrad_();
            other[i] = leaves[i].clone().detach().requiresGrad_();
        }
        Tensor expected = formula(other[0], other[1], other[2], causal);
        Tensor actual = Functional.scaledDotProductAttention(own[0], own[1], own[2], null, 0, causal);
        String what = leaves[0].shape() + " " + leaves[1].shape() + (causal ? " causal" : "");
        same(expected, actual, tolerance, what);
        Tensor g = Tensor.randn(leaves[0].dtype(), expected.shape().toArray());
        expected.backward(g);
        actual.backward(g);
        for (int i = 0; i < 3; i++) {
            same(other[i].grad(), own[i].grad(), tolerance, what + " gradient " + i);
        }
    }

    @Test
    void anySizesAndBothDtypes() {
        long[][] sizes = {
            {1, 1, 1, 1}, {3, 5, 2, 4}, {5, 3, 7, 1}, {17, 16, 16, 15}, {129, 130, 8, 9}, {300, 2100, 4, 3}
        };
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
            for (long[] s : sizes) {
                for (boolean causal : new boolean[] {false, true}) {
                    compare(
                            causal,
                            Tensor.randn(type, 2, s[0], s[2]),
                            Tensor.randn(type, 2, s[1], s[2]),
                            Tensor.randn(type, 2, s[1], s[3]));
                }
            }
        }
    }

    @Test
    void viewsAndNoBatch() {
        Tensor all = Tensor.randn(DType.FLOAT64, 2, 20, 3, 3, 4);
        Tensor q = all.select(2, 0).transpose(1, 2);
        Tensor k = all.select(2, 1).transpose(1, 2);
        Tensor v = all.select(2, 2).transpose(1, 2);
        for (boolean causal : new boolean[] {false, true}) {
            Tensor actual = Functional.scaledDotProductAttention(q, k, v, null, 0, causal);
            same(formula(q, k, v, causal), actual, 1e-12, "views");
            compare(
                    causal,
                    q.select(0, 0).select(0, 0),
                    k.select(0, 1).select(0, 0),
                    v.select(0, 0).select(0, 1));
        }
        Tensor expanded = Tensor.randn(DType.FLOAT64, 1, 5, 4).expand(3, 5, 4);
        compare(false, expanded, expanded, expanded);
    }

    /** Gradients through views of one tensor, whose layout the results have. */
    @Test
    void gradientsOfViews() {
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
            for (boolean causal : new boolean[] {false, true}) {
                Tensor[] leaves = new Tensor[2];
                Tensor[] results = new Tensor[2];
                Tensor values = Tensor.randn(type, 2, 140, 3, 3, 4);
                for (int i = 0; i < 2; i++) {
                    leaves[i] = values.clone().requiresGrad_();
                    Tensor q = leaves[i].select(2, 0).transpose(1, 2);
                    Tensor k = leaves[i].select(2, 1).transpose(1, 2);
                    Tensor v = leaves[i].select(2, 2).transpose(1, 2);
                    results[i] = i == 0
                            ? formula(q, k, v, causal)
                            : Functional.scaledDotProductAttention(q, k, v, null, 0, causal);
                    results[i].square().sum().backward();
                }
                assertTrue(results[1].transpose(1, 2).isContiguous());
                double tolerance = type == DType.FLOAT64 ? 1e-12 : 1e-4;
                same(results[0], results[1], tolerance, "values");
                same(leaves[0].grad(), leaves[1].grad(), tolerance, "gradients");
            }
        }
    }

    /** What a call keeps is freed with the scope around it; the derivative makes it again. */
    @Test
    void gradientsAfterTheScopeOfTheCall() {
        Tensor q = Tensor.randn(2, 5, 4).requiresGrad_();
        Functional.scaledDotProductAttention(q, q, q).sum().backward();
        Tensor expected = q.grad().clone();
        q.setGrad(null);
        Tensor out;
        try (Scope scope = Scope.open()) {
            out = scope.keep(Functional.scaledDotProductAttention(q, q, q));
        }
        out.sum().backward();
        same(expected, q.grad(), 0, "gradients");
    }

    @Test
    void numbersThatAreNone() {
        Tensor q = Tensor.randn(1, 3, 2);
        Tensor k = Tensor.randn(1, 3, 2);
        Tensor v = Tensor.randn(1, 3, 2);
        k.select(1, 2).fill_(Double.NaN);
        Tensor out = Functional.scaledDotProductAttention(q, k, v, null, 0, true);
        assertEquals(false, out.narrow(1, 0, 2).isnan().any().item() != 0);
        assertEquals(true, out.select(1, 2).isnan().all().item() != 0);
        assertEquals(
                true,
                Functional.scaledDotProductAttention(q, k, v).isnan().all().item() != 0);
    }

    @Test
    void derivativesOfBothOrders() {
        Tensor q = Tensor.randn(DType.FLOAT64, 2, 5, 2).requiresGrad_();
        Tensor k = Tensor.randn(DType.FLOAT64, 2, 4, 2).requiresGrad_();
        Tensor v = Tensor.randn(DType.FLOAT64, 2, 4, 3).requiresGrad_();
        for (boolean causal : new boolean[] {false, true}) {
            GradCheck.check(in -> Functional.scaledDotProductAttention(in[0], in[1], in[2], null, 0, causal), q, k, v);
            GradCheck.checkSecondOrder(
                    in -> Functional.scaledDotProductAttention(in[0], in[1], in[2], null, 0, causal), q, k, v);
        }
    }
}
