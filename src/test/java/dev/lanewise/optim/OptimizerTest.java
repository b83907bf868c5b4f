package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.Scope;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptimizerTest {
    private static Parameter parameter(double... values) {
        return new Parameter(Tensor.of(DType.FLOAT64, values));
    }

    private static void setGrad(Tensor parameter, double... values) {
        parameter.setGrad(Tensor.of(DType.FLOAT64, values));
    }

    private static String refusal(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }

    @Test
    void stepsInPlaceAndOutsideTheGraph() {
        Parameter p = parameter(1, 2);
        setGrad(p, 10, -10);
        new SGD(List.of(p), 0.5).step();
        assertArrayEquals(new double[] {-4, 7}, p.toDoubleArray());
        assertTrue(p.isLeaf());
        assertTrue(p.requiresGrad());
        assertArrayEquals(new double[] {10, -10}, p.grad().toDoubleArray());
    }

    @Test
    void parametersWithoutGradientStay() {
        Parameter p = parameter(1);
        Parameter q = parameter(2);
        setGrad(q, 1);
        var optimizer = new Adam(List.of(p, q), 0.1);
        optimizer.step();
        assertEquals(1, p.item());
        assertEquals(1.9, q.item(), 1e-8);
        assertEquals(List.of(1L), List.copyOf(((Map<?, ?>) optimizer.stateDict().get("state")).keySet()));
    }

    @Test
    void groupsHaveOptionsOfTheirOwn() {
        Parameter p = parameter(1);
        Parameter q = parameter(1);
        var optimizer = new SGD(List.of(p), 0.1);
        optimizer.addGroup(List.of(q), SGD.lr(0.5));
        setGrad(p, 1);
        setGrad(q, 1);
        optimizer.step();
        assertEquals(0.9, p.item(), 1e-15);
        assertEquals(0.5, q.item(), 1e-15);
        optimizer.groups().get(1).setLr(0.25);
        assertEquals(0.25, optimizer.groups().get(1).lr());
        optimizer.step();
        assertEquals(0.25, q.item(), 1e-15);
        optimizer.groups().get(0).setOptions(SGD.lr(0.1).maximize(true));
        optimizer.step();
        assertEquals(0.9, p.item(), 1e-15);
    }

    @Test
    void gradientsAreClearedOrSetToZero() {
        Linear model = new Linear(2, 1);
        var optimizer = new SGD(model.parameters(), 0.1);
        model.forward(Tensor.ones(3, 2)).sum().backward();
        Tensor grad = model.weight().grad();
        optimizer.zeroGrad();
        assertSame(grad, model.weight().grad());
        assertArrayEquals(new float[2], grad.toFloatArray());
        optimizer.zeroGrad(true);
        assertNull(model.weight().grad());
        optimizer.zeroGrad();
        assertNull(model.weight().grad());
    }

    @Test
    void aClosureIsRunWithGradientsOn() {
        Parameter p = parameter(3);
        var optimizer = new SGD(List.of(p), 0.25);
        Tensor loss = optimizer.step(() -> {
            optimizer.zeroGrad();
            Tensor value = p.square().sum();
            value.backward();
            return value;
        });
        assertEquals(9, loss.item());
        assertEquals(1.5, p.item());
    }

    @Test
    void whatIsRememberedOutlivesTheScopeOfTheStep() {
        Parameter p = parameter(1, 2, 3);
        Parameter q = parameter(1, 2, 3);
        var scoped = new Adam(List.of(p), Adam.lr(0.1).amsgrad(true));
        var plain = new Adam(List.of(q), Adam.lr(0.1).amsgrad(true));
        var momentum = new SGD(List.of(parameter(1)), SGD.lr(0.1).momentum(0.9));
        for (int i = 0; i < 5; i++) {
            try (Scope step = Scope.open("training step")) {
                p.setGrad(null);
                p.square().sum().backward();
                scoped.step();
                setGrad(momentum.groups().get(0).parameters().get(0), 1);
                momentum.step();
            }
            q.setGrad(null);
            q.square().sum().backward();
            plain.step();
        }
        assertArrayEquals(q.toDoubleArray(), p.toDoubleArray());
        Map<?, ?> state = (Map<?, ?>) ((Map<?, ?>) scoped.stateDict().get("state")).get(0L);
        assertFalse(((Tensor) state.get("exp_avg")).isClosed());
    }

    @Test
    void aSavedStateContinuesWhereItWas() {
        for (boolean adam : new boolean[] {false, true}) {
            Parameter p = parameter(1, -2);
            Optimizer<?> first = optimizer(adam, p, 0.1);
            steps(first, p, 3);
            Parameter q = parameter(p.toDoubleArray());
            Optimizer<?> second = optimizer(adam, q, 77);
            second.loadStateDict(first.stateDict());
            assertEquals(0.1, second.groups().get(0).lr());
            steps(first, p, 3);
            steps(second, q, 3);
            assertArrayEquals(p.toDoubleArray(), q.toDoubleArray());
        }
    }

    private static Optimizer<?> optimizer(boolean adam, Parameter p, double lr) {
        return adam
                ? new Adam(List.of(p), Adam.lr(lr).amsgrad(true))
                : new SGD(List.of(p), SGD.lr(lr).momentum(0.5).nesterov(true));
    }

    private static void steps(Optimizer<?> optimizer, Parameter p, int count) {
        for (int i = 0; i < count; i++) {
            p.setGrad(p.detach().square());
            optimizer.step();
        }
    }

    @Test
    void aSavedStateHasPyTorchsForm() {
        Parameter p = parameter(1, 2);
        setGrad(p, 1, 1);
        var optimizer = new Adam(List.of(p));
        optimizer.step();
        optimizer.step();
        Map<String, Object> saved = optimizer.stateDict();
        assertEquals(List.of("state", "param_groups"), List.copyOf(saved.keySet()));
        Map<?, ?> state = (Map<?, ?>) ((Map<?, ?>) saved.get("state")).get(0L);
        assertEquals(List.of("step", "exp_avg", "exp_avg_sq"), List.copyOf(state.keySet()));
        assertEquals(2, ((Tensor) state.get("step")).item());
        Map<?, ?> group = (Map<?, ?>) ((List<?>) saved.get("param_groups")).get(0);
        assertEquals(List.of(0L), group.get("params"));
        assertEquals(List.of(0.9, 0.999), group.get("betas"));
    }

    @Test
    void aStateOfAnotherFormIsRefusedAndNothingLoaded() {
        Parameter p = parameter(1, 2);
        var optimizer = new SGD(List.of(p), SGD.lr(0.1).momentum(0.9));
        assertEquals(
                "loadStateDict: the state must have the form of stateDict(), expected a map under \"state\", got"
                        + " nothing [optimizer: SGD]. Nothing was loaded.",
                refusal(() -> optimizer.loadStateDict(Map.of())));
        var other = new SGD(List.of(parameter(1), parameter(2)), 0.5);
        assertEquals(
                "loadStateDict: the state must have the groups of the optimizer, expected parameters per group [1], got"
                        + " [2] [optimizer: SGD]. Nothing was loaded.",
                refusal(() -> optimizer.loadStateDict(other.stateDict())));
        Map<String, Object> saved = new LinkedHashMap<>(optimizer.stateDict());
        saved.put("state", Map.of(0L, Map.of("momentum_buffer", Tensor.zeros(3))));
        assertEquals(
                "loadStateDict: every tensor must have the shape of its parameter, expected [2], got momentum_buffer of"
                        + " [3] [optimizer: SGD]. Nothing was loaded.",
                refusal(() -> optimizer.loadStateDict(saved)));
        assertEquals(0.1, optimizer.groups().get(0).lr());
    }

    @Test
    void badOptionsAreRefusedInOneLine() {
        List<Parameter> p = List.of(parameter(0));
        assertEquals("SGD: the learning rate must not be negative, got -1.0.", refusal(() -> new SGD(p, -1)));
        assertEquals(
                "SGD: the momentum must not be negative, got -0.5.",
                refusal(() -> SGD.lr(1).momentum(-0.5)));
        assertEquals(
                "SGD: the weight decay must not be negative, got NaN.",
                refusal(() -> SGD.lr(1).weightDecay(Double.NaN)));
        assertEquals(
                "SGD: Nesterov's momentum needs a momentum and no dampening, got momentum 0.0, dampening 0.0.",
                refusal(() -> new SGD(p, SGD.lr(1).nesterov(true))));
        assertEquals("Adam: the learning rate must not be negative, got -1.0.", refusal(() -> new Adam(p, -1)));
        assertEquals(
                "Adam: beta1 must be at least 0 and less than 1, got 1.0.",
                refusal(() -> Adam.lr(1).betas(1, 0.9)));
        assertEquals(
                "Adam: beta2 must be at least 0 and less than 1, got -0.1.",
                refusal(() -> Adam.lr(1).betas(0, -0.1)));
        assertEquals(
                "Adam: the eps must not be negative, got -1.0E-8.",
                refusal(() -> Adam.lr(1).eps(-1e-8)));
        // The order in which options are given does not matter.
        new SGD(p, SGD.lr(1).nesterov(true).momentum(0.9));
    }

    @Test
    void badParametersAreRefusedInOneLine() {
        Parameter p = parameter(0);
        assertEquals("SGD: a group must have at least one parameter, got 0.", refusal(() -> new SGD(List.of(), 0.1)));
        assertEquals(
                "SGD: every parameter must be a leaf, got <MulBackward0> [parameter: float64[1]]. Use"
                        + " detach().requiresGrad_(), or optimize what it was made from.",
                refusal(() -> new SGD(List.of(p.mul(2)), 0.1)));
        assertEquals(
                "AdamW: every parameter must be given once [parameter: float64[1]].",
                refusal(() -> new AdamW(List.of(p, p))));
        var optimizer = new SGD(List.of(p), 0.1);
        assertEquals(
                "SGD: every parameter must be given once [parameter: float64[1]].",
                refusal(() -> optimizer.addGroup(List.of(p), SGD.lr(1))));
    }

    @Test
    void printsAsPyTorchDoes() {
        List<Parameter> p = List.of(parameter(0));
        assertEquals("""
            SGD (
            Parameter Group 0
                dampening: 0
                differentiable: False
                foreach: None
                lr: 0.01
                maximize: False
                momentum: 0
                nesterov: False
                weight_decay: 0
            )\
            """, new SGD(p, 1e-2).toString());
        assertEquals("""
            Adam (
            Parameter Group 0
                amsgrad: False
                betas: (0.9, 0.999)
                capturable: False
                differentiable: False
                eps: 1e-08
                foreach: None
                fused: False
                lr: 0.001
                maximize: False
                weight_decay: 0
            )\
            """, new Adam(p).toString());
        var two = new SGD(p, SGD.lr(1).momentum(0.5));
        two.addGroup(List.of(parameter(1)), SGD.lr(1e-5));
        List<String> lines = new ArrayList<>(List.of(two.toString().split("\n")));
        assertEquals("Parameter Group 1", lines.get(11));
        assertEquals("    lr: 1e-05", lines.get(15));
    }
}
