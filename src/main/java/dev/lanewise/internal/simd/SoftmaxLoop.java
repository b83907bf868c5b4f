package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.kernel.SoftmaxKernel;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link SoftmaxKernel}; a template, see {@link LaneLoop}. */
final class SoftmaxLoop implements SoftmaxKernel {
    private static final VectorSpecies<Float> S =
            VectorSpecies.of(float.class, VectorShape.forBitSize(Simd.laneBits()));
    private static final Class<?> TYPE = S.vectorType();
    private static final int LANES = S.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    /** Elements whose exponentials are summed in floats; the sums of strips are added in double. */
    private static final int STRIP = 512;

    SoftmaxLoop() {}

    @Override
    public void run(boolean log, MemorySegment row, int n) {
        if (row.getClass() != Scratch.NATIVE) {
            throw LaneLoop.notNative(row);
        }
        float largest = largest(row, n);
        double sum = 0;
        for (int i = 0; i < n; i += STRIP) {
            int end = Math.min(n, i + STRIP);
            sum += log ? sumOfExp(row, i, end, largest) : exp(row, i, end, largest);
        }
        if (log) {
            shift(row, n, largest, (float) Math.log(sum));
        } else {
            scale(row, n, (float) sum);
        }
    }

    private static float largest(MemorySegment row, int n) {
        // Made here: a constant vector that merges with computed ones would keep all of them on the heap.
        FloatVector most = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < n; i += LANES) {
            most = most.max(load(row, i));
        }
        return most.reduceLanes(VectorOperators.MAX);
    }

    private static float exp(MemorySegment row, int from, int to, float largest) {
        FloatVector shift = FloatVector.broadcast(S, largest);
        FloatVector sum = FloatVector.zero(S);
        for (int i = from; i < to; i += LANES) {
            FloatVector x = load(row, i);
            FloatVector e = x.sub(shift).lanewise(VectorOperators.EXP);
            store(e, row, i);
            sum = sum.add(e);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    private static float sumOfExp(MemorySegment row, int from, int to, float largest) {
        FloatVector shift = FloatVector.broadcast(S, largest);
        FloatVector sum = FloatVector.zero(S);
        for (int i = from; i < to; i += LANES) {
            FloatVector x = load(row, i);
            sum = sum.add(x.sub(shift).lanewise(VectorOperators.EXP));
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    private static void scale(MemorySegment row, int n, float sum) {
        FloatVector divisor = FloatVector.broadcast(S, sum);
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = load(row, i);
            store(x.div(divisor), row, i);
        }
    }

    private static void shift(MemorySegment row, int n, float largest, float log) {
        FloatVector first = FloatVector.broadcast(S, largest);
        FloatVector second = FloatVector.broadcast(S, log);
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = load(row, i);
            store(x.sub(first).sub(second), row, i);
        }
    }

    // These casts tell C2 the exact class: JDK 21 makes objects of the vectors otherwise once it has seen other widths
    // too.
    private static FloatVector load(MemorySegment row, int i) {
        return (FloatVector) TYPE.cast(FloatVector.fromMemorySegment(S, row, (long) i * Float.BYTES, ORDER));
    }

    private static void store(FloatVector lanes, MemorySegment row, int i) {
        ((FloatVector) TYPE.cast(lanes)).intoMemorySegment(row, (long) i * Float.BYTES, ORDER);
    }
}
