package dev.lanewise.internal.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final int[] SIZES = {1, 40, 512, 513, 4000, 70_000, 1_000_000};

    private static void churn() {
        for (int round = 0; round < 20; round++) {
            for (int size : SIZES) {
                Storage storage = Storage.allocate(DType.INT8, size);
                Bytes.mark(storage, 55);
                storage.close();
            }
        }
    }

    private static List<MemorySegment> exportAndDrop(boolean close) {
        List<MemorySegment> exported = new ArrayList<>();
        for (int size : SIZES) {
            Storage storage = Storage.allocate(DType.INT8, size);
            Bytes.mark(storage, 11);
            exported.add(storage.export());
            if (close) {
                storage.close();
            }
        }
        return exported;
    }

    @Test
    void exportedMemoryOutlivesTheStorage() {
        for (boolean close : new boolean[] {false, true}) {
            List<MemorySegment> exported = exportAndDrop(close);
            for (int round = 0; round < 3; round++) {
                System.gc();
                Claim.sweep();
                churn();
            }
            MemoryBudget.trim();
            churn();
            for (int i = 0; i < SIZES.length; i++) {
                assertEquals(SIZES[i], exported.get(i).byteSize());
                Bytes.check(exported.get(i), 11);
            }
        }
    }

    @Test
    void exportedMemoryOutlivesTheScope() {
        List<MemorySegment> exported;
        try (StorageScope scope = StorageScope.open("export")) {
            exported = exportAndDrop(false);
            assertEquals("export", scope.name());
        }
        for (int step = 0; step < 20; step++) {
            try (StorageScope scope = StorageScope.open("churn")) {
                churn();
                assertEquals("churn", scope.name());
            }
        }
        for (MemorySegment segment : exported) {
            Bytes.check(segment, 11);
        }
    }

    @Test
    void exportedMemoryOfAKeptStorageOutlivesIt() {
        Storage kept;
        MemorySegment exported;
        try (StorageScope outer = StorageScope.open("outer")) {
            try (StorageScope inner = StorageScope.open("inner")) {
                kept = Storage.allocate(DType.INT8, 100);
                Bytes.mark(kept, 11);
                inner.keep(kept);
                exported = kept.export();
            }
            assertEquals("outer", outer.name());
        }
        assertTrue(kept.isClosed());
        churn();
        Bytes.check(exported, 11);
    }

    @Test
    void aBufferAloneKeepsTheMemory() throws InterruptedException {
        Storage storage = Storage.allocate(DType.INT8, 1_000_000);
        Bytes.mark(storage, 11);
        ByteBuffer buffer = storage.export().asByteBuffer().slice(10, 500);
        storage.close();
        MemoryBudget.trim();
        churn();
        for (int i = 0; i < buffer.capacity(); i++) {
            assertEquals(11, buffer.get(i));
        }
    }

    @Test
    void memoryThatUsersDropIsUncounted() throws InterruptedException {
        MemoryBudget.trim();
        long before = MemoryBudget.reservedBytes();
        for (int i = 0; i < 10; i++) {
            Storage storage = Storage.allocate(DType.INT8, 3_000_000);
            assertEquals(3_000_000, storage.export().byteSize());
            storage.close();
        }
        Bytes.collectUntil("dropped exports are freed", () -> MemoryBudget.reservedBytes() <= before);
    }
}
