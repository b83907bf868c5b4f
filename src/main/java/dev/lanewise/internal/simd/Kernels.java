package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.BinaryStrips;
import dev.lanewise.internal.kernel.CastStrips;
import dev.lanewise.internal.kernel.CompareStrips;
import dev.lanewise.internal.kernel.CopyKernel;
import dev.lanewise.internal.kernel.MapKernel;
import dev.lanewise.internal.kernel.ScalarBinary;
import dev.lanewise.internal.kernel.ScalarCompare;
import dev.lanewise.internal.kernel.ScalarKernel;
import dev.lanewise.internal.kernel.ScalarTernary;
import dev.lanewise.internal.kernel.ScalarUnary;
import dev.lanewise.internal.kernel.StagedKernel;
import dev.lanewise.internal.kernel.StripLoop;
import dev.lanewise.internal.kernel.TernaryStrips;
import dev.lanewise.internal.kernel.UnaryStrips;
import dev.lanewise.internal.kernel.WhereStrips;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Makes the elementwise kernels: the entry to this package, which loads and works without the Vector API.
 *
 * <p>A kernel runs scalar until its vector form is warm (see {@link Simd}); where vectors are off it stays scalar. Making one
 * is cheap, but what it has learnt belongs to it: make one per op and dtype, and keep it.
 */
public final class Kernels {
    private static final MethodHandles.Lookup SCALAR = StripLoop.lookup();
    private static final int DTYPES = DType.values().length;
    private static final AtomicReferenceArray<MapKernel> COPIES = new AtomicReferenceArray<>(4);
    private static final AtomicReferenceArray<MapKernel> BLENDS = new AtomicReferenceArray<>(4);
    private static final AtomicReferenceArray<MapKernel> CASTS = new AtomicReferenceArray<>(DTYPES * DTYPES);

    private Kernels() {}

    /** The kernel of an op of one input; input and result have the given dtype. */
    public static MapKernel unary(LaneUnary op, DType type) {
        if (isStaged(op, type)) {
            return new StagedKernel(cast(type, DType.FLOAT32), unary(op, DType.FLOAT32), cast(DType.FLOAT32, type), 1);
        }
        Supplier<StripLoop> special =
                () -> Templates.defineWith(SCALAR, UnaryStrips.class, ScalarUnary.class, op, StripLoop.class);
        ScalarKernel scalar = scalar(new UnaryStrips(op), special, type, type);
        return kernel(op, type, scalar, 1, form -> loop(UnaryLoop.class, op, LaneUnary.class, type, form));
    }

    /** The kernel of an op of two inputs; inputs and result have the given dtype. */
    public static MapKernel binary(LaneBinary op, DType type) {
        if (isStaged(op, type)) {
            return new StagedKernel(cast(type, DType.FLOAT32), binary(op, DType.FLOAT32), cast(DType.FLOAT32, type), 2);
        }
        Supplier<StripLoop> special =
                () -> Templates.defineWith(SCALAR, BinaryStrips.class, ScalarBinary.class, op, StripLoop.class);
        ScalarKernel scalar = scalar(new BinaryStrips(op), special, type, type, type);
        return kernel(op, type, scalar, 2, form -> loop(BinaryLoop.class, op, LaneBinary.class, type, form));
    }

    /** The kernel of a comparison of two inputs of the given dtype; the result is BOOL. */
    public static MapKernel compare(LaneCompare op, DType type) {
        if (isStaged(op, type)) {
            return new StagedKernel(cast(type, DType.FLOAT32), compare(op, DType.FLOAT32), null, 2);
        }
        Supplier<StripLoop> special =
                () -> Templates.defineWith(SCALAR, CompareStrips.class, ScalarCompare.class, op, StripLoop.class);
        ScalarKernel scalar = scalar(new CompareStrips(op), special, DType.BOOL, type, type);
        return kernel(op, type, scalar, 2, form -> loop(CompareLoop.class, op, LaneCompare.class, type, form));
    }

    /** The kernel of an op of three inputs; inputs and result have the given dtype. */
    public static MapKernel ternary(LaneTernary op, DType type) {
        if (isStaged(op, type)) {
            return new StagedKernel(
                    cast(type, DType.FLOAT32), ternary(op, DType.FLOAT32), cast(DType.FLOAT32, type), 3);
        }
        Supplier<StripLoop> special =
                () -> Templates.defineWith(SCALAR, TernaryStrips.class, ScalarTernary.class, op, StripLoop.class);
        ScalarKernel scalar = scalar(new TernaryStrips(op), special, type, type, type, type);
        return kernel(op, type, scalar, 3, form -> loop(TernaryLoop.class, op, LaneTernary.class, type, form));
    }

    /** The kernel that takes b where the BOOL a is true and c elsewhere; b, c and the result have the given dtype. */
    public static MapKernel where(DType type) {
        return cached(BLENDS, type.shift(), () -> makeWhere(integer(type.shift())));
    }

