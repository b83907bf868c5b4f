package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.FoldKernel;
import dev.lanewise.internal.kernel.FoldStrips;
import dev.lanewise.internal.kernel.Results;
import dev.lanewise.internal.kernel.RowFold;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.StripLoop;
import dev.lanewise.internal.kernel.Thresholds;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;

/** The loop of a reduction for one op and dtype: scalar while it is cold, with vectors when they are warm. */
final class AutoFold implements FoldKernel {
    private final FoldStrips.Spec spec;
    private final int shift;
    private final int lanes;
    /** Null if the vector form is not to be used. */
    private final Slot slot;

    private volatile FoldKernel scalar;
    // Races lose counts, which does no harm.
    private int seen;
    private boolean specialised;

    AutoFold(LaneReduce op, DType type) {
        spec = new FoldStrips.Spec(op, type);
        shift = type.shift();
        lanes = Simd.lanes(type);
        scalar = new FoldStrips(spec);
        // WideFold does the others.
        boolean fits = WideFold.wider(op, type) == type;
        slot = fits && op.vectorizes(type) ? new Slot(op, type) : null;
    }

    @Override
    public void fold(int rows, int width, MemorySegment x, long offset, long rowBytes, Results results, int at) {
        RowFold vectors = vectors(rows * width);
        if (vectors == null) {
            scalar.fold(rows, width, x, offset, rowBytes, results, at);
            return;
        }
        int whole = x.getClass() == Scratch.NATIVE ? width & -lanes : 0;
        if (whole < width && x.getClass() == Scratch.NATIVE) {
            // The last vector may reach behind the last column, but not behind the memory.
            long end = offset + (rows - 1) * rowBytes + ((long) (whole + lanes) << shift);
            whole = end <= x.byteSize() ? width : whole;
        }
        if (whole > 0) {
            vectors.fold(rows, whole, x, offset, rowBytes, results, at);
        }
        if (whole < width) {
            long rest = offset + ((long) whole << shift);
            scalar.fold(rows, width - whole, x, rest, rowBytes, results, at + whole);
        }
    }

    @Override
    public void line(int n, MemorySegment x, long offset, Results results) {
        RowFold vectors = vectors(n);
        // The vectors of the last elements reach back.
        boolean fits = n >= lanes && x.getClass() == Scratch.NATIVE;
        (vectors != null && fits ? vectors : scalar).line(n, x, offset, results);
    }

    @Override
    public void map(double[] x, int n) {
        vectors(n);
        scalar.map(x, n);
    }

    @Override
    public void map(long[] x, int n) {
        vectors(n);
        scalar.map(x, n);
    }

    @Override
    public void merge(double[] a, int at, double[] b, int from, int n) {
        scalar.merge(a, at, b, from, n);
    }

    @Override
    public void merge(long[] a, int at, long[] b, int from, int n) {
        scalar.merge(a, at, b, from, n);
    }

    @Override
    public void tree(double[] a, int n) {
        scalar.tree(a, n);
    }

    @Override
    public void tree(long[] a, int n) {
        scalar.tree(a, n);
    }

    /** True if enough was combined for a vector form to be worth having. */
    boolean isUsed() {
        return seen > Thresholds.WARM_AFTER;
    }

    /** True if the vector form is in use. */
    boolean isWarm() {
        return slot != null && slot.get() != null;
    }

    /** The vector form, or null; counts the elements of a call until it is worth having. */
    private RowFold vectors(int elements) {
        if (seen <= Thresholds.WARM_AFTER) {
            seen += elements + Thresholds.CALL / 10;
            if (seen > Thresholds.WARM_AFTER / 2 && !specialised) {
                specialise();
            }
            if (seen <= Thresholds.WARM_AFTER && Simd.warmup() != Simd.Warmup.EAGER) {
                return null;
            }
        }
        return slot == null ? null : slot.get();
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

    /** The vector form for whole vectors. */
    static final class Slot extends WarmSlot<RowFold> {
        // Sizes that warm the loops of four vectors, of one, and of rows, and short chains.
        private static final int[] WIDTHS = {64, 47, 252, 16};
        private static final int[] LINES = {3968, 4000, 100, 7001};
        private static final int MOST_WIDTH = 256;

        private final LaneReduce op;
        private final DType type;
        private Results dummy;

        Slot(LaneReduce op, DType type) {
            super(op.getClass().getSimpleName() + " " + type.shortName());
            this.op = op;
            this.type = type;
        }

        @Override
        RowFold copy() {
            FoldLoop.Ops copies = new FoldLoop.Ops(
                    Templates.copyOf(op, null, LaneReduce.class), Templates.copyOf(op, null, LaneReduce.class));
            LaneSpec in = new LaneSpec(type, Simd.lanes(type));
            LoopSpec loop = new LoopSpec(copies, in, in, 1);
            return Templates.define(MethodHandles.lookup(), FoldLoop.class, loop, RowFold.class);
        }

        @Override
        public void prepare() {
            super.prepare();
            dummy = FoldStrips.results(new FoldStrips.Spec(op, type), MOST_WIDTH);
            if (op.shifts()) {
                dummy.shiftBy(new double[1], 0, MOST_WIDTH);
            }
        }

        @Override
        public void call(MemorySegment memory, int round) {
            boolean tiny = round < SHORT;
            int width = tiny ? WIDTHS[3 * (round & 1)] : WIDTHS[round & 3];
            int rows = tiny ? 2 : ROWS - (round & 1);
            candidate().fold(rows, width, memory, 0, (long) width << type.shift(), dummy, 0);
            candidate().line(tiny ? LINE + LINE + 17 : LINES[round & 3], memory, 0, dummy);
        }

        @Override
        public void ready() {
            super.ready();
            dummy = null;
        }
    }
}
