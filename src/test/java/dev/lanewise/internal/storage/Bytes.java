package dev.lanewise.internal.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.function.BooleanSupplier;

/** What the tests of this package share: marking memory, and waiting for the collector. */
final class Bytes {
    private Bytes() {}

    /** Writes a value that other marks do not have into all bytes. */
    static void mark(Storage storage, int value) {
        slice(storage).fill((byte) value);
        Reference.reachabilityFence(storage);
    }

    /** Checks that all bytes still are what {@link #mark} wrote. */
    static void check(Storage storage, int value) {
        check(slice(storage), value);
        Reference.reachabilityFence(storage);
    }

    static void check(MemorySegment segment, int value) {
        for (long i = 0; i < segment.byteSize(); i++) {
            assertEquals((byte) value, segment.get(ValueLayout.JAVA_BYTE, i));
        }
    }

    static MemorySegment slice(Storage storage) {
        return storage.segment().asSlice(storage.byteOffset(), storage.byteSize());
    }

    static long address(Storage storage) {
        return storage.segment().address() + storage.byteOffset();
    }

    /** Runs the collector until something holds; fails if it does not within some seconds. */
    static void collectUntil(String what, BooleanSupplier holds) throws InterruptedException {
        for (int i = 0; i < 100 && !holds.getAsBoolean(); i++) {
            System.gc();
            Thread.sleep(i);
            Claim.sweep();
        }
        assertTrue(holds.getAsBoolean(), what);
    }
}
