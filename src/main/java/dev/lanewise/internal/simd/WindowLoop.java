package dev.lanewise.internal.simd;

import dev.lanewise.internal.kernel.WindowLoops;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link WindowLoops}; a template, see {@link LaneLoop}. */
final class WindowLoop implements WindowLoops {
    private static final int BITS = LoopSpec.classData(MethodHandles.lookup(), Integer.class);
    private static final VectorSpecies<Float> S = VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, VectorShape.forBitSize(BITS));
    private static final Class<?> FLOATS = S.vectorType();
    private static final Class<?> INTS = I.vectorType();
    private static final int LANES = S.length();
    private static final VectorShuffle<Float> EVEN = pairs(0);
    private static final VectorShuffle<Float> ODD = pairs(1);
    private static final VectorMask<Float> UPPER = VectorMask.fromLong(S, -1L << LANES / 2);

    WindowLoop() {}

    /** Every other lane, twice: the first half is for the first of two vectors, the second for the other. */
    private static VectorShuffle<Float> pairs(int first) {
        int[] lanes = new int[LANES];
        for (int i = 0; i < LANES; i++) {
            lanes[i] = 2 * i % LANES + first;
        }
        return VectorShuffle.fromArray(S, lanes, 0);
    }

    @Override
    public void split(int n, float[] line, float[] out, int even, int odd) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector a = load(line, 2 * i);
            FloatVector b = load(line, 2 * i + LANES);
            exact(a.rearrange(EVEN).blend(b.rearrange(EVEN), UPPER)).intoArray(out, even + i);
            exact(a.rearrange(ODD).blend(b.rearrange(ODD), UPPER)).intoArray(out, odd + i);
        }
    }

    @Override
    public void max(int n, float[] in, int from, int[] offsets, int count, float[] out, int at) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector best = exact(FloatVector.broadcast(S, Float.NEGATIVE_INFINITY));
            for (int j = 0; j < count; j++) {
                FloatVector value = load(in, from + offsets[j] + i);
                best = exact(best.blend(value, better(value, best)));
            }
            best.intoArray(out, at + i);
        }
    }

    private static VectorMask<Float> better(FloatVector value, FloatVector best) {
        return value.compare(VectorOperators.GT, best).or(value.compare(VectorOperators.NE, value));
    }

    @Override
    public void maxAt(
            int n,
            float[] in,
            int from,
            int[] offsets,
            int[] places,
            int count,
            int[] steps,
            int[] none,
            int base,
            float[] out,
            int[] positions,
            int at) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector best = exact(FloatVector.broadcast(S, Float.NEGATIVE_INFINITY));
            IntVector position = exact(IntVector.fromArray(I, none, i).add(base));
            IntVector step = exact(IntVector.fromArray(I, steps, i).add(base));
            for (int j = 0; j < count; j++) {
                FloatVector value = load(in, from + offsets[j] + i);
                VectorMask<Float> better = better(value, best);
                best = exact(best.blend(value, better));
                position = exact(position.blend(step.add(places[j]), better.cast(I)));
            }
            best.intoArray(out, at + i);
            position.intoArray(positions, at + i);
        }
    }

    @Override
    public void sum(int n, float[] in, int from, int[] offsets, int count, float[] out, int at) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector sum = exact(FloatVector.zero(S));
            for (int j = 0; j < count; j++) {
                sum = exact(sum.add(load(in, from + offsets[j] + i)));
            }
            sum.intoArray(out, at + i);
        }
    }

    private static FloatVector load(float[] from, int at) {
        return exact(FloatVector.fromArray(S, from, at));
    }

    // These casts tell C2 the exact class where vectors meet; it makes objects of them otherwise.
    private static FloatVector exact(FloatVector lanes) {
        return (FloatVector) FLOATS.cast(lanes);
    }

    private static IntVector exact(IntVector lanes) {
        return (IntVector) INTS.cast(lanes);
    }
}
