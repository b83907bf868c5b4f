package dev.lanewise;

import dev.lanewise.internal.storage.StorageScope;

/**
 * Frees at its end what a thread has allocated since its beginning, except the tensors that are kept.
 *
 * <pre>{@code
 * try (Scope step = Scope.open("step")) {
 *     Tensor loss = model.forward(x).sub(y).square().mean();
 *     ...
 *     last = step.keep(loss);
 * }
 * }</pre>
 *
 * <p>Scopes nest. A tensor belongs to the innermost scope that was open in the thread that made it; tensors that other
 * threads make meanwhile do not belong to it. All views of a tensor share its memory and are kept or freed together.
 * Using a freed tensor throws {@link ClosedException}. Scopes are never needed: without them the collector frees
 * memory, later.
 */
public final class Scope implements AutoCloseable {
    private final StorageScope scope;

    private Scope(StorageScope scope) {
        this.scope = scope;
    }

    /** Opens a scope in the current thread, to be closed by try-with-resources. */
    public static Scope open() {
        return new Scope(StorageScope.open(null));
    }

    /** Opens a scope in the current thread; messages about tensors that it freed give its name. */
    public static Scope open(String name) {
        return new Scope(StorageScope.open(name));
    }

    /**
     * Keeps a tensor beyond this scope: it then belongs to the scope around this one, or to none if there is none.
     *
     * <p>Returns the tensor. A tensor that outlives this scope anyway stays as it is; gradients and graph are not kept
     * with it. Errors: {@link ClosedException} if the tensor or the scope is closed, IllegalStateException in a thread
     * that did not open the scope.
     */
    public <T extends Tensor> T keep(T tensor) {
        scope.keep(tensor.storage());
        return tensor;
    }

    /** Keeps several tensors; see {@link #keep(Tensor)}. */
    public void keep(Tensor first, Tensor second, Tensor... more) {
        keep(first);
        keep(second);
        for (Tensor tensor : more) {
            keep(tensor);
        }
    }

    /**
     * Takes a tensor out of all scopes: it lives until it is closed or unreachable, as state that is made in a step and
     * used in the next must.
     *
     * <p>Returns the tensor. Errors: {@link ClosedException} if it is closed, IllegalStateException if it belongs to a
     * scope of another thread.
     */
    public static <T extends Tensor> T escape(T tensor) {
        StorageScope.escape(tensor.storage());
        return tensor;
    }

    /**
     * Frees the tensors of this scope; a second call does nothing.
     *
     * <p>Errors: IllegalStateException in a thread that did not open the scope, and while a scope inside it is open.
     */
    @Override
    public void close() {
        scope.close();
    }
}
