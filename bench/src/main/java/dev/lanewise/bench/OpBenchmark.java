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

    private Op measured;
    private Tensor[] arguments;
    private Supplier<Tensor> call;

    @Setup
    public void setUp() {
        measured = OpCall.find(op);
        arguments = OpCall.arguments(measured, dtype, size);
        call = OpCall.on(measured, arguments);
    }

    /** Kernels are warmed in the JVM that measures them only. */
    @State(Scope.Thread)
    public static class WarmKernels {
        @Setup
        public void setUp(OpBenchmark benchmark) {
            Warm.up(benchmark::lanewise);
        }
    }

    /** The arguments as heap arrays. */
    @State(Scope.Thread)
    public static class Arrays {
        private Supplier<Object> loop;

        @Setup
        public void setUp(OpBenchmark benchmark) {
            loop = PlainLoops.on(benchmark.measured, benchmark.arguments);
            Warm.await();
        }
    }

    @Benchmark
    public long lanewise(WarmKernels warm) {
        return lanewise();
    }

    @Benchmark
    public Object plainLoop(Arrays arrays) {
        return arrays.loop.get();
    }

    /** Frees the result at once, as a scope would, so that memory is reused. */
    private long lanewise() {
        try (Tensor result = call.get()) {
            return result.numel();
        }
    }
}
