package dev.lanewise.internal.storage;

import dev.lanewise.DType;
import dev.lanewise.MemoryException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/** What {@link MemoryBudgetTest} runs in JVMs of their own; the first argument says which. */
final class BudgetPrograms {
    private static final long[] BYTES = {40, 64, 200, 512, 1000, 2500, 4096, 10_000, 25_000, 40_000};

    private BudgetPrograms() {}

    public static void main(String[] arguments) {
        switch (arguments[0]) {
            case "steps" -> steps(false);
            case "scopedSteps" -> steps(true);
            case "exhaust" -> exhaust();
            case "shapes" -> changingShapes();
            case "threads" -> threads();
            case "trace" -> trace();
            case "limit" -> System.out.println(MemoryBudget.limit());
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Prints the largest number of live bytes after each tenth of the steps. */
    private static void steps(boolean scoped) {
        long most = 0;
        for (int step = 1; step <= 20_000; step++) {
            try (StorageScope scope = scoped ? StorageScope.open("step") : null) {
                Storage loss = null;
                for (long bytes : BYTES) {
                    loss = Storage.allocate(DType.INT8, bytes);
                    Bytes.slice(loss).fill((byte) step);
                }
                if (scope != null) {
                    scope.keep(loss);
                }
                Reference.reachabilityFence(loss);
            }
            most = Math.max(most, MemoryBudget.liveBytes());
            if (step % 2000 == 0) {
                System.out.println(most);
                most = 0;
            }
        }
    }

    /** Holds all that it can get, prints the message, drops it and goes on. */
    private static void exhaust() {
        for (int round = 0; round < 2; round++) {
            List<Storage> held = new ArrayList<>();
            try {
                while (true) {
                    held.add(Storage.allocate(DType.FLOAT32, 1 << 20));
                    held.add(Storage.allocate(DType.INT64, 1000));
                    held.add(Storage.allocate(DType.BOOL, 1));
                }
            } catch (MemoryException e) {
                System.out.println(held.size() + " " + MemoryBudget.reservedBytes() + " " + e.getMessage());
            }
        }
    }

    /** Each round needs more than half of the budget, in blocks of other sizes. */
    private static void changingShapes() {
        for (int round = 0; round < 30; round++) {
            long each = 1_500_000 + 400_000L * (round % 7);
            List<Storage> held = new ArrayList<>();
            try (StorageScope scope = StorageScope.open("round")) {
                for (long used = 0; used < 150_000_000; used += each) {
                    held.add(Storage.allocate(DType.INT8, each));
                    held.add(Storage.allocate(DType.INT8, 700 + 300 * (round % 5)));
                }
                scope.keep(held.get(1));
            }
        }
        System.out.println(MemoryBudget.describe());
    }

    /** Threads that together make far more garbage than the budget holds. */
    private static void threads() {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < 3000; i++) {
                    Storage.allocate(DType.FLOAT32, 1000 + 500 * (i % 100));
                }
            }));
        }
        threads.forEach(Thread::start);
        threads.forEach(BudgetPrograms::join);
        System.out.println(MemoryBudget.describe());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Uses a freed storage and leaks another. */
    private static void trace() {
        Storage freed;
        try (StorageScope scope = StorageScope.open("traced")) {
            freed = Storage.allocate(DType.FLOAT32, 10);
            scope.keep(Storage.allocate(DType.FLOAT32, 10));
        }
        System.gc();
        try {
            freed.segment();
        } catch (IllegalStateException e) {
            System.out.println(e.getMessage());
        }
        Storage leaked = Storage.allocate(DType.INT16, 20);
        System.out.println(MemoryBudget.leakReport());
        Reference.reachabilityFence(leaked);
    }
}
