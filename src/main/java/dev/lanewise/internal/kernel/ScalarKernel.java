package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * A kernel that computes one element at a time, in strips on the heap: the fallback, and what runs while vectors are cold.
 *
 * <p>It begins with a loop that all ops share and, once used much, goes on with one that is compiled for its op alone.
 */
public final class ScalarKernel implements MapKernel {
    private final DType out;
    private final DType[] in;
    private volatile StripLoop loop;
    private Supplier<StripLoop> special;
    private int seen;

    /**
     * A scalar kernel.
     *
     * @param special gives a copy of the loop for this op alone, or null if there is none to be had
     * @param in the dtypes of the inputs
     */
    public ScalarKernel(StripLoop shared, Supplier<StripLoop> special, DType out, DType... in) {
        this.loop = shared;
        this.special = special;
        this.out = out;
        this.in = in.clone();
    }

    @Override
    public int shift(int operand) {
        return operand == 0 ? out.shift() : in[Math.min(operand, in.length) - 1].shift();
    }

    @Override
    public void run(
            int n,
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
        Strips strips = Strips.local();
        StripLoop body = loop(n);
        boolean floating = in[0].isFloatingPoint();
        boolean single = floating && in[0] != DType.FLOAT64;
        for (int i = 0; i < n; i += Strips.SIZE) {
            int m = Math.min(Strips.SIZE, n - i);
            load(strips, 1, a, ao, sa, i, m);
            if (in.length > 1) {
                load(strips, 2, b, bo, sb, i, m);
            }
            if (in.length > 2) {
                load(strips, 3, c, co, sc, i, m);
            }
            if (single) {
                body.single(m, strips);
            } else if (floating) {
                body.floating(m, strips);
            } else {
                body.integral(m, strips);
            }
            strips.store(this.out, out, oo + ((long) i << this.out.shift()), m);
        }
    }

    /** An element that stands for all is read for the first strip, the longest, and stays there. */
    private void load(Strips strips, int operand, MemorySegment from, long start, int step, int i, int m) {
        if (step != 0 || i == 0) {
            DType type = in[operand - 1];
            strips.load(operand, type, from, start + ((long) i << type.shift()), step, m);
        }
    }

    private StripLoop loop(int n) {
        if (special != null) {
            seen += Thresholds.CALL + Math.min(n, Thresholds.SPECIALISE_AFTER);
            if (seen > Thresholds.SPECIALISE_AFTER) {
                specialise();
            }
        }
        return loop;
    }

    private synchronized void specialise() {
        if (special != null) {
            StripLoop copy = special.get();
            special = null;
            loop = copy == null ? loop : copy;
        }
    }
}
