package dev.lanewise.internal.simd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs vector kernels on dummy data in a background thread until they are compiled, and then says so to their owners.
 *
 * <p>Vector code is compiled well when a call allocates nothing; before, each vector is a heap object. Low time per element
 * is no such sign: there is a half-compiled state that still allocates and yet is fast enough to mislead.
 */
public final class Warmer {
    /** Short, so that the JIT compiles one kernel while the next ones are called. */
    private static final Duration TURN = Duration.ofMillis(100);

    private static final int TURNS = 160;
    /**
     * A kernel that the program has not asked for so long rests until it does: warming makes garbage and takes time from the
     * program. Longer than most calls, during which nobody asks for the kernel that they use.
     */
    private static final long REST_AFTER = Duration.ofSeconds(3).toNanos();

    private static final int FIRST_TRY = 12;
    private static final int CALLS = 50;
    private static final int CLEAN_ROUNDS = 8;
    /** Calls that are taken to be enough where allocation cannot be measured. */
    private static final int BLIND_CALLS = 40_000;
    /** Calls that are interpreted are short ones, and so are those that take longer than this afterwards. */
    private static final long LONG_CALL = 100_000;

    private static final int INTERPRETED = 300;
    /** A copy is not given up before: the JIT asks for 5,000 calls, or for more if it is busy. */
    private static final int LEAST_CALLS = 8_000;
    /** Calls after which the JIT has been asked for all it can do: from then on it needs the processor more than this. */
    private static final int HOT_CALLS = 6_000;

    /**
     * Those that the program asked for again since their last turn first, then those with the fewest turns: a kernel that
     * the JIT compiles at once does not wait for those it never does.
     */
    private static final Comparator<Entry> ORDER = Comparator.<Entry>comparingInt(e -> e.isWanted() ? 0 : 1)
            .thenComparingInt(e -> e.turns)
            .thenComparingLong(e -> e.arrival);

    /** The one that all kernels share: several would fight for the JIT. */
    static final Warmer SHARED = new Warmer();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Entry> queue = new ArrayList<>();

    private long arrivals;
    private int unfinished;
    private boolean busy;
    /** Callers of {@link #await}: while there are any, no kernel rests. */
    private int waiting;

    private boolean started;

    /** A kernel to be warmed. */
    public interface Task {
        /** Makes what is to be warmed; called before the others, and again, to make it anew, where warming takes long. */
        void prepare();

        /**
         * One call of the kernel on dummy data, allocating nothing of its own.
         *
         * @param memory native, 64-byte aligned, of at least {@link #MEMORY} bytes, for inputs and results
         * @param round counts the calls, to vary their sizes; below {@link #SHORT} a call is to compute as little as it can,
         *     though each loop twice at times, or the JIT takes it for none
         */
        void call(MemorySegment memory, int round);

        /** Called in the background thread when calls allocate nothing any more: switch to the kernel now. */
        void ready();

        /** How often the program has asked for the kernel so far, about. */
        int asked();

        /** What is warmed, for messages. */
        String name();

        /** Bytes of memory for a call. */
        int MEMORY = 1 << 16;
        /** Rounds below this ask for short calls: before the JIT has compiled it, a vector takes up to 100 microseconds. */
        int SHORT = 256;
    }

    private static final class Entry {
        final Task task;
        long arrival;
        int turns;
        /** The turn that begins with a new copy: a copy that was compiled badly may stay so, a new one seldom does. */
        int nextStart;

        /** Calls of the present copy. */
        int calls;

        private long callNanos;
        private int asked;
        private int seen;
        private long seenAt = System.nanoTime();

        Entry(Task task) {
            this.task = task;
        }

        boolean isWanted() {
            return task.asked() != asked;
        }

        boolean rests() {
            long now = System.nanoTime();
            int count = task.asked();
            if (count != seen) {
                seen = count;
                seenAt = now;
            }
            return now - seenAt > REST_AFTER;
        }

        void begin() {
            asked = task.asked();
            if (turns >= nextStart && (turns == 0 || calls > LEAST_CALLS)) {
                nextStart = 3 * turns + FIRST_TRY;
                calls = 0;
                task.prepare();
            }
            turns++;
        }

