package dev.lanewise.internal.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final int THREADS = 6;
    private static final int STEPS = 3000;

    private record Item(Storage storage, int mark) {
        void checkAndClose() {
            Bytes.check(storage, mark);
            storage.close();
        }
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        ConcurrentLinkedQueue<Item> handedOver = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int seed = t;
            results.add(CompletableFuture.supplyAsync(
                    () -> work(seed, handedOver), command -> new Thread(command).start()));
        }
        int steps = results.stream().mapToInt(CompletableFuture::join).sum();
        assertEquals(THREADS * STEPS, steps);
        handedOver.forEach(Item::checkAndClose);
    }

    /** Allocates, marks, keeps, closes, drops and hands over at random, and checks all marks. */
    private static int work(int seed, ConcurrentLinkedQueue<Item> handedOver) {
        Random random = new Random(seed);
        List<Item> own = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            try (StorageScope scope = StorageScope.open("step")) {
                List<Item> made = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    Storage storage = Storage.allocate(DType.INT8, random.nextInt(i == 0 ? 3000 : 200));
                    made.add(new Item(storage, random.nextInt()));
                    Bytes.mark(storage, made.get(i).mark());
                }
                scope.keep(made.get(0).storage());
                scope.keep(made.get(1).storage());
                own.add(made.get(0));
                made.forEach(item -> Bytes.check(item.storage(), item.mark()));
                handedOver.add(made.get(1));
            }
            Item theirs = handedOver.size() > 100 ? handedOver.poll() : null;
            if (theirs != null) {
                theirs.checkAndClose();
            }
            if (own.size() > 50) {
                Item item = own.remove(random.nextInt(own.size()));
                Bytes.check(item.storage(), item.mark());
                if (random.nextBoolean()) {
                    item.storage().close();
                }
            }
        }
        own.forEach(Item::checkAndClose);
        return STEPS;
    }
}
