package dev.lanewise.internal.storage;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.ClosedException;
import dev.lanewise.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageScopeTest {
    @AfterEach
    void noScopeIsLeftOpen() {
        assertNull(StorageScope.current());
    }

    private static Storage marked(long numel, int value) {
        Storage storage = Storage.allocate(DType.INT8, numel);
        Bytes.mark(storage, value);
        return storage;
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100_000})
    void useAfterTheScopeNamesBoth(int numel) {
        Storage storage;
        try (StorageScope scope = StorageScope.open("step")) {
            storage = Storage.allocate(DType.FLOAT32, numel);
            assertSame(scope, StorageScope.current());
            assertFalse(storage.isClosed());
        }
        assertTrue(storage.isClosed());
        assertEquals(
                "storage: memory must not be used after it was freed, got one freed when scope \"step\" closed"
                        + " [storage: float32[" + numel + "]]. Keep what must outlive a scope with"
                        + " scope.keep(tensor). -Dlanewise.scopes=trace tells where it was created.",
                assertThrows(ClosedException.class, storage::segment).getMessage());
        storage.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100_000})
    void stepsUseTheSameMemory(int numel) {
        List<Long> addresses = new ArrayList<>();
        for (int step = 0; step < 3; step++) {
            try (StorageScope scope = StorageScope.open(null)) {
                addresses.add(Bytes.address(Storage.allocate(DType.FLOAT32, numel)));
                assertEquals("an unnamed scope", scope.toString());
            }
        }
        assertEquals(addresses.get(0), addresses.get(1));
        assertEquals(addresses.get(0), addresses.get(2));
    }

    @Test
    void stepsAfterTheFirstTakeNothingFromTheSystem() {
        Storage loss = null;
        long afterFirst = 0;
        for (int step = 0; step < 1000; step++) {
            try (StorageScope scope = StorageScope.open("step")) {
                for (int i = 0; i < 6000; i += 1 + step % 3) {
                    Storage.allocate(DType.FLOAT32, i % 100);
                }
                Storage.allocate(DType.FLOAT32, 1000);
                Storage.allocate(DType.FLOAT32, 1_000_000);
                if (loss != null) {
                    loss.close();
                }
                loss = marked(4, step);
                scope.keep(loss);
            }
            Bytes.check(loss, step);
            afterFirst = step == 0 ? MemoryBudget.systemAllocations() : afterFirst;
        }
        assertEquals(afterFirst, MemoryBudget.systemAllocations());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 512, 513, 100_000})
    void keptStoragesSurviveLaterSteps(int numel) {
        List<Storage> kept = new ArrayList<>();
        for (int step = 0; step < 50; step++) {
            try (StorageScope scope = StorageScope.open("step")) {
                marked(300, 100);
                Storage result = marked(numel, step);
                marked(300, 100);
                scope.keep(result);
                scope.keep(result);
                kept.add(result);
            }
        }
        for (int step = 0; step < 50; step++) {
            Bytes.check(kept.get(step), step);
        }
    }

    @Test
    void keptStoragesInFullSlabsSurvive() {
        List<Storage> kept = new ArrayList<>();
        for (int step = 0; step < 5; step++) {
            try (StorageScope scope = StorageScope.open("step")) {
                for (int i = 0; i < 3000; i++) {
                    Storage storage = marked(500, step);
                    if (i % 100 == 0) {
                        scope.keep(storage);
                        kept.add(storage);
                    }
                }
            }
        }
        assertEquals(150, kept.size());
        for (int i = 0; i < kept.size(); i++) {
            Bytes.check(kept.get(i), i / 30);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 100_000})
    void keepMovesToTheScopeAround(int numel) {
        Storage before = marked(numel, 1);
        Storage toOuter;
        Storage toNone;
        try (StorageScope outer = StorageScope.open("outer")) {
            Storage ofOuter = marked(numel, 2);
            try (StorageScope inner = StorageScope.open("inner")) {
                toOuter = marked(numel, 3);
                toNone = marked(numel, 4);
                inner.keep(toOuter);
                inner.keep(toNone);
                inner.keep(ofOuter);
                inner.keep(before);
                marked(numel, 5);
            }
            for (int i = 0; i < 100; i++) {
                marked(numel, 6);
            }
            Bytes.check(toOuter, 3);
            Bytes.check(ofOuter, 2);
            outer.keep(toNone);
        }
        assertTrue(toOuter.isClosed());
        assertTrue(assertThrows(ClosedException.class, toOuter::segment)
                .getMessage()
                .contains("scope \"outer\""));
        try (StorageScope later = StorageScope.open("later")) {
            marked(numel, 7);
            assertFalse(later.isClosed());
        }
        Bytes.check(toNone, 4);
        Bytes.check(before, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 100_000})
    void anOuterScopeKeepsWhatAnInnerOneHas(int numel) {
        Storage storage;
        try (StorageScope outer = StorageScope.open("outer")) {
            try (StorageScope inner = StorageScope.open("inner")) {
                storage = marked(numel, 1);
                outer.keep(storage);
                assertFalse(inner.isClosed());
            }
            marked(numel, 2);
        }
        Bytes.check(storage, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 100_000})
    void escapedStoragesBelongToNoScope(int numel) {
        Storage storage;
        try (StorageScope outer = StorageScope.open("outer")) {
            try (StorageScope inner = StorageScope.open("inner")) {
                storage = marked(numel, 1);
                StorageScope.escape(storage);
                StorageScope.escape(storage);
                assertFalse(inner.isClosed());
            }
            assertFalse(outer.isClosed());
            marked(numel, 2);
        }
        Bytes.check(storage, 1);
    }

    @Test
    void slotsOfDroppedKeptStoragesAreUsedAgain() throws Exception {
        // A thread of its own has a slab of its own, with nothing left of other tests.
        FutureTask<Void> task = new FutureTask<>(() -> {
            long address = keptAndDropped();
            Bytes.collectUntil("the slot is free again", () -> firstAddressInScope() == address);
            return null;
        });
        new Thread(task).start();
        task.get();
    }

    private static long firstAddressInScope() {
        try (StorageScope scope = StorageScope.open("again")) {
            assertFalse(scope.isClosed());
            return Bytes.address(Storage.allocate(DType.INT8, 64));
        }
    }

    private static long keptAndDropped() {
        try (StorageScope scope = StorageScope.open("keep")) {
            Storage storage = Storage.allocate(DType.INT8, 64);
            scope.keep(storage);
            return Bytes.address(storage);
        }
    }

    @Test
    void closedKeptStoragesGiveTheirSlotBackAtOnce() {
        Storage storage;
        try (StorageScope scope = StorageScope.open("keep")) {
            storage = Storage.allocate(DType.INT8, 64);
            scope.keep(storage);
        }
        long address = Bytes.address(storage);
        assertNotEquals(address, firstAddressInScope());
        storage.close();
        assertEquals(address, firstAddressInScope());
    }

    @Test
    void scopesCloseInTheirOrder() {
        StorageScope outer = StorageScope.open("outer");
        StorageScope inner = StorageScope.open("inner");
        assertEquals(
                "close: the innermost scope must be closed first, expected scope \"inner\", got scope \"outer\".",
                assertThrows(IllegalStateException.class, outer::close).getMessage());
        inner.close();
        outer.close();
        outer.close();
        assertTrue(outer.isClosed());
    }

    @Test
    void scopesBelongToTheirThread() {
        String name = Thread.currentThread().getName();
        try (StorageScope scope = StorageScope.open("mine")) {
            Storage storage = Storage.allocate(DType.INT8, 64);
            String message = CompletableFuture.supplyAsync(() -> assertThrows(IllegalStateException.class, scope::close)
                            .getMessage())
                    .join();
            String start = "close: a scope belongs to the thread that opened it, expected thread " + name;
            assertTrue(message.startsWith(start), message);
            assertTrue(message.endsWith(" [scope: scope \"mine\"]."), message);
            CompletableFuture.runAsync(
                            () -> assertThrows(IllegalStateException.class, () -> StorageScope.escape(storage)))
                    .join();
        }
    }

    @Test
    void storagesOfOtherThreadsAreNotFreed() {
        Storage storage;
        try (StorageScope scope = StorageScope.open("mine")) {
            storage = CompletableFuture.supplyAsync(() -> marked(64, 1)).join();
            assertFalse(scope.isClosed());
        }
        Bytes.check(storage, 1);
    }

    @Test
    void keepRefusesClosedAndForeignOnes() throws InterruptedException {
        StorageScope closed = StorageScope.open("closed");
        Storage freed = marked(64, 1);
        closed.close();
        assertEquals(
                "keep: the scope must be open [scope: scope \"closed\"].",
                assertThrows(ClosedException.class, () -> closed.keep(freed)).getMessage());
        AtomicReference<Storage> foreign = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            StorageScope scope = StorageScope.open("theirs");
            foreign.set(marked(64, 1));
            assertFalse(scope.isClosed());
        });
        thread.start();
        thread.join();
        try (StorageScope scope = StorageScope.open("mine")) {
            assertThrows(ClosedException.class, () -> scope.keep(freed));
            assertEquals(
                    "keep: the storage must belong to this thread's scopes, got one of scope \"theirs\""
                            + " [storage: int8[64]].",
                    assertThrows(IllegalStateException.class, () -> scope.keep(foreign.get()))
                            .getMessage());
        }
    }

    @Test
    void aLongScopeDoesNotKeepGarbage() throws InterruptedException {
        try (StorageScope scope = StorageScope.open("program")) {
            long before = MemoryBudget.liveBytes();
            for (int i = 0; i < 100; i++) {
                Storage.allocate(DType.FLOAT32, 100_000);
            }
            for (int i = 0; i < 20_000; i++) {
                Storage.allocate(DType.FLOAT32, 100);
            }
            Bytes.collectUntil(
                    "garbage of an open scope is given back",
                    () -> MemoryBudget.liveBytes() <= before + 4L * Slab.BYTES);
            assertFalse(scope.isClosed());
        }
    }

    @Test
    void virtualThreadsHaveNoSlabs() throws InterruptedException {
        long before = MemoryBudget.liveBytes();
        List<Storage> storages = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try (StorageScope scope = StorageScope.open("virtual")) {
                    Storage storage = marked(64, 3);
                    scope.keep(storage);
                    synchronized (storages) {
                        storages.add(storage);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(200, storages.size());
        for (Storage storage : storages) {
            assertDoesNotThrow(() -> Bytes.check(storage, 3));
        }
        assertTrue(MemoryBudget.liveBytes() - before <= 200 * 512);
    }
}
