package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.DType;
import dev.lanewise.Lanewise;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The activations as modules: their printed form, and that each computes its function. */
class ActivationModulesTest {
    private static final Map<String, Module> MODULES = new LinkedHashMap<>();
    private static final Map<String, UnaryOperator<Tensor>> FUNCTIONS = new LinkedHashMap<>();

    static {
        row("ReLU6()", new ReLU6(), Functional::relu6);
        row("SELU()", new SELU(), Functional::selu);
        row("SiLU()", new SiLU(), Functional::silu);
        row("Mish()", new Mish(), Functional::mish);
        row("Hardsigmoid()", new Hardsigmoid(), Functional::hardsigmoid);
        row("Hardswish()", new Hardswish(), Functional::hardswish);
        row("Softsign()", new Softsign(), Functional::softsign);
        row("Tanhshrink()", new Tanhshrink(), Functional::tanhshrink);
        row("LogSigmoid()", new LogSigmoid(), Functional::logsigmoid);
        row("LeakyReLU(negative_slope=0.01)", new LeakyReLU(), Functional::leakyRelu);
        row("LeakyReLU(negative_slope=0.1)", new LeakyReLU(0.1), x -> Functional.leakyRelu(x, 0.1));
        row("ELU(alpha=1.0)", new ELU(), Functional::elu);
        row("CELU(alpha=1.0)", new CELU(), Functional::celu);
        row("Hardshrink(0.5)", new Hardshrink(), Functional::hardshrink);
        row("Softshrink(0.5)", new Softshrink(), Functional::softshrink);
        row("GELU(approximate='none')", new GELU(), Functional::gelu);
        row("GELU(approximate='tanh')", new GELU("tanh"), x -> Functional.gelu(x, "tanh"));
        row("PReLU(num_parameters=1)", new PReLU(), x -> Functional.leakyRelu(x, 0.25));
        row("RReLU(lower=0.125, upper=0.3333333333333333)", new RReLU().eval(), Functional::rrelu);
        row("Hardtanh(min_val=-1.0, max_val=1.0)", new Hardtanh(), Functional::hardtanh);
        row("Softplus(beta=1, threshold=20)", new Softplus(), Functional::softplus);
        row("Softplus(beta=0.5, threshold=2)", new Softplus(0.5, 2), x -> Functional.softplus(x, 0.5, 2));
        row("Threshold(threshold=0.1, value=20)", new Threshold(0.1, 20), x -> Functional.threshold(x, 0.1, 20));
        row("GLU(dim=-1)", new GLU(), Functional::glu);
        row("Softmin(dim=1)", new Softmin(1), x -> Functional.softmin(x, 1));
        row("Softmax2d()", new Softmax2d(), x -> x.softmax(1));
    }

    private static void row(String text, Module module, UnaryOperator<Tensor> function) {
        MODULES.put(text, module);
        FUNCTIONS.put(text, function);
    }

    @Test
    void eachComputesItsFunctionAndPrintsAsPyTorch() {
        Tensor x = Tensor.arange(DType.FLOAT32, 48).sub(24).div(7).reshape(2, 3, 2, 4);
        int checked = 0;
        for (Map.Entry<String, Module> entry : MODULES.entrySet()) {
            String text = entry.getKey();
            assertEquals(text, entry.getValue().toString());
            double[] expected = FUNCTIONS.get(text).apply(x).toDoubleArray();
            assertArrayEquals(expected, entry.getValue().forward(x).toDoubleArray(), text);
            checked++;
        }
        assertEquals(26, checked);
    }

    @Test
    void slopesAreDrawnWhileTraining() {
        Tensor x = Tensor.full(-1.0, 100);
        Lanewise.manualSeed(1);
        double[] drawn = new RReLU().forward(x).toDoubleArray();
        Lanewise.manualSeed(1);
        assertArrayEquals(Functional.rrelu(x, 1.0 / 8, 1.0 / 3, true).toDoubleArray(), drawn);
    }

    @Test
    void slopesAreLearned() {
        PReLU prelu = new PReLU(2, 0.5);
        prelu.forward(Tensor.of(new double[][] {{-1, 2}, {-3, -4}})).sum().backward();
        assertArrayEquals(new double[] {-4, -4}, prelu.weight().grad().toDoubleArray());
    }

    @Test
    void softmaxOfPlacesNeedsPlaces() {
        assertEquals(
                "Softmax2d: the input must have 3 or 4 dimensions, got 2 [input: float32[2, 2]].",
                assertThrows(ShapeException.class, () -> new Softmax2d().forward(Tensor.zeros(2, 2)))
                        .getMessage());
    }
}
