package dev.lanewise.bench.peers;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** The systems: what each can do, and how its JVM is started. */
public enum Rival {
    LANEWISE("Lanewise", "dev.lanewise.bench.peers.LanewisePeer"),
    LIBTORCH("libtorch", "dev.lanewise.bench.rivals.LibTorch"),
    /** So that glibc gives freed memory to the next result instead of the system: no page faults. */
    LIBTORCH_KEPT("libtorch keeping memory", "dev.lanewise.bench.rivals.LibTorch"),
    MKL("MKL", "dev.lanewise.bench.rivals.Mkl"),
    OPENBLAS("OpenBLAS", "dev.lanewise.bench.rivals.OpenBlas"),
    ND4J("ND4J", "dev.lanewise.bench.rivals.Nd4jPeer"),
    NETLIB("netlib", "dev.lanewise.bench.rivals.Netlib"),
    OJALGO("ojAlgo", "dev.lanewise.bench.rivals.OjAlgo"),
    EJML("EJML", "dev.lanewise.bench.rivals.Ejml");

    /** Products beyond this many operations take the slow systems seconds and tell nothing new. */
    private static final double PATIENCE = 2.0 * 512 * 512 * 512;

    final String title;
    private final String implementation;

    Rival(String title, String implementation) {
        this.title = title;
        this.implementation = implementation;
    }

    /** Environment variables of its JVM, beside those for the number of threads. */
    Map<String, String> environment() {
        return switch (this) {
            case LIBTORCH_KEPT ->
                Map.of(
                        "MALLOC_ARENA_MAX", "1",
                        "MALLOC_MMAP_MAX_", "0",
                        "MALLOC_TRIM_THRESHOLD_", "100000000000",
                        "MALLOC_TOP_PAD_", "67108864");
            case OPENBLAS -> Cpu.openBlasKernels();
            default -> Map.of();
        };
    }

    /** Whether it is measured on that workload with that many threads. */
    boolean takes(Workload workload, int threads) {
        Work work = workload.work();
        boolean quick = threads == 1 && workload.cost().flops() <= PATIENCE;
        return switch (this) {
            case LANEWISE, LIBTORCH, LIBTORCH_KEPT -> true;
            case MKL, OPENBLAS -> work == Work.MM || work == Work.BMM;
            case NETLIB, OJALGO, EJML -> quick && work == Work.MM;
            case ND4J ->
                quick
                        && switch (work) {
                            case MM, ADD, MUL, EXP, TANH, SIGMOID, SUM, SOFTMAX -> true;
                            default -> false;
                        };
        };
    }

    /** The system in this JVM; IllegalStateException if the build has no rivals. */
    Peer<?> open(int threads) {
        try {
            return Class.forName(implementation)
                    .asSubclass(Peer.class)
                    .getDeclaredConstructor(int.class)
                    .newInstance(threads);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(title + " does not start.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(title + " is not in this build; it needs Maven's profile peers.", e);
        }
    }
}
