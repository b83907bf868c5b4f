package dev.lanewise.io;

import dev.lanewise.DType;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.nn.Parameter;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes a value as a pickle of protocol 2, which every PyTorch reads, and collects the storages it refers to. */
final class PickleWriter {
    private static final int MOST_DEPTH = 500;

    /** What makes two tensors the same numbers. */
    private record Memory(long address, long bytes, DType dtype) {}

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Tensor> storages = new ArrayList<>();
    private final Map<Memory, Integer> known = new HashMap<>();
    private final IdentityHashMap<Tensor, Integer> memo = new IdentityHashMap<>();
    private final ArrayList<String> path = new ArrayList<>();

    /** The pickle of a value. */
    byte[] write(Object value) {
        op(0x80);
        op(2);
        value(value);
        op('.');
        return out.toByteArray();
    }

    /** The tensors whose numbers belong to the pickle, contiguous, in the order of their keys. */
    List<Tensor> storages() {
        return storages;
    }

    private void value(Object value) {
        if (value == null) {
            op('N');
        } else if (value instanceof Tensor tensor) {
            tensor(tensor);
        } else if (value instanceof Boolean truth) {
            op(truth ? 0x88 : 0x89);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Collection<?> items) {
            array(items.toArray());
        } else if (value.getClass().isArray()) {
            array(value);
        } else if (value instanceof Shape shape) {
            global("torch", "Size");
            longs(shape.toArray());
            op(0x85);
            op('R');
        } else if (value instanceof DType dtype) {
            global("torch", dtype.toString().substring("torch.".length()));
        } else {
            throw refused(value);
        }
    }

    private void array(Object array) {
        op(']');
        op('(');
        for (int i = 0; i < Array.getLength(array); i++) {
            inside(Integer.toString(i), Array.get(array, i));
        }
        op('e');
    }

    private void map(Map<?, ?> map) {
        op('}');
        op('(');
        map.forEach((key, value) -> {
            if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
                throw refused(key);
            }
            value(key);
            inside(key.toString(), value);
        });
        op('u');
    }

    private void inside(String step, Object value) {
        if (path.size() == MOST_DEPTH) {
            throw Check.argument(TorchFile.SAVE, "values must not be nested deeper than " + MOST_DEPTH)
                    .hint("Does a list or map contain itself?")
                    .error();
        }
        path.add(step);
        value(value);
        path.remove(path.size() - 1);
    }

    private IllegalArgumentException refused(Object value) {
        return Check.argument(
                        TorchFile.SAVE, "values must be tensors, numbers, texts, truth values, null, lists or maps")
                .got(value == null ? "a null key" : value.getClass().getName())
                .operand("at", path.isEmpty() ? "the value itself" : String.join(".", path))
                .error();
    }

    private void number(Number number) {
        if (number instanceof Double || number instanceof Float) {
            op('G');
            long bits = Double.doubleToLongBits(number.doubleValue());
            for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                op((int) (bits >>> shift));
            }
        } else if (number instanceof BigInteger big) {
            integer(big);
        } else if (number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte) {
            integer(number.longValue());
        } else {
            throw refused(number);
        }
    }

    private void integer(long value) {
        if (value == (int) value) {
            op('J');
            i4((int) value);
        } else {
            integer(BigInteger.valueOf(value));
        }
    }

    private void integer(BigInteger value) {
        byte[] big = value.toByteArray();
        op(0x8b);
        i4(big.length);
        for (int i = big.length - 1; i >= 0; i--) {
            op(big[i]);
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        op('X');
        i4(bytes.length);
        out.writeBytes(bytes);
    }

    private void longs(long... values) {
        op('(');
        for (long value : values) {
            integer(value);
        }
        op('t');
    }

    private void tensor(Tensor tensor) {
        Integer seen = memo.get(tensor);
        if (seen != null) {
            op('j');
            i4(seen);
            return;
        }
        if (tensor instanceof Parameter) {
            global("torch._utils", "_rebuild_parameter");
            op('(');
            rebuilt(tensor, false);
            op(tensor.requiresGrad() ? 0x88 : 0x89);
            emptyDictionary();
            op('t');
            op('R');
        } else {
            rebuilt(tensor, tensor.requiresGrad() && tensor.isLeaf());
        }
        int slot = memo.size();
        memo.put(tensor, slot);
        op('r');
        i4(slot);
    }

    private void rebuilt(Tensor tensor, boolean requiresGrad) {
        Tensor numbers = tensor.detach().contiguous();
        global("torch._utils", "_rebuild_tensor_v2");
        op('(');
        op('(');
        text("storage");
        global("torch", StoredNumbers.CLASSES.get(numbers.dtype()));
        text(Integer.toString(key(numbers)));
        text("cpu");
        integer(numbers.numel());
        op('t');
        op('Q');
        integer(0);
        longs(numbers.sizes());
        longs(numbers.stride());
        op(requiresGrad ? 0x88 : 0x89);
        emptyDictionary();
        op('t');
        op('R');
    }

    private int key(Tensor numbers) {
        Memory memory = numbers.numel() == 0
                ? null
                : new Memory(numbers.segment().address(), numbers.segment().byteSize(), numbers.dtype());
        Integer key = memory == null ? null : known.get(memory);
        if (key == null) {
            key = storages.size();
            storages.add(numbers);
            if (memory != null) {
                known.put(memory, key);
            }
        }
        return key;
    }

    private void emptyDictionary() {
        global("collections", "OrderedDict");
        op(')');
        op('R');
    }

    private void global(String module, String name) {
        op('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void i4(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            op(value >>> shift);
        }
    }

    private void op(int code) {
        out.write(code);
    }
}
