package dev.lanewise.internal.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.ClosedException;
import dev.lanewise.DType;
import dev.lanewise.MemoryException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
    private static final int[] SIZES = {
        0, 1, 2, 15, 16, 17, 63, 64, 65, 127, 128, 129, 511, 512, 513, 640, 641, 4096, 65535, 65536, 65537, 300_000
    };

    @Test
    void everyStorageIsAlignedAndHoldsItsElements() {
        for (DType dtype : DType.values()) {
            for (int numel : SIZES) {
                Storage storage = Storage.allocate(dtype, numel);
                assertEquals(dtype, storage.dtype());
                assertEquals(numel, storage.numel());
                assertEquals((long) numel * dtype.byteSize(), storage.byteSize());
                assertEquals(0, Bytes.address(storage) % 64);
                assertTrue(storage.segment().isNative());
                Bytes.mark(storage, 7);
                storage.close();
            }
        }
    }

    @Test
    void storagesDoNotOverlap() {
        Random random = new Random(2);
        List<Storage> storages = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            Storage storage = Storage.allocate(DType.INT8, random.nextInt(i % 10 == 0 ? 100_000 : 1500));
            Bytes.mark(storage, i);
            storages.add(storage);
        }
        for (int i = 0; i < storages.size(); i++) {
            Bytes.check(storages.get(i), i);
            storages.get(i).close();
        }
    }

    @Test
    void segmentsAreOfOneClassWhateverTheSize() {
        Class<?> expected = Storage.allocate(DType.FLOAT32, 1).segment().getClass();
        for (int numel : SIZES) {
            Storage storage = Storage.allocate(DType.FLOAT32, numel);
            assertSame(expected, storage.segment().getClass());
            storage.close();
        }
    }

    @Test
    void zeroedMemoryIsZeroEvenWhenItIsReused() {
        for (int numel : SIZES) {
            for (int round = 0; round < 3; round++) {
                Storage storage = Storage.allocateZeroed(DType.INT8, numel);
                Bytes.check(storage, 0);
                Bytes.mark(storage, 99);
                storage.close();
            }
        }
    }

    @Test
    void zeroedMemoryIsZeroInASlabThatIsUsedAgain() {
        for (int round = 0; round < 3; round++) {
            try (StorageScope scope = StorageScope.open("zeroed")) {
                Storage storage = Storage.allocateZeroed(DType.FLOAT32, 100);
                Bytes.check(storage, 0);
                Bytes.mark(storage, 99);
                assertFalse(scope.isClosed());
            }
        }
    }

    @Test
    void closedBlocksAreReused() {
        Storage first = Storage.allocate(DType.FLOAT32, 5000);
        long address = Bytes.address(first);
        first.close();
        Storage second = Storage.allocate(DType.FLOAT64, 2500);
        assertEquals(address, Bytes.address(second));
        second.close();
    }

    @Test
    void useAfterCloseNamesTheStorage() {
        Storage storage = Storage.allocate(DType.INT64, 1000);
        storage.close();
        storage.close();
        assertTrue(storage.isClosed());
        String expected = "storage: memory must not be used after it was freed, got one that was closed"
                + " [storage: int64[1000]]. -Dlanewise.scopes=trace tells where it was created.";
        assertEquals(
                expected, assertThrows(ClosedException.class, storage::segment).getMessage());
        assertEquals(
                expected, assertThrows(ClosedException.class, storage::export).getMessage());
    }

    @Test
    void closingTwiceGivesTheBlockBackOnce() {
        Storage storage = Storage.allocate(DType.FLOAT32, 7000);
        storage.close();
        storage.close();
        Storage first = Storage.allocate(DType.FLOAT32, 7000);
        Storage second = Storage.allocate(DType.FLOAT32, 7000);
        assertTrue(Bytes.address(first) != Bytes.address(second));
        first.close();
        second.close();
    }

    @Test
    void versionCountsChanges() {
        Storage storage = Storage.allocate(DType.BOOL, 3);
        assertEquals(0, storage.version());
        storage.bumpVersion();
        storage.bumpVersion();
        assertEquals(2, storage.version());
    }

    @Test
    void impossibleSizesAreRefused() {
        assertEquals(
                "allocate: the number of elements must not be negative, got -1.",
                assertThrows(IllegalArgumentException.class, () -> Storage.allocate(DType.FLOAT32, -1))
                        .getMessage());
        for (long numel : new long[] {1L << 45, 1L << 61, Long.MAX_VALUE}) {
            String message = assertThrows(MemoryException.class, () -> Storage.allocate(DType.FLOAT64, numel))
                    .getMessage();
            assertTrue(message.contains("[request: float64[" + numel + "]"), message);
        }
    }

    @Test
    void unreachableStoragesComeBack() throws InterruptedException {
        Bytes.collectUntil("garbage of other tests", () -> true);
        long before = MemoryBudget.liveBytes();
        for (int i = 0; i < 10; i++) {
            Bytes.mark(Storage.allocate(DType.FLOAT32, 300_000), i);
        }
        Bytes.collectUntil("unreachable storages are given back", () -> MemoryBudget.liveBytes() <= before);
    }

    @Test
    void wrappedMemoryIsShared() {
        MemorySegment memory = Arena.ofAuto().allocate(40, 8);
        Storage storage = Storage.wrap(memory, DType.FLOAT32);
        assertEquals(10, storage.numel());
        storage.segment().set(ValueLayout.JAVA_FLOAT, storage.byteOffset() + 8, 3.5f);
        assertEquals(3.5f, memory.get(ValueLayout.JAVA_FLOAT, 8));
        assertEquals(memory.address(), storage.export().address());
        storage.close();
        assertTrue(storage.isClosed());
        assertEquals(3.5f, memory.get(ValueLayout.JAVA_FLOAT, 8));
    }

    @Test
    void wrappedMemoryOutlivesTheScope() {
        MemorySegment memory = Arena.ofAuto().allocate(64);
        Storage storage;
        try (StorageScope scope = StorageScope.open("wrapping")) {
            storage = Storage.wrap(memory, DType.INT64);
            scope.keep(storage);
        }
        assertEquals(8, storage.segment().byteSize() / 8);
    }

    @Test
    void wrappedFilesLookLikeAllocatedMemory(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("numbers");
        Files.write(file, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment mapped = channel.map(MapMode.READ_WRITE, 0, 8, Arena.ofAuto());
            Storage storage = Storage.wrap(mapped, DType.INT8);
            assertEquals(8, storage.numel());
            assertSame(
                    Storage.allocate(DType.INT8, 1).segment().getClass(),
                    storage.segment().getClass());
            storage.segment().set(ValueLayout.JAVA_BYTE, 7, (byte) 42);
            assertEquals(42, mapped.get(ValueLayout.JAVA_BYTE, 7));
            MemorySegment odd = mapped.asSlice(0, 7);
            assertEquals(
                    "wrap: a mapped segment must be even and less than 2 GB, got 7 bytes [dtype: int8]."
                            + " Map the file in parts, or pass a slice.",
                    refusal(odd, DType.INT8));
        }
    }

    @Test
    void memoryThatCannotBeWrappedIsRefused() {
        MemorySegment memory = Arena.ofAuto().allocate(64, 64);
        assertEquals(
                "wrap: memory must be off-heap, got a heap segment [dtype: float32]. Copy it into a new tensor.",
                refusal(MemorySegment.ofArray(new float[4]), DType.FLOAT32));
        assertEquals(
                "wrap: size must be a multiple of the element size, got 6 bytes [dtype: float32]."
                        + " Pass a slice of whole elements.",
                refusal(memory.asSlice(0, 6), DType.FLOAT32));
        assertEquals(
                "wrap: address must be a multiple of the element size, got 0x" + Long.toHexString(memory.address() + 2)
                        + " [dtype: float32]. Copy the data.",
                refusal(memory.asSlice(2, 8), DType.FLOAT32));
        try (Arena arena = Arena.ofConfined()) {
            assertEquals(
                    "wrap: memory must be usable by all threads, got a segment of a confined arena [dtype: float32]."
                            + " Allocate with Arena.ofAuto() or Arena.ofShared().",
                    refusal(arena.allocate(64), DType.FLOAT32));
        }
    }

    private static String refusal(MemorySegment segment, DType dtype) {
        return assertThrows(IllegalArgumentException.class, () -> Storage.wrap(segment, dtype))
                .getMessage();
    }
}
