package dev.lanewise.internal.kernel;

import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import java.lang.foreign.MemorySegment;

/** A kernel's call on contiguous elements as the body of a parallel loop; used again, so that calls leave no garbage. */
final class SharedRun implements Parallel.RangeBody {
    private static final ScratchPool<SharedRun> POOL = new ScratchPool<>(SharedRun::new);

    private MapKernel kernel;
    private MemorySegment out;
    private long oo;
    private MemorySegment a;
    private long ao;
    private int sa;
    private MemorySegment b;
    private long bo;
    private int sb;
    private MemorySegment c;
    private long co;
    private int sc;

    private SharedRun() {}

    /** A body with the parameters of {@link MapKernel#run}, until it is given back. */
    static SharedRun take(
            MapKernel kernel,
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
        SharedRun run = POOL.take();
        run.kernel = kernel;
        run.out = out;
        run.oo = oo;
        run.a = a;
        run.ao = ao;
        run.sa = sa;
        run.b = b;
        run.bo = bo;
        run.sb = sb;
        run.c = c;
        run.co = co;
        run.sc = sc;
        return run;
    }

    /** Ends its use; where a loop threw, the body is left to the garbage collector instead. */
    void giveBack() {
        kernel = null;
        out = null;
        a = null;
        b = null;
        c = null;
        POOL.give(this);
    }

    @Override
    public void run(long from, long to) {
        kernel.run(
                (int) (to - from),
                out,
                oo + (from << kernel.shift(0)),
                a,
                advanced(1, ao, sa, from),
                sa,
                b,
                advanced(2, bo, sb, from),
                sb,
                c,
                advanced(3, co, sc, from),
                sc);
    }

    private long advanced(int input, long start, int step, long by) {
        return step == 0 ? start : start + (by << kernel.shift(input));
    }
}
