package dev.lanewise.bench.peers;

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

/** Any workload on any system; {@link Report} chooses the pairs, their order and the JVM of each. By itself, two of ours. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class PeerBenchmark {
    @Param({"sgemm 512", "softmax 1000×1000"})
    String workload;

    @Param("LANEWISE")
    Rival system;

    @Param("1")
    int threads;

    @Param("1000")
    int warmMillis;

    private Call call;

    /** Makes the operands and warms what computes. */
    @Setup
    public void setUp() {
        Peer<?> peer = system.open(threads);
        call = peer.prepare(Workloads.named(workload));
        peer.warm(call, TimeUnit.MILLISECONDS.toNanos(warmMillis));
    }

    @Benchmark
    public long call() {
        return call.run();
    }
}
