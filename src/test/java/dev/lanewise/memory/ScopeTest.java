package dev.lanewise.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.ClosedException;
import dev.lanewise.DType;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.internal.storage.MemoryBudget;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Parameter;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.SGD;
import java.lang.ref.Reference;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scopes with real tensors, views, graphs, gradients and optimizers; sizes on both sides of what slabs hold. */
class ScopeTest {
    private static final long LARGE = 1 << 18;
    private static final long LARGE_BYTES = 4 * LARGE;

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 128, 129, 5000})
    void keepsWhatIsKeptAndFreesTheRest(int n) {
        Tensor kept;
        Tensor dropped;
        Tensor before = Tensor.ones(n);
        try (Scope scope = Scope.open()) {
            dropped = Tensor.arange(n).to(DType.FLOAT32);
            kept = scope.keep(dropped.add(before));
        }
        assertTrue(dropped.isClosed());
        assertFalse(kept.isClosed());
        // other tensors take the memory that was freed
        Tensor.zeros(n).sub(7);
        assertEquals(n, kept.get(n - 1).item());
        assertEquals(1, before.get(0).item());
    }

    @Test
    void useAfterTheEndNamesTensorAndScope() {
        Tensor x;
        try (Scope scope = Scope.open("epoch")) {
            x = Tensor.ones(2, 3);
        }
        for (var use : new Runnable[] {
            () -> x.add(1), x::sum, () -> x.getDouble(0, 0), () -> x.view(6).neg(), x::toFloatArray
        }) {
            String text = assertThrows(ClosedException.class, use::run).getMessage();
            assertTrue(text.contains("epoch"), text);
            assertTrue(text.contains("float32[6]"), text);
            assertTrue(text.contains("scope.keep(tensor)"), text);
        }
    }

    @Test
    void viewsAndDetachedTensorsAreFreedWithTheMemory() {
        Tensor view;
        Tensor detached;
        Tensor base;
        try (Scope scope = Scope.open()) {
            base = Tensor.rand(4, 5);
            view = base.t().select(0, 1);
            detached = base.detach();
        }
        assertTrue(base.isClosed() && view.isClosed() && detached.isClosed());
        assertThrows(ClosedException.class, () -> view.sum());
        assertThrows(ClosedException.class, () -> detached.mul_(2));
        assertThrows(ClosedException.class, () -> base.view(20).add(1));
    }

    @Test
    void keepingAViewKeepsTheMemory() {
        Tensor base;
        Tensor view;
        try (Scope scope = Scope.open()) {
            base = Tensor.of(1.0, 2, 3, 4);
            view = scope.keep(base.narrow(0, 1, 2));
        }
        assertArrayEquals(new float[] {2, 3}, view.toFloatArray());
        assertFalse(base.isClosed());
        view.close();
        assertTrue(base.isClosed());
        assertThrows(ClosedException.class, base::sum);
    }

    @Test
    void scopesNest() {
        Tensor toOuter;
        Tensor toAll;
        try (Scope outer = Scope.open("outer")) {
            Tensor own = Tensor.ones(3);
            try (Scope inner = Scope.open("inner")) {
                toOuter = inner.keep(own.add(1));
                toAll = outer.keep(inner.keep(own.add(2)));
                assertSame(own, inner.keep(own));
            }
            assertEquals(6, toOuter.sum().item());
            assertFalse(own.isClosed());
        }
        assertTrue(toOuter.isClosed());
        assertEquals(9, toAll.sum().item());
        String text = assertThrows(ClosedException.class, toOuter::sum).getMessage();
        assertTrue(text.contains("outer"), text);
    }

    @Test
    void aTensorMayBeClosedEarlyAndTwice() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.rand(2000);
            x.close();
            x.close();
            assertThrows(ClosedException.class, () -> scope.keep(x));
            Tensor next = Tensor.full(3, 2000);
            assertEquals(6000, next.sum().item());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 100, 3000})
    void gradientsLiveAsLongAsTheirLeaf(int n) {
        Tensor leaf = Tensor.ones(n).requiresGrad_();
        Tensor result;
        for (int pass = 1; pass <= 3; pass++) {
            try (Scope scope = Scope.open("pass")) {
                result = leaf.mul(leaf).mul(2);
                result.sum().backward();
            }
            assertTrue(result.isClosed());
            // what is made now may lie where the scope's tensors were
            Tensor.zeros(n).sub(1);
            assertEquals(4.0 * pass * n, leaf.grad().sum().item());
        }
    }

    @Test
    void aLeafOfAScopeTakesItsGradientWithIt() {
        Tensor leaf;
        Tensor grad;
        try (Scope outer = Scope.open()) {
            leaf = Tensor.ones(4).requiresGrad_();
            try (Scope inner = Scope.open()) {
                leaf.mul(3).sum().backward();
            }
            grad = leaf.grad();
            assertArrayEquals(new float[] {3, 3, 3, 3}, grad.toFloatArray());
        }
        assertTrue(leaf.isClosed());
        assertTrue(grad.isClosed());
    }

    @Test
    void keepingALossDoesNotKeepItsGraph() {
        Tensor leaf = Tensor.ones(600).requiresGrad_();
        Tensor loss;
        try (Scope scope = Scope.open("step")) {
            loss = scope.keep(leaf.exp().sum());
        }
        assertEquals(600 * Math.E, loss.item(), 1e-2);
        String text = assertThrows(ClosedException.class, loss::backward).getMessage();
        assertTrue(text.contains("step"), text);
        assertNull(leaf.grad());
    }

    @Test
    void optimizersKeepTheirStateBeyondTheScopeOfTheirFirstStep() {
        Linear model = new Linear(40, 7);
        SGD sgd = new SGD(model.parameters(), SGD.lr(0.1).momentum(0.9));
        Adam adam = new Adam(model.parameters());
        Tensor x = Tensor.rand(5, 40);
        for (int step = 0; step < 5; step++) {
            try (Scope scope = Scope.open("step")) {
                sgd.zeroGrad();
                model.forward(x).square().mean().backward();
                sgd.step();
                adam.step();
            }
        }
        for (Parameter parameter : model.parameters()) {
            assertTrue(Double.isFinite(parameter.sum().item()));
            assertTrue(Double.isFinite(parameter.grad().sum().item()));
        }
        assertEquals(2, ((Map<?, ?>) adam.stateDict().get("state")).size());
        for (Object state : ((Map<?, ?>) sgd.stateDict().get("state")).values()) {
            Tensor buffer = (Tensor) ((Map<?, ?>) state).get("momentum_buffer");
            assertTrue(Double.isFinite(buffer.sum().item()));
        }
    }

    @Test
    void backwardFreesWhatWasSavedThoughTheResultLives() {
        Tensor leaf = Tensor.rand(LARGE).requiresGrad_();
        Tensor loss = leaf.exp().mul(leaf.sigmoid()).sum();
        long before = liveBytes();
        loss.backward();
        long after = liveBytes();
        // exp and sigmoid saved their results, which mul saved too; a gradient has come instead
        assertTrue(after <= before - LARGE_BYTES, before + " bytes before, " + after + " after");
        leaf.grad().close();
        assertTrue(liveBytes() <= after - LARGE_BYTES);
        Reference.reachabilityFence(loss);
        Reference.reachabilityFence(leaf);
    }

    @Test
    void retainingTheGraphKeepsWhatWasSaved() {
        Tensor leaf = Tensor.rand(LARGE).requiresGrad_();
        Tensor loss = leaf.exp().mul(leaf.sigmoid()).sum();
        loss.backward(null, true, false);
        float first = leaf.grad().toFloatArray()[0];
        long retained = liveBytes();
        loss.backward();
        assertEquals(2 * first, leaf.grad().toFloatArray()[0]);
        assertTrue(liveBytes() <= retained - 2 * LARGE_BYTES);
        Reference.reachabilityFence(loss);
        Reference.reachabilityFence(leaf);
    }

    @Test
    void aScopeFreesAGraphAtOnce() {
        Tensor leaf = Tensor.rand(LARGE).requiresGrad_();
        leaf.setGrad(Tensor.zeros(LARGE));
        long before = liveBytes();
        try (Scope scope = Scope.open()) {
            leaf.exp().mul(leaf.sigmoid()).sum().backward();
        }
        // without a collection
        assertTrue(
                MemoryBudget.liveBytes() <= before, before + " bytes before, " + MemoryBudget.liveBytes() + " after");
        Reference.reachabilityFence(leaf);
    }

    /** Bytes in use once the collector has run. */
    private static long liveBytes() {
        MemoryBudget.trim();
        return MemoryBudget.liveBytes();
    }
}
