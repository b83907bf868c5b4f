package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.StepCall;
import dev.lanewise.internal.kernel.StepKernel;
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
 * <p>A call makes an instance that knows its operands and where the loop is. It is no object in compiled code, where the rule
 * and all of this is one loop.
 *
 * @param <E> Float or Double
 */
final class StepLoop<E> implements StepKernel, StepMath<Vector<E>> {
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
    private final double[] numbers;
    /** How far the loop is, in bytes. */
    private long at;

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
        numbers = null;
    }

    private StepLoop(StepCall call, long from) {
        MemorySegment[] segments = call.segments();
        long[] offsets = call.offsets();
        int most = segments.length - 1;
        long done = from << SHIFT;
        parameter = nat(segments[0]);
        gradient = nat(segments[1]);
        first = nat(segments[Math.min(2, most)]);
        second = nat(segments[Math.min(3, most)]);
        third = nat(segments[Math.min(4, most)]);
        parameterAt = offsets[0] + done;
        gradientAt = offsets[1] + done;
        firstAt = offsets[Math.min(2, most)] + done;
        secondAt = offsets[Math.min(3, most)] + done;
        thirdAt = offsets[Math.min(4, most)] + done;
        numbers = call.numbers();
    }

    @Override
    public void run(long from, int n, StepCall call) {
        StepLoop<E> x = new StepLoop<>(call, from);
        for (int i = 0; i < n; i += LANES) {
            x.at = (long) i << SHIFT;
            RULE.step(x);
        }
    }

    private static MemorySegment nat(MemorySegment segment) {
        if (segment.getClass() != Scratch.NATIVE) {
            throw LaneLoop.notNative(segment);
        }
        return segment;
    }

    @Override
    public boolean has(int flag) {
        return (FLAGS & flag) != 0;
    }

    @Override
    @SuppressWarnings("unchecked") // E is what the dtype says
    public Vector<E> number(int which) {
        if (F32) {
            return (Vector<E>) FloatVector.broadcast(FLOATS, (float) numbers[which]);
        }
        return (Vector<E>) DoubleVector.broadcast(DOUBLES, numbers[which]);
    }

    @Override
    public Vector<E> parameter() {
        return IO.load(parameter, parameterAt + at);
    }

    @Override
    public Vector<E> gradient() {
        Vector<E> g = IO.load(gradient, gradientAt + at);
        if (has(MAXIMIZE)) {
            g = g.lanewise(VectorOperators.NEG);
        }
        if (has(DECAY)) {
            g = parameter().lanewise(VectorOperators.FMA, number(0), g);
        }
        return g;
    }

    @Override
    public Vector<E> state(int which) {
        if (which == 0) {
            return IO.load(first, firstAt + at);
        }
        if (which == 1) {
            return IO.load(second, secondAt + at);
        }
        return IO.load(third, thirdAt + at);
    }

    @Override
    public void setParameter(Vector<E> value) {
        IO.store(value, parameter, parameterAt + at);
    }

    @Override
    public void setState(int which, Vector<E> value) {
        if (which == 0) {
            IO.store(value, first, firstAt + at);
        } else if (which == 1) {
            IO.store(value, second, secondAt + at);
        } else {
            IO.store(value, third, thirdAt + at);
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
