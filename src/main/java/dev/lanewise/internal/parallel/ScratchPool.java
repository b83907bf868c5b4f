package dev.lanewise.internal.parallel;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * Lends work buffers to kernels and takes them back.
 *
 * <p>Not thread-local on purpose: a program with thousands of (virtual) threads holds only as many buffers as it has
 * used at the same time, and at most {@value #MOST_KEPT} at rest.
 *
 * @param <T> the buffer
 */
public final class ScratchPool<T> {
    private static final int MOST_KEPT = 64;

    private final Supplier<T> maker;
    private final ArrayDeque<T> resting = new ArrayDeque<>();

    /** A pool whose buffers are made by {@code maker} as they are needed. */
    public ScratchPool(Supplier<T> maker) {
        this.maker = maker;
    }

    /** A buffer with any content, the caller's until it is given back. */
    public T take() {
        synchronized (resting) {
            T last = resting.pollLast();
            if (last != null) {
                return last;
            }
        }
        return maker.get();
    }

    /** Gives a buffer back; the caller must not touch it any more. */
    public void give(T buffer) {
        synchronized (resting) {
            if (resting.size() < MOST_KEPT) {
                resting.addLast(buffer);
            }
        }
    }
}
