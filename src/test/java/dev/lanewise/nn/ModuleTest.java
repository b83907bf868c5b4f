package dev.lanewise.nn;

import static dev.lanewise.DType.FLOAT32;
import static dev.lanewise.DType.FLOAT64;
import static dev.lanewise.DType.INT64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DTypeException;
import dev.lanewise.GradException;
import dev.lanewise.IndexException;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleTest {
    /** A module with everything: children registered before its own parameter, buffers, a nested sequence. */
    private static final class Net extends Module {
        private final Linear first = register("first", new Linear(4, 3));
        private final Sequential rest = register("rest", new Sequential(new ReLU(), new Linear(3, 2, false)));

        Net() {
            registerParameter("scale", Tensor.ones(2));
            registerBuffer("count", Tensor.of(0L));
            registerBuffer("mean", Tensor.zeros(2));
            registerBuffer("scratch", Tensor.zeros(5), false);
        }

        @Override
        public Tensor forward(Tensor x) {
            return rest.forward(first.forward(x)).mul(parameter("scale"));
        }
    }

    @Test
    void namesFollowPyTorchsOrder() {
        Net net = new Net();
        assertEquals(
                List.of("scale", "first.weight", "first.bias", "rest.1.weight"),
                List.copyOf(net.namedParameters().keySet()));
        assertEquals(
                List.of("scale", "count", "mean", "first.weight", "first.bias", "rest.1.weight"),
                List.copyOf(net.stateDict().keySet()));
        assertEquals(
                List.of("count", "mean", "scratch"),
                List.copyOf(net.namedBuffers().keySet()));
        assertEquals(
                List.of("", "first", "rest", "rest.0", "rest.1"),
                List.copyOf(net.namedModules().keySet()));
        assertEquals(List.of("first", "rest"), List.copyOf(net.namedChildren().keySet()));
        assertEquals(4, net.parameters().size());
        assertSame(net.first.weight(), net.parameters().get(1));
    }

    @Test
    void sharedParametersAreListedOnceButSavedTwice() {
        Linear shared = new Linear(2, 2);
        Sequential twice = new Sequential(shared, new Tanh(), shared);
        assertEquals(
                List.of("0.weight", "0.bias"),
                List.copyOf(twice.namedParameters().keySet()));
        assertEquals(
                List.of("0.weight", "0.bias", "2.weight", "2.bias"),
                List.copyOf(twice.stateDict().keySet()));
        assertEquals(2, twice.parameters().size());
        twice.to(FLOAT64);
        assertEquals(2, twice.parameters().size());
    }

    @Test
    void printsTheTreeAsPyTorchDoes() {
        assertEquals("Linear(in_features=1, out_features=1, bias=True)", new Linear(1, 1).toString());
        assertEquals("Linear(in_features=4, out_features=3, bias=False)", new Linear(4, 3, false).toString());
        assertEquals("Dropout(p=0.5, inplace=False)", new Dropout().toString());
        assertEquals("Flatten(start_dim=1, end_dim=-1)", new Flatten().toString());
        assertEquals("Softmax(dim=1)", new Softmax(1).toString());
        assertEquals("LogSoftmax(dim=-1)", new LogSoftmax(-1).toString());
        assertEquals("MSELoss()", new MSELoss().toString());
        assertEquals("Sequential()", new Sequential().toString());
        assertEquals("""
            Sequential(
              (0): Linear(in_features=4, out_features=3, bias=True)
              (1): ReLU()
              (2): Linear(in_features=3, out_features=1, bias=True)
            )\
            """, new Sequential(new Linear(4, 3), new ReLU(), new Linear(3, 1)).toString());
        assertEquals("""
            Net(
              (first): Linear(in_features=4, out_features=3, bias=True)
              (rest): Sequential(
                (0): ReLU()
                (1): Linear(in_features=3, out_features=2, bias=False)
              )
            )\
            """, new Net().toString());
    }

    @Test
    void printsItsOwnLinesBeforeItsModules() {
        Module module = new Module() {
            @Override
            protected String extraRepr() {
                return "a=1\nb=2";
            }
        };
        assertEquals("Module(\n  a=1\n  b=2\n)", module.toString());
    }

    @Test
    void trainAndEvalReachAllModules() {
        Net net = new Net();
        assertTrue(net.isTraining());
        assertSame(net, net.eval());
        net.namedModules().forEach((path, module) -> assertFalse(module.isTraining(), path));
        net.rest.train();
        assertFalse(net.isTraining());
        assertTrue(net.rest.get(1).isTraining());
        net.train();
        net.namedModules().forEach((path, module) -> assertTrue(module.isTraining(), path));
    }

    @Test
    void applyGoesFromTheInsideOut() {
        List<String> order = new ArrayList<>();
        new Sequential(new ReLU(), new Sequential(new Tanh()), new Sigmoid())
                .apply(module -> order.add(module.getClass().getSimpleName()));
        assertEquals(List.of("ReLU", "Tanh", "Sequential", "Sigmoid", "Sequential"), order);
    }

    @Test
    void stateIsSharedAndLoadsIntoAnotherModule() {
        Net from = new Net();
        Net into = new Net();
        Tensor x = Tensor.randn(5, 4);
        var difference = into.loadStateDict(from.stateDict());
        assertEquals(List.of(), difference.missing());
        assertEquals(List.of(), difference.unexpected());
        assertArrayEquals(from.forward(x).toFloatArray(), into.forward(x).toFloatArray());

        Tensor view = from.stateDict().get("scale");
        assertFalse(view.requiresGrad());
        view.fill_(3);
        assertEquals(3, from.parameter("scale").detach().getDouble(1));
        assertEquals(1, into.parameter("scale").detach().getDouble(1));
    }

    @Test
    void loadingConvertsDTypesAndKeepsTheParameters() {
        Linear linear = new Linear(2, 1);
        Parameter weight = linear.weight();
        linear.loadStateDict(Map.of(
                "weight", Tensor.of(FLOAT64, new double[][] {{0.1, 2}}), "bias", Tensor.full(FLOAT64, 0.5, 1)));
        assertSame(weight, linear.weight());
        assertArrayEquals(new float[] {0.1f, 2}, linear.weight().toFloatArray());
        assertEquals(0.5, linear.bias().item());
        assertTrue(linear.weight().requiresGrad());
    }

    @Test
    void everyFaultOfAStateIsNamedInOneLineAndNothingIsLoaded() {
        Linear linear = new Linear(2, 1);
        float[] before = linear.weight().toFloatArray();
        var missing = assertThrows(
                IllegalArgumentException.class,
                () -> linear.loadStateDict(Map.of("weight", Tensor.zeros(1, 2), "w", Tensor.zeros(1))));
        assertEquals(
                "loadStateDict: the state must have the names and sizes of the module, got no \"bias\"; \"w\" that the"
                        + " module has not [module: Linear]. Nothing was loaded; loadStateDict(state, false) loads the"
                        + " names that both have.",
                missing.getMessage());
        var size = assertThrows(
                IllegalArgumentException.class,
                () -> linear.loadStateDict(Map.of("bias", Tensor.zeros(1), "weight", Tensor.zeros(2, 2))));
        assertEquals(
                "loadStateDict: the state must have the names and sizes of the module, got \"weight\" of [2, 2] for"
                        + " [1, 2] [module: Linear]. Nothing was loaded.",
                size.getMessage());
        Tensor closed = Tensor.zeros(1);
        closed.close();
        var gone = assertThrows(
                IllegalArgumentException.class,
                () -> linear.loadStateDict(Map.of("bias", closed, "weight", Tensor.zeros(1, 2))));
        assertTrue(gone.getMessage().contains("got \"bias\" that is closed"), gone.getMessage());
        assertArrayEquals(before, linear.weight().toFloatArray());
    }

    @Test
    void aStateThatIsNotStrictLoadsWhatBothHave() {
        Linear linear = new Linear(2, 1);
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("weight", Tensor.ones(1, 2));
        state.put("other", Tensor.ones(1));
        var difference = linear.loadStateDict(state, false);
        assertEquals(List.of("bias"), difference.missing());
        assertEquals(List.of("other"), difference.unexpected());
        assertArrayEquals(new float[] {1, 1}, linear.weight().toFloatArray());
    }

    @Test
    void conversionReachesParametersBuffersAndGradients() {
        Net net = new Net();
        net.forward(Tensor.ones(1, 4)).sum().backward();
        net.parameter("scale").requiresGrad_(false);
        Parameter old = net.first.weight();
        assertSame(net, net.to(FLOAT64));
        net.namedParameters().forEach((path, parameter) -> assertEquals(FLOAT64, parameter.dtype(), path));
        assertEquals(FLOAT64, net.buffer("mean").dtype());
        assertEquals(INT64, net.buffer("count").dtype());
        assertNotSame(old, net.first.weight());
        assertEquals(FLOAT64, net.first.weight().grad().dtype());
        assertArrayEquals(old.grad().toFloatArray(), net.first.weight().grad().toFloatArray());
        assertFalse(net.parameter("scale").requiresGrad());
        assertTrue(net.first.weight().requiresGrad());
        assertEquals(FLOAT64, net.forward(Tensor.ones(FLOAT64, 1, 4)).dtype());
        Parameter same = net.first.weight();
        net.to(FLOAT64);
        assertSame(same, net.first.weight());
        var error = assertThrows(DTypeException.class, () -> net.to(INT64));
        assertEquals(
                "to: a module must be converted to a floating-point dtype, got int64 [module: Net].",
                error.getMessage());
    }

    @Test
    void zeroGradAndRequiresGradReachAllParameters() {
        Net net = new Net();
        net.forward(Tensor.ones(1, 4)).sum().backward();
        net.parameters().forEach(parameter -> assertTrue(parameter.grad() != null));
        net.zeroGrad();
        net.parameters()
                .forEach(parameter ->
                        assertEquals(0, parameter.grad().abs().sum().item()));
        net.requiresGrad_(false);
        assertFalse(net.forward(Tensor.ones(1, 4)).requiresGrad());
        assertThrows(
                GradException.class, () -> net.forward(Tensor.ones(1, 4)).sum().backward());
    }

    @Test
    void namesAreChecked() {
        Sequential holder = new Sequential();
        assertEquals(
                "register: a name must not be empty or hold a dot, got \"a.b\" [module: Sequential].",
                assertThrows(IllegalArgumentException.class, () -> holder.register("a.b", new ReLU()))
                        .getMessage());
        holder.register("a", new ReLU());
        assertEquals(
                "registerBuffer: every name must be used once, got \"a\" [module: Sequential].",
                assertThrows(IllegalArgumentException.class, () -> holder.registerBuffer("a", Tensor.zeros(1)))
                        .getMessage());
        assertEquals(
                "parameter: the module must have a parameter of that name, expected one of [weight, bias], got \"w\""
                        + " [module: Linear].",
                assertThrows(IllegalArgumentException.class, () -> new Linear(1, 1).parameter("w"))
                        .getMessage());
        Sequential inner = new Sequential(holder);
        assertThrows(IllegalArgumentException.class, () -> holder.register("outer", inner));
        assertThrows(IllegalArgumentException.class, () -> holder.register("self", holder));
    }

    @Test
    void sequencesTakeNamesAndPositions() {
        Map<String, Module> named = new LinkedHashMap<>();
        named.put("hidden", new Linear(2, 3));
        named.put("act", new Tanh());
        Sequential model = new Sequential(named).append(new Linear(3, 1));
        assertEquals(
                List.of("hidden.weight", "hidden.bias", "2.weight", "2.bias"),
                List.copyOf(model.stateDict().keySet()));
        assertSame(model.get(2), model.get(-1));
        assertEquals(3, model.size());
        assertThrows(IndexException.class, () -> model.get(3));
        assertEquals(1, model.forward(Tensor.zeros(5, 2)).size(1));
        Tensor x = Tensor.zeros(2);
        assertSame(x, new Sequential(new Identity()).forward(x));
    }

    @Test
    void aModuleWithoutForwardSaysSo() {
        var error = assertThrows(
                UnsupportedOperationException.class, () -> new MSELoss().forward(Tensor.zeros(FLOAT32, 2)));
        assertEquals(
                "forward: MSELoss must have a forward(Tensor), or be called with the arguments it takes.",
                error.getMessage());
    }
}
