package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Elements;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.util.Arrays;

/** Turns nested Java arrays, and single boxed values, into tensors and back. */
final class NestedArrays {
    private NestedArrays() {}

    /** The dtype that a Python literal of these values would get. */
    static DType literalType(Object array) {
        if (NestedLists.isMixed(array)) {
            return NestedLists.literalType(array);
        }
        DType own = ownType(array);
        if (own == DType.BOOL) {
            return own;
        }
        return own.isFloatingPoint() ? DType.FLOAT32 : DType.INT64;
    }

    /** The dtype of the Java type itself; the smallest that holds all of a {@code char}. */
    static DType ownType(Object array) {
        return switch (elementType(array).getName()) {
            case "boolean" -> DType.BOOL;
            case "byte" -> DType.INT8;
            case "short" -> DType.INT16;
            case "int", "char" -> DType.INT32;
            case "float" -> DType.FLOAT32;
            case "double" -> DType.FLOAT64;
            default -> DType.INT64;
        };
    }

    static Tensor tensor(DType dtype, Object array) {
        if (NestedLists.isMixed(array)) {
            return NestedLists.tensor(dtype, array);
        }
        DType own = ownType(array);
        if (!array.getClass().isArray()) {
            return array instanceof Boolean truth
                    ? Tensor.scalar(truth).to(dtype)
                    : Tensor.scalar(dtype, (Number) array);
        }
        Tensor copy = Tensor.empty(own, shape(array));
        new Rows(copy).write(array, 0, "");
        Reference.reachabilityFence(copy);
        if (own == dtype) {
            return copy;
        }
        try (copy) {
            return copy.to(dtype);
        }
    }

    /** The elements as nested arrays of the smallest Java type that holds them; a boxed value if there is no dimension. */
    static Object array(Tensor x) {
        DType type = x.dtype().isHalf() ? DType.FLOAT32 : x.dtype() == DType.UINT8 ? DType.INT16 : x.dtype();
        Tensor plain = x.detach().to(type).contiguous();
        if (x.dim() > 0) {
            return new Rows(plain).read(0);
        }
        Object one = new Rows(plain.reshape(1)).read(0);
        return Array.get(one, 0);
    }

    private static Class<?> elementType(Object array) {
        Class<?> type = array == null ? Object.class : array.getClass();
        while (type.isArray()) {
            type = type.getComponentType();
        }
        if (type.isPrimitive()) {
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
        Class<?> type = array.getClass();
        for (; type.isArray(); type = type.getComponentType()) {
            if (rank == sizes.length) {
                sizes = Arrays.copyOf(sizes, 2 * rank);
            }
            int length = level == null ? 0 : Array.getLength(level);
            sizes[rank++] = length;
            level = type.getComponentType().isArray() && length > 0 ? Array.get(level, 0) : null;
        }
        return Arrays.copyOf(sizes, rank);
    }

    /** Copies rows of the last dimension between Java arrays and a contiguous tensor of the same element type. */
    private static final class Rows {
        private final Tensor tensor;
        private final long[] sizes;
        private final MemorySegment segment;
        private long offset;

        Rows(Tensor tensor) {
            this.tensor = tensor;
            this.sizes = tensor.sizes();
            this.segment = tensor.storage().segment();
            this.offset = tensor.byteOffset();
        }

        /** Writes one row after the other and checks on the way that each is as long as the first. */
        void write(Object level, int depth, String path) {
            long expected = sizes[depth];
            if (level == null || Array.getLength(level) != expected) {
                throw Check.shape("of", "all rows must have the same length")
                        .expected(expected)
                        .got((level == null ? "null" : Array.getLength(level)) + " at "
                                + (path.isEmpty() ? "[]" : path))
                        .error();
            }
            if (depth == sizes.length - 1) {
                copyIn(level);
                return;
            }
            for (int i = 0; i < expected; i++) {
                write(Array.get(level, i), depth + 1, path + "[" + i + "]");
            }
        }

        private void copyIn(Object row) {
            if (row instanceof boolean[] truths) {
                for (boolean truth : truths) {
                    Elements.setLong(DType.BOOL, segment, offset++, truth ? 1 : 0);
                }
            } else if (row instanceof char[] units) {
                for (char unit : units) {
                    Elements.setLong(DType.INT32, segment, offset, unit);
                    offset += Integer.BYTES;
                }
            } else {
                MemorySegment from = heap(row);
                MemorySegment.copy(from, 0, segment, offset, from.byteSize());
                offset += from.byteSize();
            }
        }

        Object read(int depth) {
            Object out = Array.newInstance(javaType(), lengths(depth));
            fill(out, depth);
            Reference.reachabilityFence(tensor);
            return out;
        }

        private void fill(Object level, int depth) {
            if (depth == sizes.length - 1) {
                copyOut(level);
                return;
            }
            for (int i = 0; i < sizes[depth]; i++) {
                fill(Array.get(level, i), depth + 1);
            }
        }

        private void copyOut(Object row) {
            if (row instanceof boolean[] truths) {
                for (int i = 0; i < truths.length; i++) {
                    truths[i] = Elements.getLong(DType.BOOL, segment, offset++) != 0;
                }
                return;
            }
            MemorySegment to = heap(row);
            MemorySegment.copy(segment, offset, to, 0, to.byteSize());
            offset += to.byteSize();
        }

        private int[] lengths(int from) {
            int[] lengths = new int[sizes.length - from];
            for (int d = from; d < sizes.length; d++) {
                if (sizes[d] > Integer.MAX_VALUE - 8) {
                    throw Check.argument("toNestedArray", "a Java array holds at most 2^31 - 9 elements")
                            .got(sizes[d])
                            .operand("self", tensor.dtype(), sizes)
                            .error();
                }
                lengths[d - from] = (int) sizes[d];
            }
            return lengths;
        }

        private Class<?> javaType() {
            return switch (tensor.dtype()) {
                case BOOL -> boolean.class;
                case INT8 -> byte.class;
                case INT16 -> short.class;
                case INT32 -> int.class;
                case INT64 -> long.class;
                case FLOAT64 -> double.class;
                default -> float.class;
            };
        }

        private static MemorySegment heap(Object row) {
            if (row instanceof float[] floats) {
                return MemorySegment.ofArray(floats);
            }
            if (row instanceof double[] doubles) {
                return MemorySegment.ofArray(doubles);
            }
            if (row instanceof long[] longs) {
                return MemorySegment.ofArray(longs);
            }
            if (row instanceof int[] ints) {
                return MemorySegment.ofArray(ints);
            }
            return row instanceof short[] shorts ? MemorySegment.ofArray(shorts) : MemorySegment.ofArray((byte[]) row);
        }
    }
}
