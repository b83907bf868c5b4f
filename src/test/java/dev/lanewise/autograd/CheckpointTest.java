package dev.lanewise.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Generator;
import dev.lanewise.GradException;
import dev.lanewise.GradMode;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private int runs;

    private static double[] values(Tensor x) {
        return x.reshape(-1).toDoubleArray();
    }

    @Test
    void gradientsAreThoseWithoutCheckpoint() {
        Lanewise.manualSeed(5);
        Sequential model = new Sequential(new Linear(6, 8), new ReLU(), new Dropout(0.5), new Linear(8, 2));
        Tensor data = Tensor.randn(4, 6);
        double[][] plain = gradients(model, data, in -> model.forward(in[0]));
        double[][] again = gradients(
                model,
                data,
                in -> Checkpoint.checkpoint(
                        inside -> {
                            runs++;
                            return model.forward(inside[0]);
                        },
                        in));
        assertEquals(2, runs);
        for (int i = 0; i < plain.length; i++) {
            assertArrayEquals(plain[i], again[i]);
        }
    }

    /** The gradients of all parameters and the input, and a draw made after the backward pass. */
    private static double[][] gradients(Sequential model, Tensor data, Function<Tensor[], Tensor> f) {
        model.parameters().forEach(parameter -> parameter.setGrad(null));
        Tensor x = data.clone().requiresGrad_();
        Lanewise.manualSeed(9);
        Tensor loss = f.apply(new Tensor[] {x.mul(2)}).square().sum();
        Tensor drawn = Tensor.rand(2);
        loss.backward();
        double[][] out = new double[model.parameters().size() + 4][];
        for (int i = 0; i < out.length - 4; i++) {
            out[i] = values(model.parameters().get(i).grad());
        }
        out[out.length - 4] = values(x.grad());
        out[out.length - 3] = values(loss);
        out[out.length - 2] = values(drawn);
        out[out.length - 1] = new double[] {Generator.defaultGenerator().nextInt32()};
        return out;
    }

    @Test
    void severalInputsOfWhichSomeNeedNoGradient() {
        Tensor a = Tensor.of(new float[] {1, 2}).requiresGrad_();
        Tensor b = Tensor.of(new float[] {3, 4});
        Tensor out = Checkpoint.checkpoint(in -> in[0].mul(in[1]).mul(in[0]), a, b);
        assertEquals("<CheckpointFunctionBackward>", out.gradFn().toString());
        out.sum().backward();
        assertArrayEquals(new double[] {6, 16}, values(a.grad()));
        assertNull(b.grad());
    }

    @Test
    void withoutGradientsItIsTheFunction() {
        Tensor a = Tensor.of(new float[] {1, 2}).requiresGrad_();
        Tensor out = GradMode.noGrad(() -> Checkpoint.checkpoint(in -> in[0].square(), a));
        assertFalse(out.requiresGrad());
    }

    @Test
    void whatItCannotGiveIsRefused() {
        Tensor a = Tensor.of(new float[] {1, 2}).requiresGrad_();
        Tensor x = a.mul(1);
        Tensor out = Checkpoint.checkpoint(in -> in[0].square(), x).sum();
        var e = assertThrows(GradException.class, () -> Autograd.grad(out, a));
        assertEquals(
                "grad: a checkpoint gives gradients by backward() only."
                        + " Call the function without checkpoint, or use backward().",
                e.getMessage());
        Tensor twice = Checkpoint.checkpoint(in -> in[0].square(), x).sum();
        e = assertThrows(GradException.class, () -> twice.backward(null, true, true));
        assertEquals(
                "backward: a checkpoint has no second derivative."
                        + " Call the function without checkpoint where createGraph is needed.",
                e.getMessage());
        Tensor once = Checkpoint.checkpoint(in -> in[0].square(), x).sum();
        once.backward();
        e = assertThrows(GradException.class, () -> once.backward());
        assertEquals(
                "backward: sum has freed what it saved. Pass retainGraph the first time to go backward twice.",
                e.getMessage());
        Tensor changed = Checkpoint.checkpoint(in -> in[0].square(), x).sum();
        x.detach().zero_();
        e = assertThrows(GradException.class, () -> changed.backward());
        assertEquals(
                "backward: input 0 of a checkpoint was changed since it was computed [input: float32[2]]."
                        + " Clone before the change.",
                e.getMessage());
    }
}
