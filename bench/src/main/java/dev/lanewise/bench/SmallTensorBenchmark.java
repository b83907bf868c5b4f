package dev.lanewise.bench;

import dev.lanewise.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a call costs besides its arithmetic: ops on ten elements, whose memory the collector frees. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class SmallTensorBenchmark {
    private static final int SIZE = 10;

    private Tensor x;
    private Tensor y;
    private Tensor leaf;
    private Tensor matrix;
    private float[] heapX;
    private float[] heapY;

    @Setup
    public void setUp() {
        x = Tensor.rand(SIZE);
        y = Tensor.rand(SIZE);
        leaf = Tensor.rand(SIZE).requiresGrad_();
        matrix = Tensor.rand(SIZE, SIZE);
        heapX = x.toFloatArray();
        heapY = y.toFloatArray();
        Warm.up(this::add);
        Warm.up(this::mulSumBackward);
    }

    @Benchmark
    public Tensor add() {
        return x.add(y);
    }

    @Benchmark
    public Tensor addNumber() {
        return x.add(2);
    }

    @Benchmark
    public Tensor addRecorded() {
        return leaf.add(y);
    }

    @Benchmark
    public Tensor view() {
        return matrix.view(SIZE * SIZE);
    }

    @Benchmark
    public Tensor transpose() {
        return matrix.t();
    }

    @Benchmark
    public Tensor slice() {
        return matrix.slice(0, 1, 5, 1);
    }

    @Benchmark
    public Tensor sum() {
        return x.sum();
    }

    @Benchmark
    public Tensor mulSumBackward() {
        leaf.setGrad(null);
        leaf.mul(y).sum().backward();
        return leaf.grad();
    }

    @Benchmark
    public float[] addPlainLoop() {
        float[] out = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            out[i] = heapX[i] + heapY[i];
        }
        return out;
    }
}
