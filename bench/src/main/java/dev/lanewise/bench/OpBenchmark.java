package dev.lanewise.bench;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.op.Op;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

/** Every elementwise op and every reduction of the registry, on contiguous tensors, against {@link PlainLoops}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class OpBenchmark {
    static final String TOUR_SIZE = "100000";

    /** {@link Options} replaces this one by all ops of the registry. */
    @Param("add")
    String op;

    @Param({"1000", TOUR_SIZE, "10000000"})
    int size;

    @Param("FLOAT32")
    DType dtype;

    private Supplier<Tensor> lanewise;
    private Supplier<Object> plain;

    @Setup
    public void setUp() {
        Op measured = OpCall.find(op);
        Tensor[] arguments = OpCall.arguments(measured, dtype, size);
        lanewise = OpCall.on(measured, arguments);
        plain = PlainLoops.on(measured, arguments);
        Warm.await();
    }

    /** Kernels are warmed in the JVM that measures them only: in the other, the loop is the only code. */
    @State(Scope.Thread)
    public static class WarmKernels {
        @Setup
        public void setUp(OpBenchmark benchmark) {
            Warm.up(benchmark::lanewise);
        }
    }

    @Benchmark
    public long lanewise(WarmKernels warm) {
        return lanewise();
    }

    @Benchmark
    public Object plainLoop() {
        return plain.get();
    }

    /** Frees the result at once, as a scope would, so that memory is reused. */
    private long lanewise() {
        try (Tensor result = lanewise.get()) {
            return result.numel();
        }
    }
}
