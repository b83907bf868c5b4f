package dev.lanewise.bench.peers;

import java.util.ArrayList;
import java.util.List;

/** All workloads, in the report's order. */
final class Workloads {
    private static final List<Workload> ALL = all();

    private Workloads() {}

    static List<Workload> list() {
        return ALL;
    }

    /** The workload of that name; IllegalArgumentException if there is none. */
    static Workload named(String name) {
        return ALL.stream()
                .filter(w -> w.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no workload '" + name + "'"));
    }

    private static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        all.addAll(ProductWorkloads.list());
        all.addAll(ElementwiseWorkloads.list());
        all.addAll(ReductionWorkloads.list());
        all.addAll(NetworkWorkloads.list());
        return List.copyOf(all);
    }
}
