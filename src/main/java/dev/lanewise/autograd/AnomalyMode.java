package dev.lanewise.autograd;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;

/**
 * Looks for NaN in the gradients that backward computes, and tells which operation gave the first one.
 *
 * <pre>{@code
 * try (var mode = AnomalyMode.on()) {
 *     loss = criterion.forward(model.forward(x), y);
 *     loss.backward();
 * }
 * }</pre>
 *
 * <p>While it is on, every recorded operation remembers where it was called, and every gradient is read once more: for
 * debugging only. It holds for all threads. Source: PyTorch's {@code torch.autograd.detect_anomaly}.
 */
public final class AnomalyMode implements AutoCloseable {
    private static final String OWN = "dev.lanewise.";
    private static final StackWalker STACK = StackWalker.getInstance();

    private static volatile boolean enabled;

    private final boolean before;

    private AnomalyMode(boolean before) {
        this.before = before;
    }

    /** True while gradients are checked. */
    public static boolean isEnabled() {
        return enabled;
    }

    /** Checks gradients until the returned object is closed. */
    public static AnomalyMode on() {
        return set(true);
    }

    /** Checks gradients, or not, until the returned object is closed. */
    public static AnomalyMode set(boolean on) {
        AnomalyMode mode = new AnomalyMode(enabled);
        enabled = on;
        return mode;
    }

    /** Restores what was set before. */
    @Override
    public void close() {
        enabled = before;
    }

    /** The first place on the stack outside the library, or the last one if there is none. */
    static String caller() {
        return STACK.walk(frames -> frames.map(StackWalker.StackFrame::toStackTraceElement)
                        .filter(frame -> !isOwn(frame.getClassName()))
                        .findFirst())
                .map(String::valueOf)
                .orElse("an unknown place");
    }

    /** True for the library's classes; models made of modules count as the user's where they are in other packages. */
    private static boolean isOwn(String name) {
        return name.startsWith(OWN) && name.indexOf('.', OWN.length()) < 0
                || name.startsWith(OWN + "op.")
                || name.startsWith(OWN + "nn.")
                || name.startsWith(OWN + "autograd.")
                || name.startsWith(OWN + "internal.");
    }

    /** Refuses NaN in what a node computed. */
    static void check(Node node, Tensor[] gradients) {
        for (int i = 0; i < gradients.length; i++) {
            Tensor gradient = gradients[i];
            if (gradient != null
                    && node.next(i) != null
                    && gradient.detach().isnan().any().itemBoolean()) {
                String place = node.callSite();
                throw Check.grad("backward", node.name() + " gave NaN in the gradient of its input " + i)
                        .operand("gradient", gradient.dtype(), gradient.sizes())
                        .hint(
                                place == null
                                        ? "Switch AnomalyMode on before the forward pass to learn where it was called."
                                        : "It was called at " + place + ".")
                        .error();
            }
        }
    }
}
