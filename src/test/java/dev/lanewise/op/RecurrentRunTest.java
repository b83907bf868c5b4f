package dev.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.storage.MemoryBudget;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a run keeps for its derivative, and for how long. */
class RecurrentRunTest {
    private static final int TIMES = 40;
    private static final int BATCH = 16;
    private static final int SIZE = 64;

    private static RecurrentRun run() {
        long[] batches = new long[TIMES];
        Arrays.fill(batches, BATCH);
        return new RecurrentRun(RecurrentRun.Kind.LSTM, batches, false, false);
    }

    private static Tensor[] operands() {
        return new Tensor[] {
            Tensor.randn(TIMES * BATCH, SIZE),
            Tensor.randn(BATCH, SIZE),
            Tensor.randn(BATCH, SIZE),
            Tensor.randn(4 * SIZE, SIZE).requiresGrad_(),
            Tensor.randn(4 * SIZE, SIZE)
        };
    }

    @Test
    void theGatesAreFreedWithTheGraph() {
        RecurrentRun run = run();
        Tensor[] in = operands();
        Tensor sum = RecurrentOps.states(run, in).sum();
        Tensor gates = run.gates();
        sum.backward(null, true, false);
        assertNotNull(run.gates());
        assertFalse(gates.storage().isClosed());
        sum.backward();
        assertNull(run.gates());
        assertTrue(gates.storage().isClosed());
    }

    @Test
    void withoutAGraphOnlyTheStatesStay() {
        RecurrentRun run = run();
        Tensor[] in = operands();
        long before = MemoryBudget.liveBytes();
        Tensor states = GradMode.noGrad(() -> RecurrentOps.states(run, in));
        long added = MemoryBudget.liveBytes() - before;
        assertNull(run.gates());
        long expected = states.numel() * Float.BYTES;
        assertTrue(added < 2 * expected, () -> added + " bytes for states of " + expected);
    }
}
