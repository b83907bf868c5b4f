package dev.lanewise.internal.parallel;

import dev.lanewise.internal.error.Check;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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

    /**
     * How long a helper without work looks for the next loop before it sleeps. Waking it takes 50-90 µs and costs the caller
     * 2-5; a helper that is awake begins after 0.2-0.3.
     */
    private static final long AWAKE_NANOS = 50_000;

    /** Looks between two readings of the clock. */
    private static final int LOOKS = 64;

    /** Of so many short loops that find no helper awake one wakes them: where they come thick and fast, that pays. */
    private static final int SHORT_LOOPS = 64;

    /** Helpers that look for work. */
    private static final AtomicInteger AWAKE = new AtomicInteger();

    private static final AtomicInteger ALONE = new AtomicInteger();

    /** How long ranges run on their caller's thread after a helper was held up; doubles with each strike. */
    private static final long ALONE_NANOS = 1_000_000;

    private static final int MOST_STRIKES = 8;

    /** Loops that a helper held up, less those that went well; threads may overwrite each other's count. */
    private static volatile int strikes;

    private static volatile long aloneUntil = System.nanoTime();

    /** A loop that wants helpers, for those that are awake. */
    private static final AtomicReference<Job> OPEN = new AtomicReference<>();

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
     * <p>Runs on the calling thread alone if {@code n <= grain}, with one thread, from within another body, or for some
     * milliseconds after a loop whose caller waited longer for a helper, which other programs held up, than it worked. What a
     * body throws is thrown here unchanged (the first one, if several throw), and the chunks not begun yet are dropped.
     */
    public static void forRange(long n, long grain, RangeBody body) {
        forRange(n, grain, true, body);
    }

    /** As {@link #forRange}, but mostly with those helpers alone that are awake, for a loop too short to wake one. */
    public static void forShortRange(long n, long grain, RangeBody body) {
        forRange(n, grain, false, body);
    }

    private static void forRange(long n, long grain, boolean wakes, RangeBody body) {
        if (n <= 0) {
            return;
        }
        if (n <= grain) {
            body.run(0, n);
            return;
        }
        long step = Math.max(1, grain);
        if (threads == 1 || Job.inside() || isMachineBusy()) {
            for (long from = 0; from < n; from += step) {
                body.run(from, from + Math.min(step, n - from));
            }
            return;
        }
        share(new Job(n, step, body), wakes);
    }

    /** Runs {@code body} for 0 to {@code count - 1} under the rules of {@link #forRange} with a grain of 1. */
    public static void forTasks(int count, IntConsumer body) {
        if (count <= 1 || threads == 1 || Job.inside()) {
            for (int task = 0; task < count; task++) {
                body.accept(task);
            }
            return;
        }
        share(new Job(count, 1, (task, end) -> body.accept((int) task)), true);
    }

    /** Whoever waits for work either is seen here or, on falling asleep, sees the job. */
    private static void share(Job job, boolean wakes) {
        boolean shown = OPEN.compareAndSet(null, job);
        int missing = job.helpers() - (shown ? AWAKE.get() : 0);
        if (missing > 0 && (wakes || ALONE.incrementAndGet() % SHORT_LOOPS == 0)) {
            wake(job, missing);
        }
        try {
            job.runAndWait();
            rate(job);
        } finally {
            if (shown) {
                OPEN.set(null);
            }
        }
    }

    private static boolean isMachineBusy() {
        return strikes > 0 && System.nanoTime() < aloneUntil;
    }

    private static void rate(Job job) {
        int before = strikes;
        if (job.isHeldUp()) {
            int now = Math.min(before + 1, MOST_STRIKES);
            aloneUntil = System.nanoTime() + (ALONE_NANOS << now);
            strikes = now;
        } else if (before > 0) {
            strikes = before - 1;
        }
    }

    private static void wake(Job job, int helpers) {
        try {
            ForkJoinPool workers = pool();
            for (int i = 0; i < helpers; i++) {
                workers.execute(job.helper());
            }
        } catch (RejectedExecutionException closing) {
            // The pool is being replaced or the VM is ending: the caller does what the helpers leave.
        }
    }

    /** What a helper does that has found work: it looks for more before it sleeps. */
    static void lookForMore() {
        boolean found = true;
        while (found) {
            AWAKE.incrementAndGet();
            long end = System.nanoTime() + AWAKE_NANOS;
            Job job = OPEN.get();
            for (int look = 1; isOver(job) && (look % LOOKS != 0 || System.nanoTime() < end); look++) {
                Thread.onSpinWait();
                job = OPEN.get();
            }
            AWAKE.decrementAndGet();
            job = OPEN.get();
            found = !isOver(job) && job.help();
        }
    }

    private static boolean isOver(Job job) {
        return job == null || job.helpers() <= 0;
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
