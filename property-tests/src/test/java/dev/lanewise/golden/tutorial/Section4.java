package dev.lanewise.golden.tutorial;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.util.Map;
import java.util.function.Consumer;

/** Arithmetic, products, reductions and functions. */
final class Section4 {
    private Section4() {}

    static Map<String, Consumer<Steps>> snippets() {
        return Map.of(
                "4.1", Section4::arithmetic,
                "4.2", Section4::hadamard,
                "4.3", Section4::matmul,
                "5", Section4::functions);
    }

    private static void arithmetic(Steps s) {
        Tensor data = s.assign("data", Tensor.randint(0, 10, 2, 3));
        s.print(data);
        Tensor sum = s.assign("new_data", data.add(10));
        s.print(sum);
        data.add_(10);
        s.print(data);
        s.print(data.sub(100));
        s.print(data.mul(100));
        s.print(data.div(100));
        s.print(data.neg());
        s.print(data.add(10), data.sub(10), data.mul(10), data.div(10), data.neg());
        data.sub_(3);
        s.print(data);
        data.mul_(3);
        s.print(data);
        data.neg_();
        s.print(data);
    }

    private static void hadamard(Steps s) {
        Tensor data1 = s.assign("data1", Tensor.of(new long[][] {{1, 2}, {3, 4}}));
        Tensor data2 = s.assign("data2", Tensor.of(new long[][] {{5, 6}, {7, 8}}));
        for (int form = 0; form < 2; form++) {
            Tensor data = s.assign("data", data1.mul(data2));
            s.print(data);
        }
    }

    private static void matmul(Steps s) {
        Tensor data1 = s.assign("data1", Tensor.of(new long[][] {{1, 2}, {3, 4}, {5, 6}}));
        Tensor data2 = s.assign("data2", Tensor.of(new long[][] {{5, 6}, {7, 8}}));
        Tensor data3 = s.assign("data3", data1.mm(data2));
        s.print("data3-->", data3);
        Tensor data4 = s.assign("data4", data1.matmul(data2));
        s.print("data4-->", data4);
    }

    private static void functions(Steps s) {
        Tensor data = s.assign("data", Tensor.empty(DType.FLOAT64, 2, 3).random_(0, 10));
        s.print(data);
        s.print(data.mean());
        s.print(data.mean(0));
        s.print(data.mean(1));
        s.print(data.sum());
        s.print(data.sum(0));
        s.print(data.sum(1));
        s.print(data.min(), data.max());
        s.print(data.min(0).values(), data.min(0).indices());
        s.print(data.max(1).values(), data.max(1).indices());
        s.print(data.max(1).toString());
        s.print(data.pow(2));
        s.print(data.sqrt());
        s.print(data.exp());
        s.print(data.log());
        s.print(data.log2());
        s.print(data.log10());
    }
}
