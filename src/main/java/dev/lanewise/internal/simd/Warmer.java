package dev.lanewise.internal.simd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs vector kernels on dummy data in a background thread until they are compiled, and then says so to their owners.
 *
 * <p>Vector code is compiled well when a call allocates nothing; before, each vector is a heap object. Low time per element
 * is no such sign: there is a half-compiled state that still allocates and yet is fast enough to mislead.
 */
public final class Warmer {
    private static final Duration TURN = Duration.ofMillis(400);
    private static final int TURNS = 40;
    private static final int FIRST_TRY = 4;
    private static final int CALLS = 50;
    private static final int CLEAN_ROUNDS = 8;
    /** Calls that are taken to be enough where allocation cannot be measured. */
    private static final int BLIND_CALLS = 40_000;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition CHANGED = LOCK.newCondition();
    /** Those with the fewest turns first: a kernel that the JIT compiles at once does not wait for those it never does. */
    private static final PriorityQueue<Entry> QUEUE =
            new PriorityQueue<>(Comparator.<Entry>comparingInt(e -> e.turns).thenComparingLong(e -> e.arrival));

    private static long arrivals;
    private static int unfinished;
    private static boolean started;

    private Warmer() {}

    /** A kernel to be warmed. */
    public interface Task {
        /** Makes what is to be warmed; called before the others, and again, to make it anew, where warming takes long. */
        void prepare();

        /**
         * One call of the kernel on dummy data, allocating nothing of its own.
         *
         * @param memory native, 64-byte aligned, of at least {@link #MEMORY} bytes, for inputs and results
         * @param round counts the calls, to vary their sizes
         */
        void call(MemorySegment memory, int round);

        /** Called in the background thread when calls allocate nothing any more: switch to the kernel now. */
        void ready();

        /** What is warmed, for messages. */
        String name();

        /** Bytes of memory for a call. */
        int MEMORY = 1 << 16;
    }

    private static final class Entry {
        final Task task;
        long arrival;
        int turns;
        /** The turn that begins with a new copy: a copy that was compiled badly may stay so, a new one seldom does. */
        int nextStart;

        int calls;

        Entry(Task task) {
            this.task = task;
        }
    }

    /** Asks for a kernel to be warmed, after those asked for before that had no turn yet. */
    @SuppressWarnings("ThreadPriorityCheck") // the program goes first
    public static void submit(Task task) {
        LOCK.lock();
        try {
            enqueue(new Entry(task));
            unfinished++;
            if (!started) {
                started = true;
                Thread thread = new Thread(null, Warmer::work, "lanewise-warmer");
                thread.setDaemon(true);
                thread.setPriority(Thread.MIN_PRIORITY);
                thread.setContextClassLoader(null);
                thread.start();
            }
            CHANGED.signalAll();
        } finally {
            LOCK.unlock();
        }
    }

    private static void enqueue(Entry entry) {
        entry.arrival = arrivals++;
        QUEUE.add(entry);
    }

    /** True if nothing is waiting or being warmed. */
    public static boolean isIdle() {
        LOCK.lock();
        try {
            return unfinished == 0;
        } finally {
            LOCK.unlock();
        }
    }

    /** Waits until nothing is waiting or being warmed; false if that takes longer than {@code limit}. */
    public static boolean await(Duration limit) {
        long left = limit.toNanos();
        LOCK.lock();
        try {
            while (unfinished > 0 && left > 0) {
                left = CHANGED.awaitNanos(left);
            }
            return unfinished == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            LOCK.unlock();
        }
    }

    private static void work() {
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

    private static Entry take() {
        LOCK.lock();
        try {
            while (QUEUE.isEmpty()) {
                CHANGED.awaitUninterruptibly();
            }
            return QUEUE.remove();
        } finally {
            LOCK.unlock();
        }
    }

    /** What is not warm after a turn goes behind those with fewer turns, and after its last turn stays scalar. */
    private static void done(Entry entry, boolean finished) {
        LOCK.lock();
        try {
            if (finished || entry.turns >= TURNS) {
                unfinished--;
            } else {
                enqueue(entry);
            }
            CHANGED.signalAll();
        } finally {
            LOCK.unlock();
        }
    }

    private static boolean turn(Entry entry, MemorySegment memory) {
        if (entry.turns == entry.nextStart) {
            entry.nextStart = 3 * entry.turns + FIRST_TRY;
            entry.task.prepare();
        }
        entry.turns++;
        long end = System.nanoTime() + TURN.toNanos();
        int clean = 0;
        while (clean < CLEAN_ROUNDS && System.nanoTime() < end) {
            long before = Allocation.ofThisThread();
            for (int i = 0; i < CALLS; i++) {
                entry.task.call(memory, entry.calls++);
            }
            boolean none = before < 0 ? entry.calls > BLIND_CALLS : Allocation.ofThisThread() == before;
            clean = none ? clean + 1 : 0;
        }
        if (clean < CLEAN_ROUNDS) {
            return false;
        }
        entry.task.ready();
        return true;
    }
}