    /** The kernel that converts between two dtypes; {@link CastStrips} says how. */
    public static MapKernel cast(DType from, DType to) {
        return from == to
                ? copy(from)
                : cached(CASTS, from.ordinal() * DTYPES + to.ordinal(), () -> makeCast(from, to));
    }

    /** The kernel that copies elements; with an input of step 0 it fills. */
    public static MapKernel copy(DType type) {
        return cached(COPIES, type.shift(), () -> new CopyKernel(type.shift(), AutoMover.get(type.shift())));
    }

    /** FLOAT16 is computed by the float32 kernel: with its conversions in the loop, the loop is too long for the compiler. */
    private static boolean isStaged(LaneOp op, DType type) {
        return type == DType.FLOAT16 && Simd.isOn() && op.vectorizes(type);
    }

    /** True if the vector form of a kernel is in use for inputs that all advance, or if it will always be scalar. */
    public static boolean isWarm(MapKernel kernel) {
        if (kernel instanceof StagedKernel staged) {
            return Arrays.stream(staged.parts()).allMatch(Kernels::isWarm);
        }
        return !(kernel instanceof AutoKernel auto) || auto.isWarm();
    }

    /** Waits until no kernel is waiting for its vector form; false if that takes longer than {@code limit}. */
    public static boolean awaitWarm(Duration limit) {
        return Warmer.await(limit);
    }

    private static MapKernel makeWhere(DType type) {
        Supplier<StripLoop> special = () -> Templates.define(SCALAR, WhereStrips.class, null, StripLoop.class);
        ScalarKernel scalar = scalar(new WhereStrips(), special, type, DType.BOOL, type, type);
        LaneSpec spec = new LaneSpec(type, Simd.lanes(type));
        return kernel(
                "where " + type.shortName(),
                scalar,
                3,
                spec.lanes(),
                form -> loop(WhereLoop.class, null, spec, spec, form));
    }

    private static MapKernel makeCast(DType from, DType to) {
        Supplier<StripLoop> special =
                () -> Templates.defineWith(SCALAR, CastStrips.class, DType.class, to, StripLoop.class);
        ScalarKernel scalar = scalar(new CastStrips(to), special, to, from);
        int lanes = Simd.castLanes(from, to);
        LaneSpec in = new LaneSpec(from, lanes);
        LaneSpec out = new LaneSpec(to, lanes);
        return kernel(
                from.shortName() + " to " + to.shortName(),
                scalar,
                1,
                lanes,
                form -> loop(CastLoop.class, null, in, out, form));
    }

    /** A scalar kernel that stays with the shared loop if the loop cannot be copied. */
    private static ScalarKernel scalar(StripLoop shared, Supplier<StripLoop> special, DType out, DType... in) {
        Supplier<StripLoop> ifPossible = () -> {
            try {
                return special.get();
            } catch (Templates.Unavailable e) {
                return null;
            }
        };
        return new ScalarKernel(shared, ifPossible, out, in);
    }

    private static MapKernel kernel(
            LaneOp op, DType type, ScalarKernel scalar, int inputs, IntFunction<LaneLoop> maker) {
        if (!op.vectorizes(type)) {
            return scalar;
        }
        return kernel(op.getClass().getSimpleName() + " " + type.shortName(), scalar, inputs, Simd.lanes(type), maker);
    }

    private static MapKernel kernel(
            String name, ScalarKernel scalar, int inputs, int lanes, IntFunction<LaneLoop> maker) {
        return Simd.isOn() ? new AutoKernel(name, scalar, maker, inputs, lanes) : scalar;
    }

    private static <T extends LaneOp> LaneLoop loop(Class<?> template, T op, Class<T> kind, DType type, int form) {
        LaneSpec spec = new LaneSpec(type, Simd.lanes(type));
        return loop(template, Templates.copyOf(op, kind), spec, spec, form);
    }

    private static LaneLoop loop(Class<?> template, Object op, LaneSpec in, LaneSpec out, int form) {
        LoopSpec spec = new LoopSpec(op, in, out, form);
        return Templates.define(MethodHandles.lookup(), template, spec, LaneLoop.class);
    }

    /** The integers of {@code 1 << shift} bytes. */
    private static DType integer(int shift) {
        return switch (shift) {
            case 0 -> DType.UINT8;
            case 1 -> DType.INT16;
            case 2 -> DType.INT32;
            default -> DType.INT64;
        };
    }

    private static MapKernel cached(AtomicReferenceArray<MapKernel> cache, int index, Supplier<MapKernel> maker) {
        MapKernel kernel = cache.get(index);
        if (kernel == null) {
            cache.compareAndSet(index, null, maker.get());
            kernel = cache.get(index);
        }
        return kernel;
    }
}
