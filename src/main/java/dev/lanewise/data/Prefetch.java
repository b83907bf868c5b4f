package dev.lanewise.data;

import dev.lanewise.Generator;
import dev.lanewise.Tensor;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A pass of a {@link DataLoader} whose batches are made ahead by worker threads.
 *
 * <p>Batch k is made by worker k mod n and handed out as the k-th, so neither the order nor what a worker draws depends
 * on which worker is faster. The threads are daemons that end when they have had nothing to do for a while, so that a
 * pass may be left halfway.
 */
final class Prefetch implements Iterator<Tensor[]> {
    private static final long IDLE_SECONDS = 1;

    /** Where the next batch for a worker comes from. */
    @FunctionalInterface
    interface Feed {
        /** What makes the batch, and gives null if there is none after all; or null if the worker is done. */
        Callable<Tensor[]> next(int worker);
    }

    private record Pending(int worker, Future<Tensor[]> batch) {}

    private final Feed feed;
    private final ExecutorService[] threads;
    private final WorkerInfo[] infos;
    private final boolean[] done;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private int turn;
    private Tensor[] ready;

    /**
     * Begins the pass.
     *
     * @param ahead how many batches each worker may be ahead
     * @param seed worker i has the seed {@code seed + i}
     */
    Prefetch(int workers, int ahead, long seed, Feed feed) {
        this.feed = feed;
        threads = new ExecutorService[workers];
        infos = new WorkerInfo[workers];
        done = new boolean[workers];
        for (int i = 0; i < workers; i++) {
            threads[i] = thread(i);
            infos[i] = new WorkerInfo(i, workers, seed + i, new Generator().manualSeed(seed + i));
        }
        for (int i = 0; i < ahead * workers; i++) {
            ask();
        }
    }

    private static ExecutorService thread(int number) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "lanewise-data-" + number);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Asks the next worker that is not done for its next batch. */
    private void ask() {
        for (int tries = 0; tries < threads.length; tries++) {
            int worker = turn;
            turn = (turn + 1) % threads.length;
            Callable<Tensor[]> task = done[worker] ? null : feed.next(worker);
            if (task != null) {
                pending.add(new Pending(worker, threads[worker].submit(() -> run(infos[worker], task))));
                return;
            }
            done[worker] = true;
        }
    }

    private static Tensor[] run(WorkerInfo info, Callable<Tensor[]> task) throws Exception {
        info.enter();
        try {
            return task.call();
        } finally {
            WorkerInfo.leave();
        }
    }

    @Override
    public boolean hasNext() {
        while (ready == null && !pending.isEmpty()) {
            Pending first = pending.remove();
            try {
                ready = await(first.batch());
                done[first.worker()] |= ready == null;
            } finally {
                ask();
            }
        }
        return ready != null;
    }

    @Override
    public Tensor[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException("DataLoader: the pass is over.");
        }
        Tensor[] batch = ready;
        ready = null;
        return batch;
    }

    /** The batch, or what the data set threw, unchanged. */
    private static Tensor[] await(Future<Tensor[]> batch) {
        try {
            return batch.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException)
                    new CancellationException("DataLoader: interrupted while waiting for a worker.").initCause(e);
        }
    }
}
