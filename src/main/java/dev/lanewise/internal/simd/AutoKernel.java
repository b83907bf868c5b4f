package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.BlockMover;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.kernel.Repeat;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.Thresholds;
import java.lang.foreign.MemorySegment;
import java.util.function.IntFunction;

/**
 * A kernel that runs scalar while it is cold and with vectors when they are warm.
 *
 * <p>There is one vector loop for each form (which inputs advance), made and warmed when that form is used much. Inputs that
 * stand still are repeated to fill a vector, and what does not fill a vector at the end goes through the same loop by way of
 * the thread's {@link Scratch}.
 */
final class AutoKernel implements MapKernel {
    private static final int OPERANDS = 4;

    private final String name;
    private final MapKernel scalar;
    private final IntFunction<LaneLoop> maker;
    private final int inputs;
    private final int lanes;
    /** All inputs advance. */
    private final int all;

    private final int[] shifts;
    /** The warm loops by form; replaced as a whole. */
    private volatile LaneLoop[] warm;

    private final int[] seen;
    // Races lose counts, which does no harm.
    private final int[] wanted;
    private final boolean[] asked;

    /**
     * A kernel.
     *
     * @param maker makes the loop of a form
     * @param lanes elements of a vector
     */
    AutoKernel(String name, MapKernel scalar, IntFunction<LaneLoop> maker, int inputs, int lanes) {
        this.name = name;
        this.scalar = scalar;
        this.maker = maker;
        this.inputs = inputs;
        this.lanes = lanes;
        all = (1 << inputs) - 1;
        shifts = new int[OPERANDS];
        for (int i = 0; i < OPERANDS; i++) {
            shifts[i] = scalar.shift(i);
        }
        warm = new LaneLoop[all + 1];
        seen = new int[all + 1];
        wanted = new int[all + 1];
        asked = new boolean[all + 1];
    }

    @Override
    public int shift(int operand) {
        return shifts[operand];
    }

    @Override
    public BlockMover mover(int shift) {
        return AutoMover.get(shift);
    }

    /** True if the vector loop for inputs that all advance is in use. */
    boolean isWarm() {
        return isWarm(all);
    }

    /** True if the vector loop of a form is in use; bit i of a form is set if input i + 1 advances. */
    boolean isWarm(int form) {
        return warm[form] != null;
    }

    /** The form that runs while this is cold. */
    MapKernel scalar() {
        return scalar;
    }

    /** Makes the vector loops of all forms and uses them from now on, compiled or not. */
    void warmNow() {
        for (int form = 1; form <= all; form++) {
            publish(form, maker.apply(form));
        }
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
        int form = (sa | sb << 1 | sc << 2) & all;
        LaneLoop loop = warm[form];
        if (!areNative(out, a, b, c)) {
            scalar.run(n, out, oo, a, ao, sa, b, bo, sb, c, co, sc);
        } else if (loop != null) {
            vectors(loop, form, n, out, oo, a, ao, b, bo, c, co);
        } else if (form != 0) {
            cold(form, n, out, oo, a, ao, b, bo, c, co);
        } else if (n > 0) {
            run(1, out, oo, a, ao, 1, b, bo, 1, c, co, 1);
            Repeat.fill(shifts[0], out, oo, out, oo, n);
        }
    }

    /** False for memory-mapped files: their segments are of another class, which the vector loops refuse. */
    private static boolean areNative(MemorySegment out, MemorySegment a, MemorySegment b, MemorySegment c) {
        return out.getClass() == Scratch.NATIVE
                && a.getClass() == Scratch.NATIVE
                && b.getClass() == Scratch.NATIVE
                && c.getClass() == Scratch.NATIVE;
    }

    private void cold(
            int form,
            int n,
            MemorySegment out,
            long oo,
            MemorySegment a,
            long ao,
            MemorySegment b,
            long bo,
            MemorySegment c,
            long co) {
        wanted[form]++;
        count(form, n);
        LaneLoop loop = warm[form];
        if (loop != null) {
            vectors(loop, form, n, out, oo, a, ao, b, bo, c, co);
        } else {
            scalar.run(n, out, oo, a, ao, form & 1, b, bo, form >> 1 & 1, c, co, form >> 2);
        }
    }

    private void count(int form, int n) {
        int before = seen[form];
        if (before > Thresholds.WARM_AFTER || Simd.warmup() == Simd.Warmup.OFF) {
            return;
        }
        int after = before + Thresholds.CALL + Math.min(n, Thresholds.WARM_AFTER);
        seen[form] = after;
        if (Simd.warmup() == Simd.Warmup.EAGER || after > Thresholds.WARM_AFTER) {
            ask(form);
        }
    }

    private synchronized void ask(int form) {
        if (asked[form]) {
            return;
        }
        asked[form] = true;
        if (Simd.warmup() == Simd.Warmup.BACKGROUND) {
            Warmer.SHARED.submit(new WarmForm(form));
            return;
        }
        try {
            publish(form, maker.apply(form));
        } catch (Templates.Unavailable e) {
            Simd.tell(name + " stays scalar, because " + e.getMessage());
        }
    }

    private synchronized void publish(int form, LaneLoop loop) {
        LaneLoop[] next = warm.clone();
        next[form] = loop;
        warm = next;
    }

