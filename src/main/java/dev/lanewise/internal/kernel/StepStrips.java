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
        Strips.local().loadFloating(type, segment(operand), offset(operand), out, n);
        return out;
    }

    private void store(int operand, double[] value) {
        Strips.local().storeFloating(type, value, segment(operand), offset(operand), n);
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
        double[] out = next();
        for (int i = 0; i < n; i++) {
            out[i] = round(a[i] + b[i]);
        }
        return out;
    }

    @Override
    public double[] sub(double[] a, double[] b) {
        double[] out = next();
        for (int i = 0; i < n; i++) {
            out[i] = round(a[i] - b[i]);
        }
        return out;
    }

    @Override
    public double[] mul(double[] a, double[] b) {
        double[] out = next();
        for (int i = 0; i < n; i++) {
            out[i] = round(a[i] * b[i]);
        }
        return out;
    }

    @Override
    public double[] div(double[] a, double[] b) {
        double[] out = next();
        for (int i = 0; i < n; i++) {
            out[i] = round(a[i] / b[i]);
        }
        return out;
    }

    @Override
    public double[] fma(double[] a, double[] b, double[] c) {
        double[] out = next();
        // Of floats the product is exact in double, but its sum with c is not: rounded twice it may be another float.
        if (single) {
            for (int i = 0; i < n; i++) {
                out[i] = Math.fma((float) a[i], (float) b[i], (float) c[i]);
            }
        } else {
            for (int i = 0; i < n; i++) {
                out[i] = Math.fma(a[i], b[i], c[i]);
            }
        }
        return out;
    }

    @Override
    public double[] sqrt(double[] a) {
        double[] out = next();
        for (int i = 0; i < n; i++) {
            out[i] = round(Math.sqrt(a[i]));
        }
        return out;
    }

    @Override
    public double[] abs(double[] a) {
        double[] out = next();
        for (int i = 0; i < n; i++) {
            out[i] = Math.abs(a[i]);
        }
        return out;
    }

    @Override
    public double[] max(double[] a, double[] b) {
        double[] out = next();
        for (int i = 0; i < n; i++) {
            out[i] = Math.max(a[i], b[i]);
        }
        return out;
    }

    @Override
    public double[] min(double[] a, double[] b) {
        double[] out = next();
        for (int i = 0; i < n; i++) {
            out[i] = Math.min(a[i], b[i]);
        }
        return out;
    }

    @Override
    public double[] ifPositive(double[] test, double[] then, double[] otherwise) {
        double[] out = next();
        for (int i = 0; i < n; i++) {
            out[i] = test[i] > 0 ? then[i] : otherwise[i];
        }
        return out;
    }

    @Override
    public double[] ifNegative(double[] test, double[] then, double[] otherwise) {
        double[] out = next();
        for (int i = 0; i < n; i++) {
            out[i] = test[i] < 0 ? then[i] : otherwise[i];
        }
        return out;
    }
}
