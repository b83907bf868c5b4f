package dev.lanewise.internal.simd;

import java.time.Duration;

/**
 * A vector kernel that is made when first asked for and handed out once it is warm.
 *
 * @param <K> the kernel
 */
abstract class WarmSlot<K> implements Warmer.Task {
    /** On a busy machine the warmer may give up; a kernel that is still in use is worth another try. */
    private static final int MOST_TRIES = 3;

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final String name;
    private int tries;
    // Races lose counts, which does no harm.
    private int asked;
    private long askAgain;
    private volatile K warm;
    private K candidate;

    WarmSlot(String name) {
        this.name = name;
    }

    /** A new copy of the kernel's template. */
    abstract K copy();

    /** The kernel; null while it is cold or where vectors are off. */
    final K get() {
        K kernel = warm;
        return kernel == null ? ask() : kernel;
    }

    /** The kernel if others had it warmed; for calls that are not worth warming it. */
    final K ifWarm() {
        return warm;
    }

    /** The copy that is being warmed. */
    final K candidate() {
        return candidate;
    }

    /** Takes a fresh copy in place of one that the JIT compiled badly. */
    final void replace() {
        candidate = copy();
    }

    private K ask() {
        asked++;
        if (!Simd.isOn() || Simd.warmup() == Simd.Warmup.OFF) {
            return null;
        }
        synchronized (this) {
            boolean again = tries < MOST_TRIES && System.nanoTime() > askAgain && Warmer.SHARED.isIdle();
            if (tries == 0 || again) {
                tries++;
                askAgain = System.nanoTime() + PAUSE.toNanos();
                if (Simd.warmup() == Simd.Warmup.BACKGROUND) {
                    Warmer.SHARED.submit(this);
                } else {
                    useAtOnce();
                }
            }
        }
        return warm;
    }

    /** Uses the vector form from now on, compiled or not. */
    final void useAtOnce() {
        try {
            prepare();
            ready();
        } catch (Templates.Unavailable e) {
            Simd.tell(name + " stays scalar, because " + e.getMessage());
        }
    }

    @Override
    public void prepare() {
        candidate = copy();
    }

    @Override
    public void ready() {
        warm = candidate;
        candidate = null;
    }

    @Override
    public final int asked() {
        return asked;
    }

    @Override
    public final String name() {
        return name;
    }
}
