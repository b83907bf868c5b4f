package dev.lanewise.golden.tutorial;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.nn.MSELoss;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Gradients. */
final class Section9 {
    private static final int STEPS = 1000;

    private Section9() {}

    static Map<String, Consumer<Steps>> snippets() {
        return Map.of(
                "9.1a", Section9::scalar,
                "9.1b", Section9::vector,
                "9.2", Section9::descent,
                "9.3", Section9::detach,
                "9.4", Section9::layer);
    }

    private static void scalar(Steps s) {
        Tensor x = s.assign("x", Tensor.scalar(DType.FLOAT32, 10).requiresGrad_());
        s.print("x-->", x);
        Tensor y = s.assign("y", x.pow(2).mul(2));
        s.print("y-->", y);
        s.print(y.gradFn());
        s.print("y.sum()-->", y.sum());
        y.sum().backward();
        s.print("x的梯度值是:", x.grad());
    }

    private static void vector(Steps s) {
        Tensor x = s.assign("x", Tensor.of(10., 20.).requiresGrad_());
        s.print("x-->", x);
        Tensor y = s.assign("y", x.pow(2).mul(2));
        s.print("y-->", y);
        y.sum().backward();
        s.print("x.grad-->", x.grad());
        y = s.assign("y", x.pow(2).mul(2));
        y.sum().backward();
        s.print("accumulated x.grad-->", x.grad());
    }

    private static void descent(Steps s) {
        Tensor x = s.assign("x", Tensor.scalar(DType.FLOAT32, 10).requiresGrad_());
        Tensor y = s.assign("y", x.pow(2).add(20));
        s.print(String.format(Locale.ROOT, "开始 权重x初始值:%.6f (0.01 * x.grad):无 y:%.6f", x.item(), y.item()));
        double[][] rows = new double[STEPS][];
        String[] lines = new String[STEPS];
        for (int i = 1; i <= STEPS; i++) {
            y = x.pow(2).add(20);
            x.zeroGrad();
            y.sum().backward();
            Tensor change = x.grad().mul(0.01);
            GradMode.noGrad(() -> x.sub_(change));
            rows[i - 1] = new double[] {x.item(), x.grad().item(), change.item(), y.item()};
            lines[i - 1] = String.format(
                    Locale.ROOT, "次数:%d 权重x: %.6f, (0.01 * x.grad):%.6f y:%.6f", i, x.item(), change.item(), y.item());
        }
        s.trace(rows, lines);
        s.print("x:", x, x.grad(), "y最小值", y);
    }

    private static void detach(Steps s) {
        Tensor x1 = s.assign("x1", Tensor.of(DType.FLOAT64, 10, 20).requiresGrad_());
        Tensor x2 = s.assign("x2", x1.detach());
        s.print(x1.requiresGrad());
        s.print(x2.requiresGrad());
        s.print(x1.data());
        s.print(x2.data());
        s.skip("addresses");
        s.skip("addresses");
        s.print(x1.data().segment().address() == x2.data().segment().address());
        s.printArrays(x2.doubleBuffer());
    }

    private static void layer(Steps s) {
        Tensor x = s.assign("x", Tensor.ones(2, 5));
        Tensor y = s.assign("y", Tensor.zeros(2, 3));
        Tensor w = s.assign("w", Tensor.randn(5, 3).requiresGrad_());
        s.print(w);
        Tensor b = s.assign("b", Tensor.randn(3).requiresGrad_());
        s.print(b);
        Tensor z = s.assign("z", x.matmul(w).add(b));
        s.print(z);
        Tensor loss = s.assign("loss", new MSELoss().forward(z, y));
        s.print(loss);
        loss.backward();
        s.print("W的梯度:", w.grad());
        s.print("b的梯度", b.grad());
    }
}
