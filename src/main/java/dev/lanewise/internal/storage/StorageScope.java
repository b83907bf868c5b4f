package dev.lanewise.internal.storage;

import dev.lanewise.internal.error.Check;

/**
 * A span of a thread's time: what the thread allocates in it is freed when it closes, unless it is kept.
 *
 * <p>Scopes of a thread nest. A scope does not keep its storages reachable: what the collector finds earlier is freed
 * earlier. Storages that other threads allocate meanwhile belong to no scope of this thread.
 */
public final class StorageScope implements AutoCloseable {
    /** The owner of every storage that was closed by itself. */
    static final StorageScope CLOSED = new StorageScope();

    private final String name;
    private final Thread thread;
    private final LocalMemory local;
    private final StorageScope parent;
    private final Slab startSlab;
    private final int startPosition;
    private final String site;
    private ClaimList claims;
    private ClaimList fullSlabs;
    private volatile boolean closed;

    private StorageScope() {
        name = null;
        thread = null;
        local = null;
        parent = null;
        startSlab = null;
        startPosition = 0;
        site = null;
        closed = true;
    }

    private StorageScope(String name, LocalMemory local) {
        this.name = name;
        this.local = local;
        thread = Thread.currentThread();
        parent = local.scope();
        startSlab = local.slab();
        startPosition = startSlab == null ? 0 : startSlab.position();
        site = Trace.here();
        local.setScope(this);
    }

    /**
     * Opens a scope in the current thread, inside the one that is open; the name, which may be null, is for messages.
     */
    public static StorageScope open(String name) {
        return new StorageScope(name, LocalMemory.current());
    }

    /** The innermost open scope of the current thread, or null. */
    public static StorageScope current() {
        return LocalMemory.current().scope();
    }

    /** The name that was given, or null. */
    public String name() {
        return name;
    }

    /** True once the scope was closed. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Hands a storage on to the scope around this one, or to the collector when there is none.
     *
     * <p>A storage that already outlives this scope stays as it is. Errors: the storage or the scope is closed, or
     * either belongs to another thread.
     */
    public void keep(Storage storage) {
        if (closed) {
            throw Check.closed("keep", "the scope must be open")
                    .operand("scope", toString())
                    .error();
        }
        checkThread("keep");
        StorageScope owner = storage.openOwner();
        if (owner == null || (owner != this && encloses(owner, this))) {
            return;
        }
        if (!encloses(this, owner)) {
            throw new IllegalStateException("keep: the storage must belong to this thread's scopes, got one of " + owner
                    + " [storage: " + storage + "].");
        }
        storage.moveTo(parent);
    }

    /** Takes a storage out of all scopes, so that it lives until it is closed or unreachable. */
    public static void escape(Storage storage) {
        StorageScope owner = storage.openOwner();
        if (owner != null) {
            owner.checkThread("escape");
            storage.moveTo(null);
        }
    }

    /**
     * Frees what was allocated in the scope and not kept; a second call does nothing.
     *
     * <p>Errors: IllegalStateException in another thread than the one that opened the scope, and while a scope inside
     * it is open.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        checkThread("close");
        if (local.scope() != this) {
            throw new IllegalStateException("close: the innermost scope must be closed first, expected " + local.scope()
                    + ", got " + this + ".");
        }
        closed = true;
        local.setScope(parent);
        releaseClaims();
        releaseFullSlabs();
        local.rewind(startSlab, startPosition);
    }

    /** Makes this scope release the claim when it closes. */
    void adopt(Claim claim) {
        if (claims == null) {
            claims = new ClaimList(this);
        }
        claims.add(claim);
    }

    /** Takes over a slab that is full; the one that the scope began in is left to the thread, which goes back to it. */
    void leave(Slab slab) {
        if (slab == startSlab) {
            return;
        }
        if (fullSlabs == null) {
            fullSlabs = new ClaimList(this);
        }
        slab.lease.scope = this;
        fullSlabs.add(slab.lease);
    }

    /** True if the current thread opened the scope. */
    boolean isCurrentThreads() {
        return thread == Thread.currentThread();
    }

    /** Where the scope was opened, or null when that is not traced. */
    String site() {
        return site;
    }

    private void releaseClaims() {
        for (int i = 0; claims != null && i < claims.size(); i++) {
            Claim claim = claims.get(i);
            if (claim != null) {
                claim.release();
            }
        }
    }

    private void releaseFullSlabs() {
        for (int i = 0; fullSlabs != null && i < fullSlabs.size(); i++) {
            Lease lease = (Lease) fullSlabs.get(i);
            if (lease != null && lease.slots.isEmpty()) {
                lease.release();
            } else if (lease != null) {
                lease.scope = null;
            }
        }
    }

    private void checkThread(String op) {
        if (thread != Thread.currentThread()) {
            throw new IllegalStateException(op + ": a scope belongs to the thread that opened it, expected thread "
                    + thread.getName() + ", got thread "
                    + Thread.currentThread().getName() + " [scope: " + this + "].");
        }
    }

    private static boolean encloses(StorageScope outer, StorageScope inner) {
        StorageScope scope = inner;
        while (scope != null && scope != outer) {
            scope = scope.parent;
        }
        return scope != null;
    }

    /** For messages: {@code scope "step"}, or {@code an unnamed scope}. */
    @Override
    public String toString() {
        return name == null ? "an unnamed scope" : "scope \"" + name + "\"";
    }
}
