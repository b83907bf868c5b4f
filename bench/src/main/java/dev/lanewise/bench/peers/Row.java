package dev.lanewise.bench.peers;

import dev.lanewise.bench.peers.Bar.Against;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What the results say of a workload.
 *
 * @param workload the workload
 * @param threads on how many threads
 * @param results where the figures are
 */
record Row(Workload workload, int threads, Results results) {
    /** A bar with the ratio that was reached. */
    record Outcome(Bar bar, double ratio) {
        boolean missed() {
            return ratio > bar.atMost();
        }
    }

    OptionalDouble micros(Rival system) {
        Optional<Result> found = results.find(workload, system, threads);
        return found.isPresent() ? OptionalDouble.of(found.get().micros()) : OptionalDouble.empty();
    }

    OptionalDouble heapBytes() {
        Optional<Result> found = results.find(workload, Rival.LANEWISE, threads);
        return found.isPresent() ? OptionalDouble.of(found.get().heapBytes()) : OptionalDouble.empty();
    }

    double limit() {
        return new Limits(results.probe(threads)).micros(workload);
    }

    /** Our time over the shortest of all other systems; empty if either is missing. */
    OptionalDouble ratioToBest() {
        return ratio(Against.BEST);
    }

    /** The bars that can be judged; on two threads the same ratios hold. */
    List<Outcome> outcomes() {
        List<Outcome> outcomes = new ArrayList<>();
        for (Bar bar : workload.bars()) {
            ratio(bar.against()).ifPresent(ratio -> outcomes.add(new Outcome(bar, ratio)));
        }
        return outcomes;
    }

    boolean missed() {
        return outcomes().stream().anyMatch(Outcome::missed);
    }

    private OptionalDouble ratio(Against against) {
        OptionalDouble ours = micros(Rival.LANEWISE);
        if (ours.isEmpty()) {
            return OptionalDouble.empty();
        }
        OptionalDouble other = switch (against) {
            case BEST -> least(Stream.of(Rival.values()).filter(r -> r != Rival.LANEWISE));
            case LIBTORCH -> micros(Rival.LIBTORCH);
            case LIBTORCH_KEPT -> micros(Rival.LIBTORCH_KEPT);
            case MKL -> micros(Rival.MKL);
            case RAW_BLAS -> least(Stream.of(Rival.MKL, Rival.OPENBLAS));
            case MKL_OR_LIBTORCH -> least(Stream.of(Rival.MKL, Rival.LIBTORCH));
            case OWN_ONE_THREAD ->
                threads == 1 ? OptionalDouble.empty() : new Row(workload, 1, results).micros(Rival.LANEWISE);
            case MICROSECONDS -> OptionalDouble.of(1);
        };
        return other.isEmpty() ? other : OptionalDouble.of(ours.getAsDouble() / other.getAsDouble());
    }

    private OptionalDouble least(Stream<Rival> systems) {
        return systems.map(this::micros)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .min();
    }
}
