package dev.lanewise;

import java.util.function.Supplier;

/** Whether operations of this thread record a graph for gradients; on unless switched off. */
public final class GradMode implements AutoCloseable {
    // A one-element array per thread: reading it costs no boxing.
    private static final ThreadLocal<boolean[]> ENABLED = ThreadLocal.withInitial(() -> new boolean[] {true});

    private final boolean before;

    private GradMode(boolean before) {
        this.before = before;
    }

    /** True if operations of this thread record a graph. */
    public static boolean isEnabled() {
        return ENABLED.get()[0];
    }

    /** Switches recording off until the returned object is closed: {@code try (var g = GradMode.off()) { … }}. */
    public static GradMode off() {
        return set(false);
    }

    /** Switches recording on until the returned object is closed. */
    public static GradMode on() {
        return set(true);
    }

    /** Switches recording on or off until the returned object is closed. */
    public static GradMode set(boolean enabled) {
        boolean[] flag = ENABLED.get();
        GradMode mode = new GradMode(flag[0]);
        flag[0] = enabled;
        return mode;
    }

    /** Runs the body without recording, as {@code with torch.no_grad()}. */
    public static void noGrad(Runnable body) {
        try (var mode = off()) {
            body.run();
        }
    }

    /** Computes a value without recording. */
    public static <T> T noGrad(Supplier<T> body) {
        try (var mode = off()) {
            return body.get();
        }
    }

    /** Restores what was set before; to be called on the thread that made the object. */
    @Override
    public void close() {
        ENABLED.get()[0] = before;
    }
}
