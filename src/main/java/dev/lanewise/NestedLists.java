package dev.lanewise;

import dev.lanewise.internal.error.Check;
import dev.lanewise.internal.kernel.Elements;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;

/** Turns nested lists, and arrays of objects, into tensors: every element says itself what it is. */
final class NestedLists {
    private final Tensor out;
    private final MemorySegment segment;
    private long offset;

    private NestedLists(Tensor out) {
        this.out = out;
        this.segment = out.storage().segment();
        this.offset = out.byteOffset();
    }

    /** True for lists and arrays of objects. */
    static boolean isMixed(Object value) {
        if (value instanceof List<?>) {
            return true;
        }
        Class<?> type = value == null ? Object.class : value.getClass();
        boolean isArray = type.isArray();
        while (type.isArray()) {
            type = type.getComponentType();
        }
        return isArray && !type.isPrimitive();
    }

    /** The dtype that Python would give all numbers together. */
    static DType literalType(Object mixed) {
        DType type = leafType(mixed);
        return type == null ? DType.FLOAT32 : type;
    }

    static Tensor tensor(DType dtype, Object mixed) {
        leafType(mixed);
        NestedLists lists = new NestedLists(Tensor.empty(dtype, shape(mixed)));
        lists.write(mixed, 0, "");
        Reference.reachabilityFence(lists.out);
        return lists.out;
    }

    /** The dtype of all numbers of a level together; null if there are none. Refuses what is no number. */
    private static DType leafType(Object level) {
        if (!isMixed(level)) {
            boolean empty = isLevel(level) && length(level) == 0;
            return empty ? null : NestedArrays.literalType(level);
        }
        DType type = null;
        for (int i = 0; i < length(level); i++) {
            DType other = leafType(element(level, i));
            if (type == null || other == null) {
                type = type == null ? other : type;
            } else {
                type = DType.promote(type, other);
            }
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

    private static long[] shape(Object mixed) {
        long[] sizes = new long[0];
        Object level = mixed;
        while (isLevel(level)) {
            sizes = Arrays.copyOf(sizes, sizes.length + 1);
            sizes[sizes.length - 1] = length(level);
            level = length(level) > 0 ? element(level, 0) : null;
        }
        return sizes;
    }

    private void write(Object level, int depth, String path) {
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
        } else if (boxed instanceof Character unit) {
            Elements.setLong(type, segment, offset, unit);
        } else if (boxed instanceof Double || boxed instanceof Float) {
            Elements.setDouble(type, segment, offset, ((Number) boxed).doubleValue());
        } else {
            Elements.setLong(type, segment, offset, ((Number) boxed).longValue());
        }
        offset += type.byteSize();
    }
}
