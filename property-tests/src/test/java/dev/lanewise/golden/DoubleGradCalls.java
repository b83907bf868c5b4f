package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.Tensor;
import dev.lanewise.autograd.Autograd;
import dev.lanewise.nn.Functional;
import java.util.List;
import java.util.function.UnaryOperator;

/** Derivatives of derivatives. */
final class DoubleGradCalls {
    private DoubleGradCalls() {}

    static void fill() {
        second("x ** 3", x -> x.pow(3));
        second("exp(x)", Tensor::exp);
        second("sin(x)", Tensor::sin);
        second("gelu(x)", Functional::gelu);
        second("softplus(x)", Functional::softplus);
        second("log(x)", Tensor::log);
        second("tanh(x)", Tensor::tanh);
        second("sqrt(x)", Tensor::sqrt);
        second("x / (1 + x*x)", x -> x.div(x.mul(x).add(1)));
        second("softmax(x, -1)", x -> x.softmax(-1));
        second("log_softmax(x, -1)", x -> x.logSoftmax(-1));
        second("x @ x.T", x -> x.matmul(x.t()));
        second("x.sum(0) * x.mean(1, keepdim=True)", x -> x.sum(0).mul(x.meanKeepDim(1)));
        second("pow(x, x)", x -> x.pow(x));
        second("x.prod(-1)", x -> x.prod(-1));
        second("norm(x)", Tensor::norm);
        // Recorded of the squares, as the sums alone have no second derivative.
        second("cumsum(x, 0)", x -> x.cumsum(0).square());
        second("var(x, -1)", x -> x.var(-1));
        second("logsumexp(x, -1)", x -> x.logsumexp(-1));
        second("layer_norm(x)", x -> Functional.layerNorm(x, x.size(-1)));
        second("max_pool", x -> Functional.maxPool1d(x.mul(x), 2));
        second(
                "conv1d(x, x)",
                x -> Functional.conv1d(x, x.narrow(1, 0, 2).unsqueeze(1).expand(-1, x.size(0), -1), null));
    }

    /** The gradient of ⟨f(x), w⟩ for fixed weights w, and its product with a direction v. */
    private static void second(String formula, UnaryOperator<Tensor> f) {
        add("grad of " + formula, a -> {
            Tensor x = a.tensor(0);
            Tensor y = f.apply(x);
            Tensor weights = Tensor.linspace(y.dtype(), 0.5, 1.5, y.numel())
                    .reshape(y.shape().toArray());
            Tensor g = Autograd.gradWithGraph(y.mul(weights).sum(), x)[0];
            return List.of(g, g.mul(a.tensor(1)).sum());
        });
    }
}
