package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Elements;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.util.Arrays;

/** Turns nested Java arrays, and single boxed values, into tensors. */
final class NestedArrays {
    private NestedArrays() {}

    /** The dtype that a Python literal of these values would get. */
    static DType literalType(Object array) {
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

    static Tensor tensor(DType dtype, Object array) {
        elementType(array);
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
        while (level != null && level.getClass().isArray()) {
            if (rank == sizes.length) {
                sizes = Arrays.copyOf(sizes, 2 * rank);
            }
            int length = Array.getLength(level);
            sizes[rank++] = length;
            boolean nested = level.getClass().getComponentType().isArray();
            level = nested && length > 0 ? Array.get(level, 0) : null;
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
            if (level == null || Array.getLength(level) != expected) {
                throw Check.shape("of", "all rows must have the same length")
                        .expected(expected)
                        .got((level == null ? "null" : Array.getLength(level)) + " at "
                                + (path.isEmpty() ? "[]" : path))
                        .error();
            }
            for (int i = 0; i < expected; i++) {
                if (depth == out.dim() - 1) {
                    value(Array.get(level, i));
                } else {
                    write(Array.get(level, i), depth + 1, path + "[" + i + "]");
                }
            }
        }

        private void value(Object boxed) {
            DType type = out.dtype();
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
