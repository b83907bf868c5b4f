package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.FoldKernel;
import dev.lanewise.internal.kernel.FoldStrips;
import dev.lanewise.internal.kernel.Results;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.StripLoop;
import dev.lanewise.internal.kernel.Thresholds;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The loop of a reduction for one op and dtype: scalar while it is cold, with vectors when they are warm. */
final class AutoFold implements FoldKernel, Warmer.Task {
    // Sizes that warm both the loop of four vectors and that of one, and short chains.
    private static final int[] WIDTHS = {64, 48, 128, 16};
    private static final int WIDTH = 128;

    private final FoldStrips.Spec spec;
    private final LaneReduce op;
    private final DType type;
    private final int lanes;
    private final boolean vectorizes;

    private volatile FoldKernel scalar;
    private volatile FoldKernel warm;
    // Races lose counts, which does no harm.
    private int seen;
    private boolean specialised;
    private boolean asked;

    private FoldKernel candidate;
    private Results dummy;

    AutoFold(LaneReduce op, DType type) {
        this.spec = new FoldStrips.Spec(op, type);
        this.op = op;
        this.type = type;
        this.lanes = Simd.lanes(type);
        this.scalar = new FoldStrips(spec);
        // A chain of 8- to 32-bit integers could overflow the int lanes they are loaded into.
        boolean fits = type.isFloatingPoint() || type == DType.INT64;
        this.vectorizes = fits && Simd.isOn() && Simd.warmup() != Simd.Warmup.OFF && op.vectorizes(type);
        if (vectorizes && Simd.warmup() == Simd.Warmup.EAGER) {
            useAtOnce();
        }
    }

    @Override
    public void fold(int rows, int width, MemorySegment x, long offset, long rowBytes, Results results, int at) {
        FoldKernel vectors = warm;
        if (vectors == null) {
            count(rows * width);
            scalar.fold(rows, width, x, offset, rowBytes, results, at);
            return;
        }
        int whole = x.getClass() == Scratch.NATIVE ? width & -lanes : 0;
        if (whole > 0) {
            vectors.fold(rows, whole, x, offset, rowBytes, results, at);
        }
        if (whole < width) {
            long rest = offset + ((long) whole << type.shift());
            scalar.fold(rows, width - whole, x, rest, rowBytes, results, at + whole);
        }
    }

    /** True if the vector form is in use. */
    boolean isWarm() {
        return warm != null;
    }

    private void count(int elements) {
        if (seen > Thresholds.WARM_AFTER) {
            return;
        }
        seen += elements + Thresholds.CALL / 10;
        if (seen > Thresholds.WARM_AFTER / 2 && !specialised) {
            specialise();
        }
        if (seen > Thresholds.WARM_AFTER && vectorizes) {
            ask();
        }
    }

    private synchronized void specialise() {
        if (!specialised) {
            specialised = true;
            try {
                scalar = Templates.defineWith(
                        StripLoop.lookup(), FoldStrips.class, FoldStrips.Spec.class, spec, FoldKernel.class);
            } catch (Templates.Unavailable shared) {
                // The shared loop does the same, more slowly; the gate has told why if it is the class files.
            }
        }
    }

    private synchronized void ask() {
        if (!asked) {
            asked = true;
            Warmer.submit(this);
        }
    }

    private void useAtOnce() {
        try {
            prepare();
            ready();
        } catch (Templates.Unavailable e) {
            Simd.tell(name() + " stays scalar, because " + e.getMessage());
        }
    }

    @Override
    public void prepare() {
        LaneReduce copy = Templates.copyOf(op, LaneReduce.class);
        LaneSpec in = new LaneSpec(type, lanes);
        LoopSpec loop = new LoopSpec(copy, in, in, 1);
        candidate = Templates.define(MethodHandles.lookup(), FoldLoop.class, loop, FoldKernel.class);
        dummy = FoldStrips.results(spec, WIDTH);
    }

    @Override
    public void call(MemorySegment memory, int round) {
        int width = WIDTHS[round & 3];
        candidate.fold(ROWS - (round & 1), width, memory, 0, (long) width << type.shift(), dummy, 0);
    }

    @Override
    public void ready() {
        warm = candidate;
        candidate = null;
        dummy = null;
    }

    @Override
    public String name() {
        return op.getClass().getSimpleName() + " " + type;
    }
}
