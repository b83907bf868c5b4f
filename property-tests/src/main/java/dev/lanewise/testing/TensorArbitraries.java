package dev.lanewise.testing;

import dev.lanewise.DType;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.op.Op;
import dev.lanewise.testing.reference.RefTypes;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** jqwik arbitraries of everything that makes up a tensor. */
public final class TensorArbitraries {
    /** Sizes around the numbers of lanes that vectors have. */
    private static final Long[] LANE_SIZES = {
        0L, 1L, 3L, 7L, 8L, 9L, 15L, 16L, 17L, 31L, 32L, 33L, 63L, 64L, 65L, 127L, 128L, 129L, 1023L, 1024L, 1025L
    };

    private TensorArbitraries() {}

    /** Every dtype. */
    public static Arbitrary<DType> dtypes() {
        return Arbitraries.of(DType.class);
    }

    /** The dtypes that an op takes. */
    public static List<DType> dtypesOf(Op op) {
        return Arrays.stream(DType.values())
                .filter(type -> RefTypes.compute(op, type) != null)
                .toList();
    }

    /** Every layout. */
    public static Arbitrary<Layout> layouts() {
        return Arbitraries.of(Layout.class);
    }

    /** Sizes around the numbers of lanes, from 0 to 1025. */
    public static Arbitrary<Long> laneSizes() {
        return Arbitraries.of(LANE_SIZES);
    }

    /** The sizes of {@link #laneSizes()}. */
    public static List<Long> allLaneSizes() {
        return List.of(LANE_SIZES);
    }

    /** Shapes of up to {@code maxRank} dimensions, of few elements, or with one dimension around a number of lanes. */
    public static Arbitrary<long[]> sizes(int maxRank) {
        Arbitrary<long[]> small =
                Arbitraries.longs().between(0, 5).array(long[].class).ofMaxSize(maxRank);
        Arbitrary<long[]> row = laneSizes().map(n -> new long[] {n});
        Arbitrary<long[]> matrix = Combinators.combine(Arbitraries.longs().between(1, 3), laneSizes())
                .as((rows, n) -> new long[] {rows, n});
        return Arbitraries.frequencyOf(Tuple.of(2, small), Tuple.of(2, row), Tuple.of(1, matrix));
    }

    /** Shapes as {@link #sizes} draws them. */
    public static Arbitrary<Shape> shapes(int maxRank) {
        return sizes(maxRank).map(Shape::of);
    }

    /** Tensors but for their dtype: a layout, a shape, a seed for the values, and whether some of these are special. */
    public static Arbitrary<Sample> samples(int maxRank) {
        return Combinators.combine(
                        layouts(),
                        sizes(maxRank),
                        Arbitraries.longs().between(0, 1_000_000),
                        Arbitraries.of(false, true))
                .as(Sample::of);
    }

    /** Tensors of a dtype with values in [low, high], some of them special. */
    public static Arbitrary<Tensor> tensors(DType dtype, double low, double high) {
        return samples(4).map(sample -> sample.tensor(dtype, low, high));
    }

    /** Tensors that an op can take, with values in the op's domain. */
    public static Arbitrary<Tensor> tensors(Op op) {
        return Arbitraries.of(dtypesOf(op)).flatMap(type -> tensors(type, op.low(), op.high()));
    }
}
