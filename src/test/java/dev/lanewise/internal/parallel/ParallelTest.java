package dev.lanewise.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTest {
    private final int before = Parallel.threads();

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void runsEveryPositionOnce(int threads) {
        Parallel.setThreads(threads);
        for (int n : new int[] {0, 1, 2, 7, 8, 9, 63, 1000}) {
            for (long grain : new long[] {1, 8, 64, 5000}) {
                AtomicIntegerArray seen = new AtomicIntegerArray(n + 1);
                Parallel.forRange(n, grain, (from, to) -> {
                    for (long i = from; i < to; i++) {
                        seen.incrementAndGet((int) i);
                    }
                });
                for (int i = 0; i < n; i++) {
                    assertEquals(1, seen.get(i), "n=" + n + " grain=" + grain + " at " + i);
                }
                assertEquals(0, seen.get(n));
            }
        }
    }

    @Test
    void chunkEdgesDoNotDependOnTheThreads() {
        Set<String> expected = new TreeSet<>(Set.of("0-30", "30-60", "60-90", "90-100"));
        for (int threads = 1; threads <= 4; threads++) {
            Parallel.setThreads(threads);
            Set<String> edges = new ConcurrentSkipListSet<>();
            Parallel.forRange(100, 30, (from, to) -> edges.add(from + "-" + to));
            assertEquals(expected, edges, threads + " threads");
        }
    }

    @Test
    void edgesSurviveTheLargestLengths() {
        Set<String> edges = new ConcurrentSkipListSet<>();
        Parallel.forRange(Long.MAX_VALUE, Long.MAX_VALUE - 1, (from, to) -> edges.add(from + "-" + to));
        assertEquals(
                Set.of("0-" + (Long.MAX_VALUE - 1), (Long.MAX_VALUE - 1) + "-" + Long.MAX_VALUE), Set.copyOf(edges));
    }

    @Test
    void severalThreadsTakePart() throws InterruptedException {
        Parallel.setThreads(2);
        CountDownLatch bothHere = new CountDownLatch(2);
        Set<String> names = new ConcurrentSkipListSet<>();
        Parallel.forTasks(2, task -> {
            names.add(Thread.currentThread().getName());
            bothHere.countDown();
            try {
                assertTrue(bothHere.await(30, TimeUnit.SECONDS), "the two tasks did not run at the same time");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertEquals(2, names.size());
        assertTrue(names.contains(Thread.currentThread().getName()), "the caller takes part");
        assertTrue(names.stream().anyMatch(name -> name.startsWith("lanewise-")), () -> "a helper is named: " + names);
    }

    @Test
    void helpersAreDaemons() {
        Parallel.setThreads(3);
        AtomicInteger users = new AtomicInteger();
        Parallel.forTasks(64, task -> {
            if (Thread.currentThread().getName().startsWith("lanewise-")
                    && !Thread.currentThread().isDaemon()) {
                users.incrementAndGet();
            }
        });
        assertEquals(0, users.get());
    }

    @Test
    void nestedLoopsStayOnTheirThread() {
        Parallel.setThreads(3);
        AtomicInteger total = new AtomicInteger();
        AtomicInteger strays = new AtomicInteger();
        Parallel.forTasks(6, outer -> {
            Thread here = Thread.currentThread();
            Parallel.forRange(100, 1, (from, to) -> {
                total.addAndGet((int) (to - from));
                if (Thread.currentThread() != here) {
                    strays.incrementAndGet();
                }
            });
            Parallel.forTasks(5, inner -> total.incrementAndGet());
        });
        assertEquals(6 * 105, total.get());
        assertEquals(0, strays.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void throwsWhatTheBodyThrew(int threads) {
        Parallel.setThreads(threads);
        IOException cause = new IOException("disk");
        assertSame(
                cause,
                assertThrows(
                        IOException.class,
                        () -> Parallel.forTasks(100, task -> {
                            if (task == 57) {
                                throwUnchecked(cause);
                            }
                        })));
        assertThrows(
                StackOverflowError.class,
                () -> Parallel.forRange(100, 1, (from, to) -> {
                    throw new StackOverflowError();
                }));
        AtomicInteger after = new AtomicInteger();
        Parallel.forTasks(100, task -> after.incrementAndGet());
        assertEquals(100, after.get(), "works again after a failure");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwUnchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void keepsAnInterrupt() {
        Parallel.setThreads(2);
        AtomicInteger done = new AtomicInteger();
        Thread.currentThread().interrupt();
        Parallel.forRange(1000, 1, (from, to) -> done.incrementAndGet());
        assertTrue(Thread.interrupted());
        assertEquals(1000, done.get());
    }

    @Test
    void manyCallersAtOnceAndResizing() throws InterruptedException {
        AtomicInteger total = new AtomicInteger();
        Thread[] callers = new Thread[4];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = new Thread(() -> {
                for (int round = 0; round < 200; round++) {
                    Parallel.forRange(64, 4, (from, to) -> total.addAndGet((int) (to - from)));
                }
            });
            callers[i].start();
        }
        for (int round = 0; round < 50; round++) {
            Parallel.setThreads(1 + round % 4);
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(4 * 200 * 64, total.get());
    }

    @Test
    void refusesBadThreadCounts() {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> Parallel.setThreads(0));
        assertEquals("setNumThreads: the number of threads must be in [1, 32767], got 0.", error.getMessage());
        assertEquals(before, Parallel.threads());
    }

    @Test
    void aBadPropertyGivesOneClearLine() {
        int processors = Runtime.getRuntime().availableProcessors();
        assertEquals(processors, Parallel.initialThreads(null));
        assertEquals(7, Parallel.initialThreads(" 7 "));
        PrintStream err = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertEquals(processors, Parallel.initialThreads("many"));
            assertEquals(processors, Parallel.initialThreads("0"));
        } finally {
            System.setErr(err);
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertEquals(2, text.lines().count(), text);
        assertTrue(text.startsWith("lanewise: -Dlanewise.threads must be a whole number in [1, 32767], got 'many';"));
        assertFalse(text.contains("Exception"));
    }

    @Test
    void scratchIsReused() {
        ScratchPool<int[]> pool = new ScratchPool<>(() -> new int[4]);
        int[] first = pool.take();
        int[] second = pool.take();
        assertTrue(first != second);
        pool.give(first);
        assertSame(first, pool.take());
    }
}
