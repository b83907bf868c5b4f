package dev.lanewise.bench.peers;

import java.lang.reflect.InvocationTargetException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The systems: what each can do, and how its JVM is started. */
public enum Rival {
    LANEWISE("Lanewise", "dev.lanewise.bench.peers.LanewisePeer", EnumSet.allOf(Work.class), Map.of()),
    LIBTORCH("libtorch", "dev.lanewise.bench.rivals.LibTorch", EnumSet.allOf(Work.class), Map.of()),
    /** So that glibc gives freed memory to the next result instead of the system: no page faults. */
    LIBTORCH_KEPT(
            "libtorch keeping memory",
            "dev.lanewise.bench.rivals.LibTorch",
            EnumSet.allOf(Work.class),
            Map.of(
                    "MALLOC_ARENA_MAX", "1",
                    "MALLOC_MMAP_MAX_", "0",
                    "MALLOC_TRIM_THRESHOLD_", "100000000000",
                    "MALLOC_TOP_PAD_", "67108864")),
    MKL("MKL", "dev.lanewise.bench.rivals.Mkl", EnumSet.of(Work.MM, Work.BMM), Map.of()),
    OPENBLAS("OpenBLAS", "dev.lanewise.bench.rivals.OpenBlas", EnumSet.of(Work.MM, Work.BMM), Cpu.openBlasKernels()),
    ND4J(
            "ND4J",
            "dev.lanewise.bench.rivals.Nd4jPeer",
            EnumSet.of(Work.MM, Work.ADD, Work.MUL, Work.EXP, Work.TANH, Work.SIGMOID, Work.SUM, Work.SOFTMAX),
            Map.of()),
    NETLIB("netlib", "dev.lanewise.bench.rivals.Netlib", EnumSet.of(Work.MM), Map.of()),
    OJALGO("ojAlgo", "dev.lanewise.bench.rivals.OjAlgo", EnumSet.of(Work.MM), Map.of()),
    EJML("EJML", "dev.lanewise.bench.rivals.Ejml", EnumSet.of(Work.MM), Map.of());

    /** Pure JVM products beyond this many operations take seconds and tell nothing new. */
    private static final double PATIENCE = 2.0 * 1024 * 1024 * 1024;

    final String title;
    final Map<String, String> environment;
    private final String implementation;
    private final Set<Work> works;

    Rival(String title, String implementation, Set<Work> works, Map<String, String> environment) {
        this.title = title;
        this.implementation = implementation;
        this.works = works;
        this.environment = environment;
    }

    /** Whether it is measured on that workload with that many threads. */
    boolean takes(Workload workload, int threads) {
        boolean slow = this == ND4J || this == NETLIB || this == OJALGO || this == EJML;
        if (slow && (threads > 1 || workload.cost().flops() > PATIENCE)) {
            return false;
        }
        return works.contains(workload.work());
    }

    /** The system in this JVM; IllegalStateException if the build has no rivals. */
    Peer<?> open(int threads) {
        try {
            return (Peer<?>) Class.forName(implementation)
                    .getDeclaredConstructor(int.class)
                    .newInstance(threads);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(title + " does not start.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(title + " is not in this build; it needs Maven's profile peers.", e);
        }
    }
}
