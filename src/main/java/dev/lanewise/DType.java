package dev.lanewise;

/**
 * The type of a tensor's elements.
 *
 * <p>The names are PyTorch's without the module prefix: {@code FLOAT32} is {@code torch.float32}. A boolean is stored as
 * one byte, 0 or 1.
 */
public enum DType {
    /** IEEE 754 binary32, Java's {@code float}; the default of floating-point tensors. */
    FLOAT32("float32", 2, Kind.FLOATING, "FloatTensor"),
    /** IEEE 754 binary64, Java's {@code double}. */
    FLOAT64("float64", 3, Kind.FLOATING, "DoubleTensor"),
    /** IEEE 754 binary16: 5 bits of exponent, 10 of fraction. */
    FLOAT16("float16", 1, Kind.FLOATING, "HalfTensor"),
    /** bfloat16: the upper half of a binary32, 8 bits of exponent, 7 of fraction. */
    BFLOAT16("bfloat16", 1, Kind.FLOATING, "BFloat16Tensor"),
    /** Signed 64-bit integer, Java's {@code long}; the default of integer tensors. */
    INT64("int64", 3, Kind.INTEGRAL, "LongTensor"),
    /** Signed 32-bit integer, Java's {@code int}. */
    INT32("int32", 2, Kind.INTEGRAL, "IntTensor"),
    /** Signed 16-bit integer, Java's {@code short}. */
    INT16("int16", 1, Kind.INTEGRAL, "ShortTensor"),
    /** Signed 8-bit integer, Java's {@code byte}. */
    INT8("int8", 0, Kind.INTEGRAL, "CharTensor"),
    /** Unsigned 8-bit integer, 0 to 255. */
    UINT8("uint8", 0, Kind.INTEGRAL, "ByteTensor"),
    /** Truth value, stored as a byte that is 0 or 1. */
    BOOL("bool", 0, Kind.BOOLEAN, "BoolTensor");

    private enum Kind {
        BOOLEAN,
        INTEGRAL,
        FLOATING
    }

    private final String text;
    private final int shift;
    private final Kind kind;
    private final String tensorType;

    DType(String text, int shift, Kind kind, String tensorType) {
        this.text = text;
        this.shift = shift;
        this.kind = kind;
        this.tensorType = tensorType;
    }

    /** Bytes of one element. */
    public int byteSize() {
        return 1 << shift;
    }

    /** Base-2 logarithm of {@link #byteSize()}, for turning element counts into byte offsets. */
    public int shift() {
        return shift;
    }

    /** True for FLOAT16, BFLOAT16, FLOAT32 and FLOAT64. */
    public boolean isFloatingPoint() {
        return kind == Kind.FLOATING;
    }

    /** True for the signed and unsigned integers; false for BOOL. */
    public boolean isIntegral() {
        return kind == Kind.INTEGRAL;
    }

    /** True for FLOAT16 and BFLOAT16, which are computed in float32. */
    public boolean isHalf() {
        return this == FLOAT16 || this == BFLOAT16;
    }

    /** PyTorch's legacy type name, such as {@code FloatTensor}, as {@code Tensor.type()} prints it. */
    public String tensorType() {
        return tensorType;
    }

    /** Ranks the three categories for type promotion: 0 boolean, 1 integral, 2 floating point. */
    public int category() {
        return kind.ordinal();
    }

    /**
     * The dtype that two operands of equal standing are computed in.
     *
     * <p>The smallest dtype of the higher category that holds both; FLOAT16 with BFLOAT16 gives FLOAT32, UINT8 with a
     * signed type the next larger signed type. Source: PyTorch's {@code torch.promote_types}.
     */
    public static DType promote(DType a, DType b) {
        if (a == b) {
            return a;
        }
        if (a.kind != b.kind) {
            return a.category() > b.category() ? a : b;
        }
        if (a.shift != b.shift) {
            DType wide = a.shift > b.shift ? a : b;
            return wide;
        }
        return a.isFloatingPoint() ? FLOAT32 : INT16;
    }

    /** The name without PyTorch's prefix, for example {@code float32}; error messages use it. */
    public String shortName() {
        return text;
    }

    /** The name as PyTorch prints it, for example {@code torch.float32}. */
    @Override
    public String toString() {
        return "torch." + text;
    }
}
