package dev.lanewise.internal.storage;

import dev.lanewise.DType;
import dev.lanewise.internal.error.Check;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * The elements of a tensor: typed off-heap memory that all views share, with a version counter and an owner.
 *
 * <p>Every storage begins at an address that is a multiple of 64, except wrapped ones. It is freed when it is closed,
 * when the scope that it was allocated in closes, or when it is unreachable: who works on {@link #segment()} must keep
 * the storage reachable until the work is done, with {@link java.lang.ref.Reference#reachabilityFence}.
 */
public final class Storage {
    /** Bytes that the address of a storage is a multiple of. */
    static final int ALIGNMENT = 64;

    /** No machine has more, and sizes up to here never overflow. */
    private static final long MOST_BYTES = 1L << 47;

    /** Never started; stands for all threads but the current one. */
    private static final Thread ANOTHER_THREAD = new Thread(() -> {});

    private static final MemorySegment ZEROS = Arena.global().allocate(8 << 10, ALIGNMENT);

    private final DType dtype;
    private final long numel;
    private final int byteOffset;
    private final String site;
    private MemorySegment segment;
    private int version;
    private String lastChange;
    private StorageScope owner;
    private Home home;

    Storage(MemorySegment segment, int byteOffset, DType dtype, long numel, StorageScope owner, Home home) {
        this.segment = segment;
        this.byteOffset = byteOffset;
        this.dtype = dtype;
        this.numel = numel;
        this.owner = owner;
        this.home = home;
        this.site = Trace.ON ? Trace.here() : null;
    }

    /**
     * New memory for that many elements, not zeroed; belongs to the current scope of this thread, if there is one.
     *
     * <p>Errors: IllegalArgumentException for a negative size, {@link dev.lanewise.MemoryException} when the budget
     * does not allow it.
     */
    public static Storage allocate(DType dtype, long numel) {
        long bytes = checkedBytes(dtype, numel);
        LocalMemory local = LocalMemory.current();
        return bytes <= local.largestSmall
                ? local.allocateSmall(dtype, numel, (int) bytes)
                : allocateBlock(local.scope(), dtype, numel, bytes);
    }

    /** New memory, not zeroed, that lives as long as this storage may: in its scope, or in none if it is in none. */
    public Storage allocateBeside(DType type, long count) {
        StorageScope scope = openOwner();
        return scope == StorageScope.current()
                ? allocate(type, count)
                : allocateBlock(scope, type, count, checkedBytes(type, count));
    }

    /** True if this storage and another are freed by the same scope, or both by none. */
    public boolean sharesOwner(Storage other) {
        return owner == other.owner;
    }

    /**
     * Hands this storage to the scope that frees another, or to none if none does; false, and nothing is changed, if a copy
     * costs less or either scope is another thread's.
     */
    public boolean joinOwner(Storage other) {
        StorageScope target = other.openOwner();
        boolean moves = home instanceof Lease
                && owner != null
                && owner.isCurrentThreads()
                && (target == null || target.isCurrentThreads());
        if (moves) {
            moveTo(target);
        }
        return moves;
    }

    /** As {@link #allocate}, with all bytes 0. */
    public static Storage allocateZeroed(DType dtype, long numel) {
        Storage storage = allocate(dtype, numel);
        // Memory that has just come from the system is zero already.
        if (!(storage.home instanceof Lease lease) || !lease.block.fresh) {
            storage.clear(storage.byteOffset, storage.byteSize());
        }
        return storage;
    }

    /**
     * Sets bytes of {@link #segment()} to 0. Copies zeros that stay in the first-level cache: 2-3 times as fast as
     * {@link MemorySegment#fill} up to 1 MB.
     */
    public void clear(long from, long bytes) {
        MemorySegment memory = segment();
        for (long done = 0; done < bytes; done += ZEROS.byteSize()) {
            MemorySegment.copy(ZEROS, 0, memory, from + done, Math.min(ZEROS.byteSize(), bytes - done));
        }
        Reference.reachabilityFence(this);
    }

    private static Storage allocateBlock(StorageScope scope, DType dtype, long numel, long bytes) {
        Block block = Allocator.obtain(bytes, dtype, numel);
        Storage storage = new Storage(block.chunk.segment, block.offset, dtype, numel, scope, null);
        Lease lease = Lease.of(storage, block, storage.site);
        storage.home = lease;
        lease.hold();
        lease.moveTo(scope);
        return storage;
    }

    private static long checkedBytes(DType dtype, long numel) {
        if (numel < 0) {
            throw Check.argument("allocate", "the number of elements must not be negative")
                    .got(numel)
                    .error();
        }
        if (numel > MOST_BYTES >> dtype.shift()) {
            throw MemoryBudget.exhausted(dtype.shortName() + "[" + numel + "]", Long.MAX_VALUE);
        }
        return numel << dtype.shift();
    }

    /**
     * A storage that shares memory somebody else allocated and frees; belongs to no scope and does not count against
     * the budget.
     *
     * <p>Errors: IllegalArgumentException for a segment on the heap, one that not all threads may use, one whose size
     * or address is not a multiple of the element size, and a mapped one of an odd size or of 2 GB or more.
     */
    public static Storage wrap(MemorySegment nativeSegment, DType dtype) {
        checkWrap(nativeSegment, dtype);
        // Kernels are compiled for the class of allocated segments alone; a view of a mapped buffer is of it too.
        MemorySegment segment = nativeSegment.isMapped()
                ? MemorySegment.ofBuffer(nativeSegment.asByteBuffer().asCharBuffer())
                : nativeSegment;
        return new Storage(segment, 0, dtype, segment.byteSize() >> dtype.shift(), null, Home.FOREIGN);
    }

    private static void checkWrap(MemorySegment segment, DType dtype) {
        long bytes = segment.byteSize();
        if (!segment.isNative()) {
            throw wrapError(dtype, "memory must be off-heap", "a heap segment", "Copy it into a new tensor.");
        }
        if (!segment.isAccessibleBy(ANOTHER_THREAD)) {
            String hint = "Allocate with Arena.ofAuto() or Arena.ofShared().";
            throw wrapError(dtype, "memory must be usable by all threads", "a segment of a confined arena", hint);
        }
        if (bytes % dtype.byteSize() != 0) {
            String hint = "Pass a slice of whole elements.";
            throw wrapError(dtype, "size must be a multiple of the element size", bytes + " bytes", hint);
        }
        if (segment.address() % dtype.byteSize() != 0) {
            String address = "0x" + Long.toHexString(segment.address());
            throw wrapError(dtype, "address must be a multiple of the element size", address, "Copy the data.");
        }
        if (segment.isMapped() && (bytes > Integer.MAX_VALUE || bytes % 2 != 0)) {
            String hint = "Map the file in parts, or pass a slice.";
            throw wrapError(dtype, "a mapped segment must be even and less than 2 GB", bytes + " bytes", hint);
        }
    }

    private static IllegalArgumentException wrapError(DType dtype, String rule, String got, String hint) {
        return Check.argument("wrap", rule)
                .got(got)
                .operand("dtype", dtype.shortName())
                .hint(hint)
                .error();
    }

    /** The type of the elements. */
    public DType dtype() {
        return dtype;
    }

    /** The number of elements. */
    public long numel() {
        return numel;
    }

    /** The number of bytes. */
    public long byteSize() {
        return numel << dtype.shift();
    }

    /**
     * The memory to work on, from {@link #byteOffset()} on; it may hold other storages too and must not get out to
     * users.
     *
     * <p>Errors: {@link dev.lanewise.ClosedException} if the storage was freed.
     */
    public MemorySegment segment() {
        StorageScope scope = owner;
        if (scope != null && scope.isClosed()) {
            throw closedError(scope);
        }
        return segment;
    }

    /** Where this storage begins in {@link #segment()}. */
    public long byteOffset() {
        return byteOffset;
    }

    /** How often the elements were changed in place. */
    public int version() {
        return version;
    }

    /** Notes that the elements were changed in place by the named operation, for messages. */
    public void bumpVersion(String change) {
        lastChange = change;
        bumpVersion();
    }

    /** The operation that changed the elements last, or null. */
    public String lastChange() {
        return lastChange;
    }

    /** Notes that the elements were changed in place. */
    public void bumpVersion() {
        version++;
    }

    /** Frees the memory now; a second call does nothing, and wrapped memory stays with its owner. */
    public void close() {
        if (!isClosed()) {
            owner = StorageScope.CLOSED;
            // A freed storage that is still referred to must not keep the JDK from freeing the memory.
            segment = MemorySegment.NULL;
            Home old = home;
            home = Home.FOREIGN;
            old.close();
        }
    }

    /** True once the storage or its scope was closed. */
    public boolean isClosed() {
        StorageScope scope = owner;
        return scope != null && scope.isClosed();
    }

    /**
     * The elements as a segment for users: it stays valid for as long as it is reachable, even after the storage is
     * freed, and until then no other storage gets these bytes.
     *
     * <p>Errors: {@link dev.lanewise.ClosedException} if the storage was freed.
     */
    public MemorySegment export() {
        MemorySegment slice = segment().asSlice(byteOffset, byteSize());
        home.export(this);
        return slice;
    }

    /** The scope that frees this storage, or null; throws if it was freed. */
    StorageScope openOwner() {
        StorageScope scope = owner;
        if (scope != null && scope.isClosed()) {
            throw closedError(scope);
        }
        return scope;
    }

    /** Makes another scope, or with null the collector, responsible for this storage. */
    void moveTo(StorageScope target) {
        home = home.moveTo(this, target);
        owner = target;
    }

    private RuntimeException closedError(StorageScope scope) {
        boolean byItself = scope == StorageScope.CLOSED;
        String hint = byItself ? "" : "Keep what must outlive a scope with scope.keep(tensor).";
        if (Trace.ON) {
            hint += (hint.isEmpty() ? "" : " ") + "Created at " + site
                    + (byItself ? "." : "; the scope was opened at " + scope.site() + ".");
        } else {
            hint += (hint.isEmpty() ? "" : " ") + "-Dlanewise.scopes=trace tells where it was created.";
        }
        return Check.closed("storage", "memory must not be used after it was freed")
                .got(byItself ? "one that was closed" : "one freed when " + scope + " closed")
                .operand("storage", toString())
                .hint(hint)
                .error();
    }

    /** The dtype and the number of elements, for example {@code float32[10]}. */
    @Override
    public String toString() {
        return dtype.shortName() + "[" + numel + "]";
    }
}
