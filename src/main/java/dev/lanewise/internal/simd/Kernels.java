package dev.lanewise.internal.simd;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.BinaryStrips;
import dev.lanewise.internal.kernel.CastStrips;
import dev.lanewise.internal.kernel.CompareStrips;
import dev.lanewise.internal.kernel.CopyKernel;
import dev.lanewise.internal.kernel.GuardedKernel;
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
        DType via = via(op, type);
        if (via != type) {
            return new StagedKernel(cast(type, via), unary(op, via), cast(via, type), 1);
        }
        Supplier<StripLoop> special =
                () -> Templates.defineWith(SCALAR, UnaryStrips.class, ScalarUnary.class, op, StripLoop.class);
        ScalarKernel scalar = scalar(new UnaryStrips(op), special, type, type);
        MapKernel kernel = kernel(op, type, scalar, 1, form -> loop(UnaryLoop.class, op, LaneUnary.class, type, form));
        return kernel == scalar || op.limit(type) == Double.POSITIVE_INFINITY
                ? kernel
                : new GuardedKernel(kernel, scalar, compare(new BeyondLimit(), type), op.limit(type));
    }

    /** The kernel of an op of two inputs; inputs and result have the given dtype. */
    public static MapKernel binary(LaneBinary op, DType type) {
        DType via = via(op, type);
        if (via != type) {
            return new StagedKernel(cast(type, via), binary(op, via), cast(via, type), 2);
        }
        Supplier<StripLoop> special =
                () -> Templates.defineWith(SCALAR, BinaryStrips.class, ScalarBinary.class, op, StripLoop.class);
        ScalarKernel scalar = scalar(new BinaryStrips(op), special, type, type, type);
        return kernel(op, type, scalar, 2, form -> loop(BinaryLoop.class, op, LaneBinary.class, type, form));
    }

    /** The kernel of a comparison of two inputs of the given dtype; the result is BOOL. */
    public static MapKernel compare(LaneCompare op, DType type) {
        DType via = via(op, type);
        if (via != type) {
            return new StagedKernel(cast(type, via), compare(op, via), null, 2);
        }
        Supplier<StripLoop> special =
                () -> Templates.defineWith(SCALAR, CompareStrips.class, ScalarCompare.class, op, StripLoop.class);
        ScalarKernel scalar = scalar(new CompareStrips(op), special, DType.BOOL, type, type);
        return kernel(op, type, scalar, 2, form -> loop(CompareLoop.class, op, LaneCompare.class, type, form));
    }

    /** The kernel of an op of three inputs; inputs and result have the given dtype. */
    public static MapKernel ternary(LaneTernary op, DType type) {
        DType via = via(op, type);
        if (via != type) {
            return new StagedKernel(cast(type, via), ternary(op, via), cast(via, type), 3);
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

    /**
     * The dtype whose kernel computes a dtype: FLOAT64 where an op says so; FLOAT32 for FLOAT16, with whose conversions in it
     * a loop is too long for the compiler, and for BFLOAT16 where the op itself is so long.
     */
    private static DType via(LaneOp op, DType type) {
        if (!Simd.isOn() || !op.vectorizes(type) || !type.isFloatingPoint() || type == DType.FLOAT64) {
            return type;
        }
        if (op.isWide()) {
            return DType.FLOAT64;
        }
        boolean isLong = op.isLong() || op.passes(DType.FLOAT32) > 1;
        return type == DType.FLOAT16 || isLong ? DType.FLOAT32 : type;
    }

    /** True if the vector form of a kernel is in use for inputs that all advance, or if it will always be scalar. */
    public static boolean isWarm(MapKernel kernel) {
        if (kernel instanceof StagedKernel staged) {
            return Arrays.stream(staged.parts()).allMatch(Kernels::isWarm);
        }
        if (kernel instanceof GuardedKernel guarded) {
            return isWarm(guarded.within());
        }
        return !(kernel instanceof AutoKernel auto) || auto.isWarm();
    }

    /** Waits until no kernel is waiting for its vector form; false if that takes longer than {@code limit}. */
    public static boolean awaitWarm(Duration limit) {
        return Warmer.SHARED.await(limit);
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
                form -> loop(WhereLoop.class, null, spec, spec, form, 0));
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
                form -> loop(CastLoop.class, null, in, out, form, 0));
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

    /** The loop of an op in one form: one, or one for each of its passes. */
    private static LaneLoop loop(Class<?> template, LaneOp op, Class<? extends LaneOp> kind, DType type, int form) {
        LaneSpec spec = new LaneSpec(type, Simd.lanes(type));
        int passes = op.passes(type);
        if (passes == 1) {
            return loop(template, Templates.copyOf(op, spec, kind), spec, spec, form, 0);
        }
        LaneLoop[] loops = new LaneLoop[passes];
        for (int pass = 0; pass < passes; pass++) {
            loops[pass] = loop(PassLoop.class, Templates.copyOf(op, spec, kind), spec, spec, form, pass);
        }
        return new PassLoops(loops, form, type.shift());
    }

    private static LaneLoop loop(Class<?> template, Object op, LaneSpec in, LaneSpec out, int form, int pass) {
        LoopSpec spec = new LoopSpec(op, in, out, form, pass);
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
