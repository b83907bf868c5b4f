package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.op.Promotion;

/** The bounds of a clamp as tensors; a missing bound is the end of what the dtype holds. */
record Clamping(DType type, Tensor low, Tensor high) {
    static Clamping of(DType self, Number min, Number max) {
        if (min == null && max == null) {
            throw Check.argument("clamp", "at least one of min and max must be given")
                    .error();
        }
        DType type = self;
        if (min != null) {
            type = Promotion.resultType(type, min);
        }
        if (max != null) {
            type = Promotion.resultType(type, max);
        }
        return new Clamping(
                type,
                Operands.fitting("clamp", "min", type, min == null ? lowest(type) : min),
                Operands.fitting("clamp", "max", type, max == null ? highest(type) : max));
    }

    static Clamping of(Tensor self, Tensor min, Tensor max) {
        if (min == null && max == null) {
            throw Check.argument("clamp", "at least one of min and max must be given")
                    .error();
        }
        DType type = min == null
                ? Promotion.resultType(self, max)
                : max == null ? Promotion.resultType(self, min) : Promotion.resultType(self, min, max);
        return new Clamping(
                type,
                min == null ? Tensor.scalar(type, lowest(type)) : min,
                max == null ? Tensor.scalar(type, highest(type)) : max);
    }

    private static Number lowest(DType type) {
        return switch (type) {
            case INT64 -> Long.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT8 -> Byte.MIN_VALUE;
            case UINT8, BOOL -> 0;
            default -> Double.NEGATIVE_INFINITY;
        };
    }

    private static Number highest(DType type) {
        return switch (type) {
            case INT64 -> Long.MAX_VALUE;
            case INT32 -> Integer.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case INT8 -> Byte.MAX_VALUE;
            case UINT8 -> 255;
            case BOOL -> 1;
            default -> Double.POSITIVE_INFINITY;
        };
    }
}
