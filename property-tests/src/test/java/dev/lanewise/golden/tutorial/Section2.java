package dev.lanewise.golden.tutorial;

import dev.lanewise.DType;
import dev.lanewise.Generator;
import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.data.NumPyRandom;
import java.util.Map;
import java.util.function.Consumer;

/** How tensors are made, and their types. */
final class Section2 {
    private Section2() {}

    static Map<String, Consumer<Steps>> snippets() {
        return Map.ofEntries(
                Map.entry("2.2a", Section2::fromValues),
                Map.entry("2.2b", Section2::ofSize),
                Map.entry("2.2c", Section2::ofType),
                Map.entry("2.3a", Section2::sequences),
                Map.entry("2.3b", Section2::random),
                Map.entry("2.4a", Section2::zeros),
                Map.entry("2.4b", Section2::ones),
                Map.entry("2.4c", Section2::full),
                Map.entry("2.5a", Section2::types),
                Map.entry("2.5b", Section2::conversions));
    }

    private static void fromValues(Steps s) {
        Tensor data = s.assign("data", Tensor.scalar(10));
        s.print(data);
        double[] drawn = new NumPyRandom(s.seed()).randn(6);
        double[][] array = {{drawn[0], drawn[1], drawn[2]}, {drawn[3], drawn[4], drawn[5]}};
        s.assign("data", array);
        data = s.assign("data", Tensor.fromArray(array));
        s.print(data);
        data = s.assign("data", Tensor.of(new double[][] {{10, 20, 30}, {40, 50, 60}}));
        s.print(data);
    }

    private static void ofSize(Steps s) {
        Tensor data = s.assign("data", Tensor.empty(2, 3));
        s.print(data);
        data = s.assign("data", Tensor.of(10.));
        s.print(data);
        data = s.assign("data", Tensor.of(10., 20.));
        s.print(data);
    }

    private static void ofType(Steps s) {
        Tensor data = s.assign("data", Tensor.empty(DType.INT32, 2, 3));
        s.print(data);
        data = s.assign("data", Tensor.of(DType.INT32, 2.5, 3.3));
        s.print(data);
        for (DType type : new DType[] {DType.INT16, DType.INT64, DType.FLOAT32, DType.FLOAT64}) {
            data = s.assign("data", Tensor.empty(type, 0));
            s.print(data, data.dtype());
        }
    }

    private static void sequences(Steps s) {
        Tensor data = s.assign("data", Tensor.arange(0, 10, 2));
        s.print(data);
        data = s.assign("data", Tensor.linspace(0, 9, 10));
        s.print(data);
    }

    private static void random(Steps s) {
        Tensor data = s.assign("data", Tensor.randn(2, 3));
        s.print(data);
        s.print("随机数种子:", Generator.defaultGenerator().initialSeed());
        Lanewise.manualSeed(100);
        data = s.assign("data", Tensor.randn(2, 3));
        s.print(data);
        s.print("随机数种子:", Generator.defaultGenerator().initialSeed());
        data = s.assign("data", Tensor.rand(2, 3));
        s.print(data);
        data = s.assign("data", Tensor.randint(0, 10, 2, 3));
        s.print(data);
    }

    private static void zeros(Steps s) {
        Tensor data = s.assign("data", Tensor.zeros(2, 3));
        s.print(data);
        data = s.assign("data", Tensor.zerosLike(data));
        s.print(data);
    }

    private static void ones(Steps s) {
        Tensor data = s.assign("data", Tensor.ones(2, 3));
        s.print(data);
        data = s.assign("data", Tensor.onesLike(data));
        s.print(data);
    }

    private static void full(Steps s) {
        Tensor data = s.assign("data", Tensor.full(10, 2, 3));
        s.print(data);
        data = s.assign("data", Tensor.fullLike(data, 20));
        s.print(data);
    }

    private static void types(Steps s) {
        Tensor data = s.assign("data", Tensor.full(10, 2, 3));
        s.print(data.dtype());
        data = s.assign("data", data.to(DType.FLOAT64));
        s.print(data.dtype());
        s.print(data);
        for (DType type : new DType[] {DType.INT16, DType.INT32, DType.INT64, DType.FLOAT32, DType.FLOAT16}) {
            data = s.assign("data", data.to(type));
            s.print(data, data.dtype());
        }
        s.print(data.type());
    }

    private static void conversions(Steps s) {
        Tensor data = s.assign("data", Tensor.full(10, 2, 3));
        s.print(data.dtype());
        data = s.assign("data", data.to(DType.FLOAT64));
        s.print(data.dtype());
        s.print(
                data.to(DType.INT16),
                data.to(DType.INT32),
                data.to(DType.INT64),
                data.to(DType.FLOAT32),
                data.to(DType.FLOAT16));
    }
}
