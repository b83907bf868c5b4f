package dev.lanewise.data;

import dev.lanewise.Generator;

/**
 * Which worker thread of a {@link DataLoader} is reading a data set.
 *
 * <p>Source: PyTorch's {@code torch.utils.data.get_worker_info}.
 *
 * @param id the worker's number, from 0
 * @param numWorkers how many there are
 * @param seed of this worker in this pass: what the pass drew as its seed, plus {@code id}
 * @param generator for what the data set draws at random, seeded with {@code seed}: the default generator is shared by all
 *     threads, so draws from it would come in another order each time
 */
public record WorkerInfo(int id, int numWorkers, long seed, Generator generator) {
    private static final ThreadLocal<WorkerInfo> CURRENT = new ThreadLocal<>();

    /** The worker that is running on this thread, or null on other threads. */
    public static WorkerInfo current() {
        return CURRENT.get();
    }

    void enter() {
        CURRENT.set(this);
    }

    static void leave() {
        CURRENT.remove();
    }
}
