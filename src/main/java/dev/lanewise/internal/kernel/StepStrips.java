package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The scalar form of {@link StepMath}: each operation is a loop over a strip of a few elements on the heap. */
final class StepStrips implements StepMath<double[]> {
    /** Elements of a strip: the twenty or so strips of a rule (40 KB) stay in the first-level cache. */
    static final int SIZE = 256;

    private static final ThreadLocal<StepStrips> LOCAL = ThreadLocal.withInitial(StepStrips::new);

    private enum Operation {
        ADD,
        SUB,
        MUL,
        DIV,
        FMA,
        SQRT,
        ABS,
        MAX,
        MIN,
        IF_POSITIVE,
        IF_NEGATIVE
    }

    private final List<double[]> strips = new ArrayList<>();
    private int used;
    private DType type;
    /** Values are rounded to floats. */
    private boolean single;

    private int flags;
    private StepCall call;
    private long from;
    private int n;

    private StepStrips() {}

    static StepStrips local() {
        return LOCAL.get();
    }

    /** Steps a strip of at most {@link #SIZE} elements. */
    void run(StepRule rule, DType dtype, int flagsSet, StepCall operands, long first, int count) {
        type = dtype;
        single = dtype != DType.FLOAT64;
        flags = flagsSet;
        call = operands;
        from = first;
        n = count;
        used = 0;
        rule.step(this);
        call = null;
    }

    private double[] next() {
        if (used == strips.size()) {
            strips.add(new double[SIZE]);
        }
        return strips.get(used++);
    }

    private double round(double value) {
        return single ? (float) value : value;
    }

    private double[] load(int operand) {
        double[] out = next();
        Strips.local().read(type, segment(operand), offset(operand), out, null, n);
        return out;
    }

    private void store(int operand, double[] value) {
        Strips.local().write(type, value, null, segment(operand), offset(operand), n);
    }

    private MemorySegment segment(int operand) {
        return call.segments()[operand];
    }

    private long offset(int operand) {
        return call.offsets()[operand] + (from << type.shift());
    }

    @Override
    public int count() {
        return n;
    }

    @Override
    public int width() {
        return SIZE;
    }

    @Override
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    @Override
    public double[] number(int which) {
        double[] out = next();
        Arrays.fill(out, 0, n, round(call.numbers()[which]));
        return out;
    }

    @Override
    public double[] parameter(int i) {
        return load(0);
    }

    @Override
    public double[] gradient(int i) {
        double[] g = load(1);
        if (has(MAXIMIZE)) {
            for (int k = 0; k < n; k++) {
                g[k] = -g[k];
            }
        }
        return has(DECAY) ? fma(parameter(i), number(0), g) : g;
    }

    @Override
    public double[] state(int which, int i) {
        return load(2 + which);
    }

    @Override
    public void setParameter(int i, double[] value) {
        store(0, value);
    }

    @Override
    public void setState(int which, int i, double[] value) {
        store(2 + which, value);
    }

    @Override
    public double[] add(double[] a, double[] b) {
        return map(Operation.ADD, a, b, a);
    }

    @Override
    public double[] sub(double[] a, double[] b) {
        return map(Operation.SUB, a, b, a);
    }

    @Override
    public double[] mul(double[] a, double[] b) {
        return map(Operation.MUL, a, b, a);
    }

    @Override
    public double[] div(double[] a, double[] b) {
        return map(Operation.DIV, a, b, a);
    }

    @Override
    public double[] fma(double[] a, double[] b, double[] c) {
        return map(Operation.FMA, a, b, c);
    }

    @Override
    public double[] sqrt(double[] a) {
        return map(Operation.SQRT, a, a, a);
    }

    @Override
    public double[] abs(double[] a) {
        return map(Operation.ABS, a, a, a);
    }

    @Override
    public double[] max(double[] a, double[] b) {
        return map(Operation.MAX, a, b, a);
    }

    @Override
    public double[] min(double[] a, double[] b) {
        return map(Operation.MIN, a, b, a);
    }

    @Override
    public double[] ifPositive(double[] test, double[] then, double[] otherwise) {
        return map(Operation.IF_POSITIVE, test, then, otherwise);
    }

    @Override
    public double[] ifNegative(double[] test, double[] then, double[] otherwise) {
        return map(Operation.IF_NEGATIVE, test, then, otherwise);
    }

    /**
     * The operation of the elements of strips. One method of more than 325 bytes, which is what C2 inlines: a rule has some
     * twenty operations, and as many loops took a third of a second to compile.
     */
    private double[] map(Operation operation, double[] a, double[] b, double[] c) {
        double[] out = next();
        switch (operation) {
            case ADD -> {
                for (int i = 0; i < n; i++) {
                    out[i] = round(a[i] + b[i]);
                }
            }
            case SUB -> {
                for (int i = 0; i < n; i++) {
                    out[i] = round(a[i] - b[i]);
                }
            }
            case MUL -> {
                for (int i = 0; i < n; i++) {
                    out[i] = round(a[i] * b[i]);
                }
            }
            case DIV -> {
                for (int i = 0; i < n; i++) {
                    out[i] = round(a[i] / b[i]);
                }
            }
            case FMA -> {
                for (int i = 0; i < n; i++) {
                    out[i] = fma(a[i], b[i], c[i]);
                }
            }
            case SQRT -> {
                for (int i = 0; i < n; i++) {
                    out[i] = round(Math.sqrt(a[i]));
                }
            }
            case ABS -> {
                for (int i = 0; i < n; i++) {
                    out[i] = Math.abs(a[i]);
                }
            }
            case MAX -> {
                for (int i = 0; i < n; i++) {
                    out[i] = Math.max(a[i], b[i]);
                }
            }
            case MIN -> {
                for (int i = 0; i < n; i++) {
                    out[i] = Math.min(a[i], b[i]);
                }
            }
            case IF_POSITIVE -> {
                for (int i = 0; i < n; i++) {
                    out[i] = a[i] > 0 ? b[i] : c[i];
                }
            }
            case IF_NEGATIVE -> {
                for (int i = 0; i < n; i++) {
                    out[i] = a[i] < 0 ? b[i] : c[i];
                }
            }
        }
        return out;
    }

    // Of floats the product is exact in double, but its sum with c is not: rounded twice it may be another float.
    private double fma(double a, double b, double c) {
        return single ? Math.fma((float) a, (float) b, (float) c) : Math.fma(a, b, c);
    }
}
