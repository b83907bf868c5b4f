package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Elements;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;

/** Turns nested Java arrays, and single boxed values, into tensors. */
final class NestedArrays {
    private NestedArrays() {}

    /** The dtype that a Python literal of these values would get. */
    static DType literalType(Object array) {
        if (isMixed(array)) {
            DType type = leafType(array);
            return type == null ? DType.FLOAT32 : type;
        }
        Class<?> type = elementType(array);
        if (type == boolean.class) {
            return DType.BOOL;
        }
        return type == double.class || type == float.class ? DType.FLOAT32 : DType.INT64;
    }

    /** The dtype of the Java type itself. */
    static DType ownType(Object array) {
        Class<?> type = elementType(array);
        if (type == double.class) {
            return DType.FLOAT64;
        }
        if (type == float.class) {
            return DType.FLOAT32;
        }
        if (type == int.class) {
            return DType.INT32;
        }
        if (type == short.class) {
            return DType.INT16;
        }
        if (type == byte.class) {
            return DType.INT8;
        }
        return type == boolean.class ? DType.BOOL : DType.INT64;
    }

    /** True for lists and arrays of objects, whose elements say themselves what they are. */
    private static boolean isMixed(Object array) {
        if (array instanceof List<?>) {
            return true;
        }
        Class<?> type = array == null ? Object.class : array.getClass();
        boolean isArray = type.isArray();
        while (type.isArray()) {
            type = type.getComponentType();
        }
        return isArray && !type.isPrimitive();
    }

    /** The dtype of all numbers in nested lists together; null if there are none. */
    private static DType leafType(Object level) {
        if (!isLevel(level)) {
            return level instanceof Boolean ? DType.BOOL : literalType(level);
        }
        if (!isMixed(level)) {
            return length(level) == 0 ? null : literalType(level);
        }
        DType type = null;
        for (int i = 0; i < length(level); i++) {
            DType other = leafType(element(level, i));
            type = type == null || other == null ? (type == null ? other : type) : DType.promote(type, other);
        }
        return type;
    }

    private static boolean isLevel(Object value) {
        return value instanceof List<?> || value != null && value.getClass().isArray();
    }

    private static int length(Object level) {
        return level instanceof List<?> list ? list.size() : Array.getLength(level);
    }

    private static Object element(Object level, int i) {
        return level instanceof List<?> list ? list.get(i) : Array.get(level, i);
    }

    static Tensor tensor(DType dtype, Object array) {
        if (isMixed(array)) {
            leafType(array);
        } else {
            elementType(array);
        }
        long[] shape = shape(array);
        Tensor out = Tensor.empty(dtype, shape);
        Writer writer = new Writer(out);
        writer.write(array, 0, "");
        Reference.reachabilityFence(out);
        return out;
    }

    private static Class<?> elementType(Object array) {
        Class<?> type = array == null ? Object.class : array.getClass();
        while (type.isArray()) {
            type = type.getComponentType();
        }
        if (type.isPrimitive() && type != char.class) {
            return type;
        }
        if (array instanceof Number || array instanceof Boolean) {
            return primitive(array);
        }
        throw Check.argument("of", "the values must be numbers or booleans, or nested arrays of them")
                .got(array == null ? "null" : array.getClass().getSimpleName())
                .error();
    }

    private static Class<?> primitive(Object value) {
        if (value instanceof Boolean) {
            return boolean.class;
        }
        return value instanceof Double || value instanceof Float ? double.class : long.class;
    }

    private static long[] shape(Object array) {
        long[] sizes = new long[8];
        int rank = 0;
        Object level = array;
        while (isLevel(level)) {
            if (rank == sizes.length) {
                sizes = Arrays.copyOf(sizes, 2 * rank);
            }
            sizes[rank++] = length(level);
            level = length(level) > 0 ? element(level, 0) : null;
        }
        return Arrays.copyOf(sizes, rank);
    }

    /** Writes the values one after the other and checks on the way that every row is as long as the first. */
    private static final class Writer {
        private final Tensor out;
        private final MemorySegment segment;
        private long offset;

        Writer(Tensor out) {
            this.out = out;
            this.segment = out.storage().segment();
            this.offset = out.byteOffset();
        }

        void write(Object level, int depth, String path) {
            if (depth == out.dim()) {
                value(level);
                return;
            }
            long expected = out.sizes()[depth];
            if (!isLevel(level) || length(level) != expected) {
                throw Check.shape("of", "all rows must have the same length")
                        .expected(expected)
                        .got((isLevel(level) ? length(level) : level) + " at " + (path.isEmpty() ? "[]" : path))
                        .error();
            }
            for (int i = 0; i < expected; i++) {
                if (depth == out.dim() - 1) {
                    value(element(level, i));
                } else {
                    write(element(level, i), depth + 1, path + "[" + i + "]");
                }
            }
        }

        private void value(Object boxed) {
            DType type = out.dtype();
            if (isLevel(boxed)) {
                throw Check.shape("of", "all values must be nested equally deep")
                        .got("a row of " + length(boxed) + " among numbers")
                        .error();
            }
            if (boxed instanceof Boolean truth) {
                Elements.setLong(type, segment, offset, truth ? 1 : 0);
            } else if (boxed instanceof Double || boxed instanceof Float) {
                Elements.setDouble(type, segment, offset, ((Number) boxed).doubleValue());
            } else {
                Elements.setLong(type, segment, offset, ((Number) boxed).longValue());
            }
            offset += type.byteSize();
        }
    }
}
