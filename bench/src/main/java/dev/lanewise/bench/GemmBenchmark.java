package dev.lanewise.bench;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Matrix products of square and skinny shapes, against three plain loops over heap arrays on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class GemmBenchmark {
    /** Rows of the result, length of the sums, columns of the result. */
    @Param({
        "16x16x16",
        "64x64x64",
        "128x128x128",
        "256x256x256",
        "512x512x512",
        "1024x1024x1024",
        "1024x1024x1",
        "1x1024x1024",
        "64x784x256",
        "1024x16x1024"
    })
    String shape;

    @Param({"FLOAT32", "FLOAT64"})
    DType dtype;

    private Tensor a;
    private Tensor b;
    private PlainProduct plain;

    @Setup
    public void setUp() {
        int[] sizes =
                Arrays.stream(shape.split("x", -1)).mapToInt(Integer::parseInt).toArray();
        a = Tensor.rand(dtype, sizes[0], sizes[1]);
        b = Tensor.rand(dtype, sizes[1], sizes[2]);
        plain = dtype == DType.FLOAT32
                ? new PlainProduct.Floats(a.toFloatArray(), b.toFloatArray(), sizes[0], sizes[1], sizes[2])
                : new PlainProduct.Doubles(a.toDoubleArray(), b.toDoubleArray(), sizes[0], sizes[1], sizes[2]);
    }

    /** Warms the product in the JVM that measures it. */
    @State(Scope.Thread)
    public static class WarmKernels {
        @Setup
        public void setUp(GemmBenchmark benchmark) {
            Warm.up(benchmark::lanewise);
        }
    }

    @Benchmark
    public long lanewise(WarmKernels warm) {
        return lanewise();
    }

    @Benchmark
    public Object plainLoop() {
        return plain.compute();
    }

    private long lanewise() {
        try (Tensor product = a.mm(b)) {
            return product.numel();
        }
    }
}
