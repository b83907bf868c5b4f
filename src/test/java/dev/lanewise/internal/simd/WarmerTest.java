package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which kernels the background thread spends its time on. */
@Tag("slow")
class WarmerTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Not the shared one: kernels that other tests left behind would have their turns first. */
    private final Warmer warmer = new Warmer();

    private final Kernel kernel = new Kernel();

    /** A kernel whose calls allocate until it is told to stop. */
    private static final class Kernel implements Warmer.Task {
        final CountDownLatch ready = new CountDownLatch(1);
        final AtomicInteger asked = new AtomicInteger(1);
        volatile boolean compiled;
        final AtomicLong calls = new AtomicLong();
        volatile long callNanos;
        final AtomicReference<byte[]> garbage = new AtomicReference<>();

        @Override
        public void prepare() {
            // There is nothing to make.
        }

        @Override
        public void call(MemorySegment memory, int round) {
            calls.getAndIncrement();
            if (!compiled) {
                garbage.set(new byte[16]);
            }
            LockSupport.parkNanos(callNanos);
        }

        @Override
        public void ready() {
            ready.countDown();
        }

        @Override
        public int asked() {
            return asked.get();
        }

        @Override
        public String name() {
            return "a kernel of a test";
        }
    }

    @AfterEach
    void finish() throws InterruptedException {
        kernel.compiled = true;
        kernel.callNanos = 0;
        kernel.asked.getAndIncrement();
        assertTrue(kernel.ready.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "what allocates no more becomes ready");
    }

    @Test
    void aKernelThatNobodyAsksForRestsUntilSomebodyDoes() {
        assumeTrue(AllocationProbe.works(), "this VM does not count allocation");
        warmer.submit(kernel);
        until(() -> kernel.calls.get() > 0, "it has a turn");
        until(warmer::isIdle, "it rests");
        long calls = kernel.calls.get();
        kernel.asked.getAndIncrement();
        until(() -> kernel.calls.get() > calls, "it is warmed again when it is asked for");
        until(warmer::isIdle, "it rests again");
        assertEquals(1, kernel.ready.getCount(), "it is not ready");
    }

    @Test
    void noKernelRestsWhileSomebodyWaits() {
        assumeTrue(AllocationProbe.works(), "this VM does not count allocation");
        warmer.submit(kernel);
        until(() -> kernel.calls.get() > 0, "it has a turn");
        until(warmer::isIdle, "it rests");
        long calls = kernel.calls.get();
        until(() -> !warmer.await(Duration.ofMillis(100)) && kernel.calls.get() > calls, "it is warmed");
        assertEquals(1, kernel.ready.getCount(), "it is not ready");
    }

    @Test
    void aKernelOfSlowCallsLeavesItsTurnToOthers() throws InterruptedException {
        assumeTrue(AllocationProbe.works(), "this VM does not count allocation");
        kernel.callNanos = Duration.ofSeconds(1).toNanos();
        warmer.submit(kernel);
        until(() -> kernel.calls.get() > 0, "it has a turn");
        Kernel other = new Kernel();
        other.compiled = true;
        warmer.submit(other);
        assertTrue(other.ready.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "the other becomes ready");
        assertTrue(kernel.calls.get() < 10, () -> "the slow one was called " + kernel.calls + " times before");
    }

    private static void until(BooleanSupplier state, String what) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!state.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        assertTrue(state.getAsBoolean(), what);
    }
}
