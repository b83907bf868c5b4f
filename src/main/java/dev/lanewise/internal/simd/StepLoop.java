package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.StepCall;
import dev.lanewise.internal.kernel.StepMath;
import dev.lanewise.internal.kernel.StepRule;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector form of a step over whole vectors; a template, see {@link LaneLoop}.
 *
 * <p>The loop is in the rule's own method, which is compiled with the small methods of this class in it; they check the
 * classes of segments, because what a field holds is known to the compiler by its declared type alone.
 *
 * @param <E> Float or Double
 */
final class StepLoop<E> implements LaneStep, StepMath<Vector<E>> {
    private static final StepSpec SPEC = LoopSpec.classData(MethodHandles.lookup(), StepSpec.class);
    private static final StepRule RULE = SPEC.rule();
    private static final LaneIo IO = SPEC.lanes().io();
    private static final boolean F32 = SPEC.lanes().type() == DType.FLOAT32;
    private static final int FLAGS = SPEC.flags();
    private static final int LANES = SPEC.lanes().lanes();
    private static final int SHIFT = SPEC.lanes().type().shift();
    private static final VectorShape SHAPE = VectorShape.forBitSize(LANES * Byte.SIZE << SHIFT);
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
    private static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);

    private final MemorySegment parameter;
    private final MemorySegment gradient;
    private final MemorySegment first;
    private final MemorySegment second;
    private final MemorySegment third;
    private final long parameterAt;
    private final long gradientAt;
    private final long firstAt;
    private final long secondAt;
    private final long thirdAt;
    private final double[] values;
    /** Each number repeated to fill a vector: loading it takes less than making it anew for every vector. */
    private final MemorySegment numbers;

    private final int count;

    /** The kernel, which has no operands. */
    StepLoop() {
        parameter = null;
        gradient = null;
        first = null;
        second = null;
        third = null;
        parameterAt = 0;
        gradientAt = 0;
        firstAt = 0;
        secondAt = 0;
        thirdAt = 0;
        values = null;
        numbers = null;
        count = 0;
    }

    private StepLoop(StepCall call, long from, int n, MemorySegment repeated) {
        MemorySegment[] segments = call.segments();
        long[] offsets = call.offsets();
        int most = segments.length - 1;
        long done = from << SHIFT;
        parameter = segments[0];
        gradient = segments[1];
        first = segments[Math.min(2, most)];
        second = segments[Math.min(3, most)];
        third = segments[Math.min(4, most)];
        parameterAt = offsets[0] + done;
        gradientAt = offsets[1] + done;
        firstAt = offsets[Math.min(2, most)] + done;
        secondAt = offsets[Math.min(3, most)] + done;
        thirdAt = offsets[Math.min(4, most)] + done;
        values = call.numbers();
        numbers = repeated;
        count = n;
    }

    @Override
    public LaneStep bind(long from, int n, StepCall call, MemorySegment scratch) {
        return new StepLoop<E>(call, from, n, scratch);
    }

    @Override
    public void run() {
        MemorySegment repeated = nat(numbers);
        for (int k = 0; k < values.length; k++) {
            IO.store(repeated(values[k]), repeated, (long) k * Scratch.SLOT);
        }
        RULE.step(this);
    }

    @SuppressWarnings("unchecked") // E is what the dtype says
    private static <E> Vector<E> repeated(double value) {
        if (F32) {
            return (Vector<E>) FloatVector.broadcast(FLOATS, (float) value);
        }
        return (Vector<E>) DoubleVector.broadcast(DOUBLES, value);
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int width() {
        return LANES;
    }

    @Override
    public boolean has(int flag) {
        return (FLAGS & flag) != 0;
    }

    @Override
    public Vector<E> number(int which) {
        return IO.load(nat(numbers), (long) which * Scratch.SLOT);
    }

    @Override
    public Vector<E> parameter(int i) {
        return IO.load(nat(parameter), parameterAt + ((long) i << SHIFT));
    }

    @Override
    public Vector<E> gradient(int i) {
        Vector<E> g = IO.load(nat(gradient), gradientAt + ((long) i << SHIFT));
        if (has(MAXIMIZE)) {
            g = g.lanewise(VectorOperators.NEG);
        }
        if (has(DECAY)) {
            g = parameter(i).lanewise(VectorOperators.FMA, number(0), g);
        }
        return g;
    }

    @Override
    public Vector<E> state(int which, int i) {
        if (which == 0) {
            return IO.load(nat(first), firstAt + ((long) i << SHIFT));
        }
        if (which == 1) {
            return IO.load(nat(second), secondAt + ((long) i << SHIFT));
        }
        return IO.load(nat(third), thirdAt + ((long) i << SHIFT));
    }

    @Override
    public void setParameter(int i, Vector<E> value) {
        IO.store(value, nat(parameter), parameterAt + ((long) i << SHIFT));
    }

    @Override
    public void setState(int which, int i, Vector<E> value) {
        if (which == 0) {
            IO.store(value, nat(first), firstAt + ((long) i << SHIFT));
        } else if (which == 1) {
            IO.store(value, nat(second), secondAt + ((long) i << SHIFT));
        } else {
            IO.store(value, nat(third), thirdAt + ((long) i << SHIFT));
        }
    }

    @Override
    public Vector<E> add(Vector<E> a, Vector<E> b) {
        return a.add(b);
    }

    @Override
    public Vector<E> sub(Vector<E> a, Vector<E> b) {
        return a.sub(b);
    }

    @Override
    public Vector<E> mul(Vector<E> a, Vector<E> b) {
        return a.mul(b);
    }

    @Override
    public Vector<E> div(Vector<E> a, Vector<E> b) {
        return a.div(b);
    }

    @Override
    public Vector<E> fma(Vector<E> a, Vector<E> b, Vector<E> c) {
        return a.lanewise(VectorOperators.FMA, b, c);
    }

    @Override
    public Vector<E> sqrt(Vector<E> a) {
        return a.lanewise(VectorOperators.SQRT);
    }

    @Override
    public Vector<E> abs(Vector<E> a) {
        return a.abs();
    }

    @Override
    public Vector<E> max(Vector<E> a, Vector<E> b) {
        return a.max(b);
    }

    @Override
    public Vector<E> min(Vector<E> a, Vector<E> b) {
        return a.min(b);
    }

    @Override
    public Vector<E> ifPositive(Vector<E> test, Vector<E> then, Vector<E> otherwise) {
        return otherwise.blend(then, test.compare(VectorOperators.GT, test.broadcast(0)));
    }

    @Override
    public Vector<E> ifNegative(Vector<E> test, Vector<E> then, Vector<E> otherwise) {
        return otherwise.blend(then, test.compare(VectorOperators.LT, test.broadcast(0)));
    }
}
