package dev.lanewise.internal.parallel;

import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;

/**
 * One parallel loop: a counter that hands out its chunks, and a count of those that are over.
 *
 * <p>The caller waits for chunks, not for helpers: a helper that starts late finds nothing to do, and no loop waits for
 * a busy pool.
 */
final class Job {
    /** Polls between two readings of the clock. */
    private static final int POLLS = 64;

    /** Polls so long before it parks: a helper's last chunk mostly ends soon, and to be woken takes 50-90 µs. */
    private static final long POLL_NANOS = 100_000;

    /** Nanoseconds that a caller may wait for the end of a chunk without a thought. */
    private static final long LONG_WAIT = 50_000;

    private static final ThreadLocal<boolean[]> INSIDE = ThreadLocal.withInitial(() -> new boolean[1]);

    // Updaters, not atomic objects: a job is all that a loop leaves on the heap, and is 72 bytes so instead of 128.
    private static final AtomicLongFieldUpdater<Job> NEXT = AtomicLongFieldUpdater.newUpdater(Job.class, "next");
    private static final AtomicLongFieldUpdater<Job> OVER = AtomicLongFieldUpdater.newUpdater(Job.class, "over");
    private static final AtomicIntegerFieldUpdater<Job> PLACES =
            AtomicIntegerFieldUpdater.newUpdater(Job.class, "places");
    private static final AtomicReferenceFieldUpdater<Job, Throwable> FAILURE =
            AtomicReferenceFieldUpdater.newUpdater(Job.class, Throwable.class, "failure");

    private final long n;
    private final long step;
    private final long chunks;
    private final Parallel.RangeBody body;
    private final Thread caller = Thread.currentThread();
    private boolean heldUp;
    private volatile long next;
    private volatile long over;
    private volatile int places;
    private volatile Throwable failure;

    /** A loop over the chunks of {@code step} positions that cover {@code n} of them. */
    Job(long n, long step, Parallel.RangeBody body) {
        this.n = n;
        this.step = step;
        this.body = body;
        chunks = (n - 1) / step + 1;
        places = (int) Math.min(Parallel.threads(), chunks) - 1;
    }

    /** How many more helpers there is work for. */
    int helpers() {
        return next < chunks ? places : 0;
    }

    /** True on a thread that is running a chunk. */
    static boolean inside() {
        return INSIDE.get()[0];
    }

    ForkJoinTask<?> helper() {
        return new Helper(this);
    }

    /** True if the caller, all chunks being taken, waited longer for the others than it worked itself. */
    boolean isHeldUp() {
        return heldUp;
    }

    void runAndWait() {
        long start = System.nanoTime();
        work();
        long waiting = System.nanoTime();
        boolean interrupted = false;
        boolean polls = true;
        for (int poll = 1; over < chunks; poll++) {
            if (polls) {
                Thread.onSpinWait();
                polls = poll % POLLS != 0 || System.nanoTime() - waiting < POLL_NANOS;
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        long waited = System.nanoTime() - waiting;
        heldUp = waited > LONG_WAIT && waited > waiting - start;
        if (interrupted) {
            caller.interrupt();
        }
        Throwable thrown = failure;
        if (thrown != null) {
            throw Job.<RuntimeException>unchanged(thrown);
        }
    }

    /** Takes part if there is work left for one more thread; false if there is none. */
    boolean help() {
        boolean wanted = next < chunks && PLACES.getAndDecrement(this) > 0;
        if (wanted) {
            work();
        }
        return wanted;
    }

    private void work() {
        boolean[] inside = INSIDE.get();
        inside[0] = true;
        try {
            for (long chunk = NEXT.getAndIncrement(this); chunk < chunks; chunk = NEXT.getAndIncrement(this)) {
                run(chunk);
                if (OVER.incrementAndGet(this) == chunks && Thread.currentThread() != caller) {
                    LockSupport.unpark(caller);
                }
            }
        } finally {
            inside[0] = false;
        }
    }

    private void run(long chunk) {
        if (failure == null) {
            try {
                long from = chunk * step;
                body.run(from, from + Math.min(step, n - from));
            } catch (Throwable thrown) {
                FAILURE.compareAndSet(this, null, thrown);
            }
        }
    }

    // A body may throw anything, and the caller is to see just that.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T unchanged(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static final class Helper extends ForkJoinTask<Void> {
        private static final long serialVersionUID = 1L;
        private final transient Job job;

        Helper(Job job) {
            this.job = job;
        }

        @Override
        public Void getRawResult() {
            return null;
        }

        @Override
        protected void setRawResult(Void value) {}

        @Override
        protected boolean exec() {
            if (job.help()) {
                Parallel.lookForMore();
            }
            return true;
        }
    }
}
