package dev.lanewise.internal.parallel;

import dev.lanewise.internal.error.Check;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;

/**
 * Runs a loop in chunks on the calling thread and the library's daemon threads.
 *
 * <p>The edges of the chunks depend on the loop's length and grain only, never on the number of threads, so a body that
 * computes one result per chunk gives the same bits with any number of threads. A call from within a body runs on its
 * own thread: parallel loops do not nest.
 */
public final class Parallel {
    private static final String PROPERTY = "lanewise.threads";
    // ForkJoinPool refuses more.
    private static final int MOST_THREADS = 0x7fff;

    private static final Object LOCK = new Object();
    private static volatile int threads = initialThreads(System.getProperty(PROPERTY));
    private static volatile ForkJoinPool pool;

    private Parallel() {}

    /** The body of a loop over a range. */
    @FunctionalInterface
    public interface RangeBody {
        /** Runs the positions {@code from} (inclusive) to {@code to} (exclusive). */
        void run(long from, long to);
    }

    /** How many threads a loop may use, the caller's included. */
    public static int threads() {
        return threads;
    }

    /**
     * Sets how many threads a loop may use, the caller's included; loops that are running keep theirs.
     *
     * @throws IllegalArgumentException if {@code count} is less than 1 or more than 32767
     */
    public static void setThreads(int count) {
        if (count < 1 || count > MOST_THREADS) {
            throw Check.argument("setNumThreads", "the number of threads must be in [1, " + MOST_THREADS + "]")
                    .got(count)
                    .error();
        }
        synchronized (LOCK) {
            if (count != threads) {
                threads = count;
                ForkJoinPool old = pool;
                pool = null;
                if (old != null) {
                    old.shutdown();
                }
            }
        }
    }

    /**
     * Runs {@code body} over the chunks {@code [i * grain, min(n, (i + 1) * grain))}, in any order and concurrently,
     * and returns when all are done.
     *
     * <p>Runs on the calling thread alone if {@code n <= grain}, with one thread, or from within another body. What a
     * body throws is thrown here unchanged (the first one, if several throw), and the chunks not begun yet are dropped.
     */
    public static void forRange(long n, long grain, RangeBody body) {
        if (n <= 0) {
            return;
        }
        if (n <= grain) {
            body.run(0, n);
            return;
        }
        long step = Math.max(1, grain);
        long chunks = (n - 1) / step + 1;
        if (threads == 1 || Job.inside()) {
            for (long from = 0; from < n; from += step) {
                body.run(from, from + Math.min(step, n - from));
            }
            return;
        }
        share(new Job(chunks, chunk -> {
            long from = chunk * step;
            body.run(from, from + Math.min(step, n - from));
        }));
    }

    /** Runs {@code body} for 0 to {@code count - 1} under the rules of {@link #forRange} with a grain of 1. */
    public static void forTasks(int count, IntConsumer body) {
        if (count <= 1 || threads == 1 || Job.inside()) {
            for (int task = 0; task < count; task++) {
                body.accept(task);
            }
            return;
        }
        share(new Job(count, chunk -> body.accept((int) chunk)));
    }

    private static void share(Job job) {
        try {
            ForkJoinPool workers = pool();
            for (long helpers = Math.min(workers.getParallelism(), job.chunks() - 1); helpers > 0; helpers--) {
                workers.execute(job.helper());
            }
        } catch (RejectedExecutionException closing) {
            // The pool is being replaced or the VM is ending: the caller does what the helpers leave.
        }
        job.runAndWait();
    }

    private static ForkJoinPool pool() {
        ForkJoinPool current = pool;
        if (current != null) {
            return current;
        }
        synchronized (LOCK) {
            if (pool == null) {
                pool = new ForkJoinPool(Math.max(1, threads - 1), Parallel::newWorker, null, true);
            }
            return pool;
        }
    }

    private static ForkJoinWorkerThread newWorker(ForkJoinPool owner) {
        ForkJoinWorkerThread worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(owner);
        worker.setDaemon(true);
        worker.setName("lanewise-" + (worker.getPoolIndex() + 1));
        return worker;
    }

    static int initialThreads(String property) {
        int processors = Math.max(1, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));
        if (property == null) {
            return processors;
        }
        try {
            int asked = Integer.parseInt(property.strip());
            if (asked >= 1 && asked <= MOST_THREADS) {
                return asked;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, as a number out of range is.
        }
        System.err.println("lanewise: -D" + PROPERTY + " must be a whole number in [1, " + MOST_THREADS + "], got '"
                + property + "'; using " + processors + ".");
        return processors;
    }
}
