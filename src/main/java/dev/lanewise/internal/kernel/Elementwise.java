package dev.lanewise.internal.kernel;

import dev.lanewise.internal.iter.StridedIter;
import dev.lanewise.internal.parallel.Parallel;
import java.lang.foreign.MemorySegment;

/**
 * Runs an elementwise kernel over operands of any layout, on all threads where that pays.
 *
 * <p>One contiguous run goes straight to the kernel; long runs go to it one by one; the rest is packed into strips. The
 * result may be exactly one of the inputs; any other overlap is the caller's business.
 */
public final class Elementwise {
    private Elementwise() {}

    /**
     * Computes {@code out = kernel(in...)}.
     *
     * @param in one to three operands with strides broadcast to {@code shape}
     */
    public static void run(MapKernel kernel, long[] shape, Operand out, Operand... in) {
        Operand[] all = new Operand[in.length + 1];
        long[][] strides = new long[all.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = i == 0 ? out : in[i - 1];
            strides[i] = all[i].byteStrides();
        }
        StridedIter iter = StridedIter.of(shape, strides);
        if (iter.numel() == 0) {
            return;
        }
        boolean direct = iter.numel() == 1 || innerIsDirect(kernel, iter);
        if (direct && iter.isSingleRun()) {
            single(kernel, iter, all);
            return;
        }
        boolean copy = kernel instanceof CopyKernel;
        if (direct && iter.innerSize() >= (copy ? Thresholds.COPIED_RUN : Thresholds.DIRECT_RUN)) {
            share(iter.numel(), (from, to) -> runs(kernel, iter, from, to, all));
            return;
        }
        TileRuns tiles = TileRuns.of(kernel, iter, all);
        if (tiles != null) {
            Parallel.forRange(tiles.count(), tiles.grain(), tiles);
        } else if (copy) {
            share(iter.numel(), (from, to) -> copyRuns(iter, from, to, out, in[0]));
        } else {
            StripRuns strips = new StripRuns(kernel, iter, all);
            share(iter.numel(), strips);
        }
    }

    /**
     * Computes {@code n} contiguous elements; the parameters are those of {@link MapKernel#run}. Allocates nothing up to
     * {@link Thresholds#SHARED_FROM} elements, or with one thread.
     */
    public static void contiguous(
            MapKernel kernel,
            long n,
            MemorySegment out,
            long oo,
            MemorySegment a,
            long ao,
            int sa,
            MemorySegment b,
            long bo,
            int sb,
            MemorySegment c,
            long co,
            int sc) {
        if (n < Thresholds.SHARED_FROM || Parallel.threads() == 1 && n <= MapKernel.MAX_RUN) {
            if (n > 0) {
                kernel.run((int) n, out, oo, a, ao, sa, b, bo, sb, c, co, sc);
            }
        } else {
            SharedRun run = SharedRun.take(kernel, out, oo, a, ao, sa, b, bo, sb, c, co, sc);
            share(n, run);
            run.giveBack();
        }
    }

    /** Runs the body over the elements on as many threads as they are worth. */
    private static void share(long n, Parallel.RangeBody body) {
        if (n >= Thresholds.PARALLEL_FROM) {
            Parallel.forRange(n, n < Thresholds.LARGE ? Thresholds.GRAIN / 2 : Thresholds.GRAIN, body);
        } else {
            Parallel.forShortRange(n, n < Thresholds.SHARED_FROM ? n : Thresholds.SHORT_GRAIN, body);
        }
    }

    /** True if along the inner runs the result is contiguous and each input contiguous or repeated. */
    private static boolean innerIsDirect(MapKernel kernel, StridedIter iter) {
        boolean direct = iter.innerStride(0) == 1L << kernel.shift(0);
        for (int i = 1; i < iter.operands(); i++) {
            long stride = iter.innerStride(i);
            direct &= stride == 0 || stride == 1L << kernel.shift(i);
        }
        return direct;
    }

    private static void copyRuns(StridedIter iter, long from, long to, Operand out, Operand in) {
        int shift = out.dtype().shift();
        long step = iter.innerStride(1);
        long outStep = iter.innerStride(0);
        iter.forRuns(
                from,
                to,
                (offsets, n) -> Packing.copy(
                        shift,
                        in.segment(),
                        in.byteOffset() + offsets[1],
                        step,
                        out.segment(),
                        out.byteOffset() + offsets[0],
                        outStep,
                        n));
    }

    private static void runs(MapKernel kernel, StridedIter iter, long from, long to, Operand[] all) {
        int second = Math.min(2, all.length - 1);
        int third = all.length - 1;
        Operand out = all[0];
        Operand a = all[1];
        Operand b = all[second];
        Operand c = all[third];
        int sa = step(iter, 1);
        int sb = step(iter, second);
        int sc = step(iter, third);
        iter.forRuns(
                from,
                to,
                (offsets, n) -> kernel.run(
                        (int) n,
                        out.segment(),
                        out.byteOffset() + offsets[0],
                        a.segment(),
                        a.byteOffset() + offsets[1],
                        sa,
                        b.segment(),
                        b.byteOffset() + offsets[second],
                        sb,
                        c.segment(),
                        c.byteOffset() + offsets[third],
                        sc));
    }

    private static void single(MapKernel kernel, StridedIter iter, Operand[] all) {
        int second = Math.min(2, all.length - 1);
        int third = all.length - 1;
        Operand a = all[1];
        Operand b = all[second];
        Operand c = all[third];
        contiguous(
                kernel,
                iter.numel(),
                all[0].segment(),
                all[0].byteOffset(),
                a.segment(),
                a.byteOffset(),
                step(iter, 1),
                b.segment(),
                b.byteOffset(),
                step(iter, second),
                c.segment(),
                c.byteOffset(),
                step(iter, third));
    }

    /** 1 if an operand advances along the inner runs; a single element is taken to. */
    private static int step(StridedIter iter, int operand) {
        return iter.innerStride(operand) == 0 && iter.numel() > 1 ? 0 : 1;
    }
}
