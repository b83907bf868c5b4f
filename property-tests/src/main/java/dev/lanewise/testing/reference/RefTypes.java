package dev.lanewise.testing.reference;

import dev.lanewise.DType;
import dev.lanewise.op.Op;
import java.util.EnumMap;
import java.util.Map;

/** Type promotion, from a table written out in full. */
public final class RefTypes {
    // Rows and columns in this order. Source: the table of torch.promote_types.
    private static final DType[] ORDER = {
        DType.UINT8, DType.INT8, DType.INT16, DType.INT32, DType.INT64,
        DType.FLOAT16, DType.FLOAT32, DType.FLOAT64, DType.BOOL, DType.BFLOAT16
    };
    private static final String[] ROWS = {
        "u1 i2 i2 i4 i8 f2 f4 f8 u1 bf",
        "i2 i1 i2 i4 i8 f2 f4 f8 i1 bf",
        "i2 i2 i2 i4 i8 f2 f4 f8 i2 bf",
        "i4 i4 i4 i4 i8 f2 f4 f8 i4 bf",
        "i8 i8 i8 i8 i8 f2 f4 f8 i8 bf",
        "f2 f2 f2 f2 f2 f2 f4 f8 f2 f4",
        "f4 f4 f4 f4 f4 f4 f4 f8 f4 f4",
        "f8 f8 f8 f8 f8 f8 f8 f8 f8 f8",
        "u1 i1 i2 i4 i8 f2 f4 f8 b1 bf",
        "bf bf bf bf bf f4 f4 f8 bf bf",
    };
    private static final Map<DType, Map<DType, DType>> TABLE = table();

    private RefTypes() {}

    /** The dtype that two operands of equal standing are computed in. */
    public static DType promote(DType a, DType b) {
        return TABLE.get(a).get(b);
    }

    /** The dtype that two tensors are computed in: one without dimensions counts only if its category is higher. */
    public static DType result(Ref a, Ref b) {
        boolean aDims = a.rank() > 0;
        boolean bDims = b.rank() > 0;
        if (aDims == bDims) {
            return promote(a.dtype(), b.dtype());
        }
        DType strong = aDims ? a.dtype() : b.dtype();
        DType weak = aDims ? b.dtype() : a.dtype();
        return category(weak) > category(strong) ? weak : strong;
    }

    /** The dtype that a tensor and a number are computed in. */
    public static DType result(DType tensor, Number number) {
        boolean floating = number instanceof Double || number instanceof Float;
        DType own = floating ? DType.FLOAT32 : DType.INT64;
        return category(own) > category(tensor) ? own : tensor;
    }

    /** The dtype that an op computes in; null if it refuses this one. */
    public static DType compute(Op op, DType type) {
        return switch (op.dtypes()) {
            case ANY -> type;
            case NUMERIC -> type == DType.BOOL ? null : type;
            case INTEGERS -> category(type) == 1 ? type : null;
            case BITS -> category(type) == 2 ? null : type;
            case FLOATING -> category(type) == 2 ? type : DType.FLOAT32;
        };
    }

    private static int category(DType type) {
        return switch (type) {
            case BOOL -> 0;
            case UINT8, INT8, INT16, INT32, INT64 -> 1;
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> 2;
        };
    }

    private static Map<DType, Map<DType, DType>> table() {
        Map<DType, Map<DType, DType>> table = new EnumMap<>(DType.class);
        for (int row = 0; row < ORDER.length; row++) {
            Map<DType, DType> line = new EnumMap<>(DType.class);
            for (int column = 0; column < ORDER.length; column++) {
                line.put(ORDER[column], named(ROWS[row].substring(3 * column, 3 * column + 2)));
            }
            table.put(ORDER[row], line);
        }
        return table;
    }

    private static DType named(String code) {
        return switch (code) {
            case "u1" -> DType.UINT8;
            case "i1" -> DType.INT8;
            case "i2" -> DType.INT16;
            case "i4" -> DType.INT32;
            case "i8" -> DType.INT64;
            case "f2" -> DType.FLOAT16;
            case "bf" -> DType.BFLOAT16;
            case "f4" -> DType.FLOAT32;
            case "f8" -> DType.FLOAT64;
            case "b1" -> DType.BOOL;
            default -> throw new IllegalArgumentException("reference: no dtype " + code + ".");
        };
    }
}