        /** Some calls, fewer where the turn ends before: interpreted, or beside busy processors, one may take milliseconds. */
        void callMany(MemorySegment memory, long end) {
            boolean brief = calls < INTERPRETED || callNanos > LONG_CALL;
            long start = System.nanoTime();
            long now = start;
            int done = 0;
            while (done < CALLS && now < end) {
                task.call(memory, brief ? calls & Task.SHORT - 1 : calls | Task.SHORT);
                calls++;
                done++;
                now = System.nanoTime();
            }
            callNanos = (now - start) / Math.max(1, done);
        }
    }

    /** Asks for a kernel to be warmed, after those asked for before that had no turn yet. */
    @SuppressWarnings("ThreadPriorityCheck") // the program goes first
    public void submit(Task task) {
        lock.lock();
        try {
            enqueue(new Entry(task));
            unfinished++;
            if (!started) {
                started = true;
                Thread thread = new Thread(null, this::work, "lanewise-warmer");
                thread.setDaemon(true);
                thread.setPriority(Thread.MIN_PRIORITY);
                thread.setContextClassLoader(null);
                thread.start();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(Entry entry) {
        entry.arrival = arrivals++;
        queue.add(entry);
    }

    /** True if nothing is being warmed or waits for its turn, but those that rest. */
    public boolean isIdle() {
        lock.lock();
        try {
            return !busy && queue.stream().allMatch(Entry::rests);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is waiting, resting or being warmed; false if that takes longer than {@code limit}. */
    public boolean await(Duration limit) {
        long left = limit.toNanos();
        lock.lock();
        try {
            waiting++;
            changed.signalAll();
            while (unfinished > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return unfinished == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    private void work() {
        MemorySegment memory = Arena.ofAuto().allocate(Task.MEMORY, 64);
        // values near 1 in every floating-point format, so that no function meets subnormals or overflow
        memory.fill((byte) 0x3F);
        while (true) {
            Entry entry = take();
            boolean finished;
            try {
                finished = turn(entry, memory);
            } catch (RuntimeException | LinkageError e) {
                Simd.tell(entry.task.name() + " stays scalar, because "
                        + (e instanceof Templates.Unavailable ? e.getMessage() : e));
                finished = true;
            }
            done(entry, finished);
        }
    }

    private Entry take() {
        lock.lock();
        try {
            Entry next = next();
            while (next == null) {
                try {
                    // Who asks for a kernel that rests only counts, and does not wake this thread.
                    changed.awaitNanos(queue.isEmpty() ? Long.MAX_VALUE : TURN.toNanos());
                } catch (InterruptedException e) {
                    // The thread is this class's own, and does not end.
                }
                next = next();
            }
            queue.remove(next);
            busy = true;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private Entry next() {
        return queue.stream()
                .filter(entry -> !entry.rests() || waiting > 0)
                .min(ORDER)
                .orElse(null);
    }

    /** What is not warm after a turn goes behind those with fewer turns, and after its last turn stays scalar. */
    private void done(Entry entry, boolean finished) {
        lock.lock();
        try {
            busy = false;
            if (finished || entry.turns >= TURNS) {
                unfinished--;
            } else {
                enqueue(entry);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static boolean turn(Entry entry, MemorySegment memory) {
        entry.begin();
        long end = System.nanoTime() + TURN.toNanos();
        int clean = 0;
        while (clean < CLEAN_ROUNDS && System.nanoTime() < end) {
            long start = System.nanoTime();
            long before = Allocation.ofThisThread();
            entry.callMany(memory, end);
            boolean none = before < 0 ? entry.calls > BLIND_CALLS : Allocation.ofThisThread() == before;
            clean = none ? clean + 1 : 0;
            if (!none && entry.calls > HOT_CALLS) {
                LockSupport.parkNanos((System.nanoTime() - start) / 2);
            }
        }
        if (clean < CLEAN_ROUNDS) {
            return false;
        }
        entry.task.ready();
        return true;
    }
}
