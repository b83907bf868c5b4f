package dev.lanewise.bench.robustness;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** One run: calls a kernel for some seconds, then says how long a call takes and how many bytes it allocates. */
final class Worker {
    private static final long BATCH_NANOS = 200_000;
    private static final long MEASURED_NANOS = 1_000_000_000L;
    private static final int MOST_BATCHES = 20_000;

    private Worker() {}

    /** Arguments: the kernel's name and the seconds before the measurement. */
    public static void main(String... args) {
        Runnable call = Kernel.valueOf(args[0]).call();
        long warm = (long) (Double.parseDouble(args[1]) * 1e9);
        long begun = System.nanoTime();
        long calls = 0;
        while (System.nanoTime() - begun < warm) {
            call.run();
            calls++;
        }
        int batch = (int) Math.max(1, Math.min(100_000, BATCH_NANOS / Math.max(1, warm / calls)));
        double[] nanos = new double[MOST_BATCHES];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getTotalThreadAllocatedBytes();
        long end = System.nanoTime() + MEASURED_NANOS;
        int batches = 0;
        while (batches < MOST_BATCHES && (batches == 0 || System.nanoTime() < end)) {
            nanos[batches++] = batch(call, batch);
        }
        long perCall = (threads.getTotalThreadAllocatedBytes() - bytes) / ((long) batches * batch);
        Arrays.sort(nanos, 0, batches);
        System.out.println(new Figures(nanos[batches / 2], perCall).text());
    }

    private static double batch(Runnable call, int calls) {
        long begun = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            call.run();
        }
        return (System.nanoTime() - begun) / (double) calls;
    }
}
