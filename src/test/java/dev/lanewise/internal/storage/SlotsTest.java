package dev.lanewise.internal.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotsTest {
    @Test
    void gapsAroundTakenSlots() {
        Slots slots = new Slots(1024);
        slots.take(128, 65);
        slots.take(512, 1);
        assertEquals(0, slots.gap(0, 128));
        assertEquals(128, slots.gapEnd(0));
        assertEquals(256, slots.gap(0, 129));
        assertEquals(512, slots.gapEnd(256));
        assertEquals(576, slots.gap(320, 256));
        assertEquals(-1, slots.gap(0, 512));
        assertEquals(-1, slots.gap(1024, 1));
        slots.free(128, 65);
        assertFalse(slots.isEmpty());
        slots.free(512, 1);
        assertTrue(slots.isEmpty());
        assertEquals(0, slots.gap(0, 1024));
    }

    @Test
    void gapsAgreeWithASearchBySlot() {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            Slots slots = new Slots(64 * 40);
            boolean[] taken = new boolean[40];
            for (int i = 0; i < random.nextInt(30); i++) {
                int slot = random.nextInt(40);
                taken[slot] = true;
                slots.take(64 * slot, 1 + random.nextInt(64));
            }
            for (int from = 0; from <= 40; from++) {
                for (int needed = 1; needed <= 8; needed++) {
                    assertEquals(firstGap(taken, from, needed), slots.gap(64 * from, 64 * needed - 63));
                }
            }
        }
    }

    private static int firstGap(boolean[] taken, int from, int needed) {
        for (int start = from; start + needed <= taken.length; start++) {
            boolean free = true;
            for (int i = start; i < start + needed; i++) {
                free &= !taken[i];
            }
            if (free) {
                return 64 * start;
            }
        }
        return -1;
    }
}