    private void vectors(
            LaneLoop loop,
            int form,
            int n,
            MemorySegment out,
            long oo,
            MemorySegment a,
            long ao,
            MemorySegment b,
            long bo,
            MemorySegment c,
            long co) {
        if (form == all) {
            blocks(loop, form, n, out, oo, a, ao, b, bo, c, co);
        } else {
            repeated(loop, form, n, out, oo, a, ao, b, bo, c, co);
        }
    }

    /** Repeats the elements that stand still into the scratch and runs on that. */
    private void repeated(
            LaneLoop loop,
            int form,
            int n,
            MemorySegment out,
            long oo,
            MemorySegment a,
            long ao,
            MemorySegment b,
            long bo,
            MemorySegment c,
            long co) {
        MemorySegment scratch = Scratch.local().segment();
        boolean aStill = still(form, 1);
        boolean bStill = still(form, 2);
        boolean cStill = still(form, 3);
        if (aStill) {
            Repeat.slot(shifts[1], a, ao, scratch, Scratch.repeated(1));
        }
        if (bStill) {
            Repeat.slot(shifts[2], b, bo, scratch, Scratch.repeated(2));
        }
        if (cStill) {
            Repeat.slot(shifts[3], c, co, scratch, Scratch.repeated(3));
        }
        blocks(
                loop,
                form,
                n,
                out,
                oo,
                aStill ? scratch : a,
                aStill ? Scratch.repeated(1) : ao,
                bStill ? scratch : b,
                bStill ? Scratch.repeated(2) : bo,
                cStill ? scratch : c,
                cStill ? Scratch.repeated(3) : co);
    }

    private boolean still(int form, int input) {
        return input <= inputs && (form >> (input - 1) & 1) == 0;
    }

    private void blocks(
            LaneLoop loop,
            int form,
            int n,
            MemorySegment out,
            long oo,
            MemorySegment a,
            long ao,
            MemorySegment b,
            long bo,
            MemorySegment c,
            long co) {
        int whole = n & -lanes;
        if (whole > 0) {
            loop.run(whole, out, oo, a, ao, b, bo, c, co);
        }
        if (whole < n) {
            rest(
                    loop,
                    n - whole,
                    out,
                    oo + ((long) whole << shifts[0]),
                    a,
                    at(form, 1, ao, whole),
                    b,
                    at(form, 2, bo, whole),
                    c,
                    at(form, 3, co, whole));
        }
    }

    /** Where an input goes on after {@code done} elements. */
    private long at(int form, int input, long start, int done) {
        return input <= inputs && (form >> (input - 1) & 1) != 0 ? start + ((long) done << shifts[input]) : start;
    }

    /**
     * Computes less than a vector. Inputs are read in place where their segments go on for a whole vector: what is behind
     * them gives results that are dropped.
     */
    private void rest(
            LaneLoop loop,
            int n,
            MemorySegment out,
            long oo,
            MemorySegment a,
            long ao,
            MemorySegment b,
            long bo,
            MemorySegment c,
            long co) {
        MemorySegment scratch = Scratch.local().segment();
        boolean aInPlace = fits(1, a, ao);
        boolean bInPlace = fits(2, b, bo);
        boolean cInPlace = fits(3, c, co);
        if (!aInPlace) {
            MemorySegment.copy(a, ao, scratch, Scratch.rest(1), (long) n << shifts[1]);
        }
        if (!bInPlace) {
            MemorySegment.copy(b, bo, scratch, Scratch.rest(2), (long) n << shifts[2]);
        }
        if (!cInPlace) {
            MemorySegment.copy(c, co, scratch, Scratch.rest(3), (long) n << shifts[3]);
        }
        loop.run(
                lanes,
                scratch,
                Scratch.rest(0),
                aInPlace ? a : scratch,
                aInPlace ? ao : Scratch.rest(1),
                bInPlace ? b : scratch,
                bInPlace ? bo : Scratch.rest(2),
                cInPlace ? c : scratch,
                cInPlace ? co : Scratch.rest(3));
        MemorySegment.copy(scratch, Scratch.rest(0), out, oo, (long) n << shifts[0]);
    }

    private boolean fits(int input, MemorySegment segment, long at) {
        return input > inputs || at + ((long) lanes << shifts[input]) <= segment.byteSize();
    }

    /** Warms the loop of one form. */
    private final class WarmForm implements Warmer.Task {
        private static final int[] SIZES = {253, 5, 256, 61};
        private static final long REGION = Warmer.Task.MEMORY / 4;

        private final int form;
        private LaneLoop loop;

        WarmForm(int form) {
            this.form = form;
        }

        @Override
        public void prepare() {
            loop = maker.apply(form);
        }

        @Override
        public void call(MemorySegment memory, int round) {
            int n = round < SHORT ? shortSize(round) : SIZES[round & 3];
            vectors(loop, form, n, memory, 0, memory, REGION, memory, 2 * REGION, memory, 3 * REGION);
        }

        private int shortSize(int round) {
            return switch (round & 3) {
                case 0 -> 2 * lanes;
                case 1 -> 1;
                default -> lanes;
            };
        }

        @Override
        public void ready() {
            publish(form, loop);
        }

        @Override
        public int asked() {
            return wanted[form];
        }

        @Override
        public String name() {
            return name;
        }
    }
}
