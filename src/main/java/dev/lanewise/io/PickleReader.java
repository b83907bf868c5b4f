package dev.lanewise.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads Python's pickles of protocols 0 to 5, as far as they hold data: numbers, texts, bytes, lists, tuples, sets,
 * dictionaries, and what a {@link Classes} makes of classes and functions.
 *
 * <p>Source: the description of the opcodes in Python's module {@code pickletools}.
 */
final class PickleReader {
    private static final Object MARK = new Object();
    private static final int MOST_BYTES = 1 << 30;

    /** What stands for Python's classes and functions. */
    interface Classes {
        /** The value that calling a class or function gives. */
        Object call(Global function, List<?> arguments) throws IOException;

        /** The value that a name alone stands for, or the {@link Global} itself. */
        Object named(Global name);

        /** What an id stands for that points out of the pickle. */
        Object persistent(Object id) throws IOException;
    }

    /** A class or function by its name. */
    record Global(String module, String name) {
        String path() {
            return module + "." + name;
        }
    }

    private final InputStream in;
    private final Classes classes;
    private final ArrayList<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    PickleReader(InputStream in, Classes classes) {
        this.in = in;
        this.classes = classes;
    }

    /** The next pickle's value; leaves the stream behind it. */
    Object read() throws IOException {
        stack.clear();
        memo.clear();
        try {
            for (int op = u1(); op != '.'; op = u1()) {
                if (!number(op) && !text(op) && !container(op) && !memory(op) && !object(op)) {
                    throw new MalformedFileException("file must hold pickled data, got the opcode " + op);
                }
            }
            return pop();
        } catch (IndexOutOfBoundsException | ClassCastException | NumberFormatException | NullPointerException e) {
            // What a damaged file can lead to: every value of the machine may be of any kind.
            throw new MalformedFileException("file must hold well-formed pickled data (" + e.getMessage() + ")");
        }
    }

    private boolean number(int op) throws IOException {
        switch (op) {
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) i4());
            case 'K' -> push((long) u1());
            case 'M' -> push((long) (u1() | u1() << 8));
            case 0x8a -> push(big(u1()));
            case 0x8b -> push(big(i4()));
            case 'I' -> push(decimal(line()));
            case 'L' -> push(decimal(line().replace("L", "")));
            case 'F' -> push(Double.valueOf(line()));
            case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(i8())));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean text(int op) throws IOException {
        switch (op) {
            case 'X' -> push(utf8(i4()));
            case 0x8c -> push(utf8(u1()));
            case 0x8d -> push(utf8(i8()));
            case 'V' -> push(line());
            case 'S' -> push(unquoted(line()));
            case 'T' -> push(new String(bytes(i4()), StandardCharsets.ISO_8859_1));
            case 'U' -> push(new String(bytes(u1()), StandardCharsets.ISO_8859_1));
            case 'B' -> push(bytes(i4()));
            case 'C' -> push(bytes(u1()));
            case 0x8e -> push(bytes(i8()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int op) throws IOException {
        switch (op) {
            case '}' -> push(new LinkedHashMap<>());
            case ']' -> push(new ArrayList<>());
            case ')' -> push(List.of());
            case 0x8f -> push(new LinkedHashSet<>());
            case '(' -> push(MARK);
            case 't' -> push(Collections.unmodifiableList(toMark()));
            case 0x85 -> push(tuple(1));
            case 0x86 -> push(tuple(2));
            case 0x87 -> push(tuple(3));
            case 'l' -> push(toMark());
            case 'd' -> push(putAll(new LinkedHashMap<>(), toMark()));
            case 0x91 -> push(new LinkedHashSet<>(toMark()));
            case 'a' -> {
                Object item = pop();
                list(top()).add(item);
            }
            case 'e' -> {
                List<Object> items = toMark();
                list(top()).addAll(items);
            }
            case 's' -> {
                List<Object> pair = tuple(2);
                putAll(map(top()), pair);
            }
            case 'u' -> {
                List<Object> items = toMark();
                putAll(map(top()), items);
            }
            case 0x90 -> {
                List<Object> items = toMark();
                set(top()).addAll(items);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memory(int op) throws IOException {
        switch (op) {
            case 0x80 -> u1();
            case 0x95 -> i8();
            case 'q' -> memo.put(u1(), top());
            case 'r' -> memo.put(i4(), top());
            case 'p' -> memo.put(Integer.valueOf(line()), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> push(memo.get(u1()));
            case 'j' -> push(memo.get(i4()));
            case 'g' -> push(memo.get(Integer.valueOf(line())));
            case '0' -> pop();
            case '1' -> toMark();
            case '2' -> push(top());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean object(int op) throws IOException {
        switch (op) {
            case 'c' -> push(classes.named(new Global(line(), line())));
            case 0x93 -> {
                List<Object> names = tuple(2);
                push(classes.named(new Global((String) names.get(0), (String) names.get(1))));
            }
            case 'R', 0x81 -> {
                List<Object> call = tuple(2);
                push(classes.call(function(call.get(0)), (List<?>) call.get(1)));
            }
            case 'b' -> pop(); // attributes, such as the _metadata of a state dict
            case 'Q' -> push(classes.persistent(pop()));
            case 'P' -> push(classes.persistent(line()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Global function(Object value) throws IOException {
        if (value instanceof Global global) {
            return global;
        }
        throw new MalformedFileException("file must call functions only, got " + value);
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() {
        return stack.remove(stack.size() - 1);
    }

    private Object top() {
        return stack.get(stack.size() - 1);
    }

    private List<Object> tuple(int size) {
        List<Object> items = stack.subList(stack.size() - size, stack.size());
        List<Object> out = Collections.unmodifiableList(new ArrayList<>(items));
        items.clear();
        return out;
    }

    private List<Object> toMark() {
        int mark = stack.lastIndexOf(MARK);
        List<Object> items = stack.subList(mark + 1, stack.size());
        List<Object> out = new ArrayList<>(items);
        items.clear();
        stack.remove(mark);
        return out;
    }

    private static Map<Object, Object> putAll(Map<Object, Object> map, List<?> items) {
        for (int i = 0; i < items.size(); i += 2) {
            map.put(items.get(i), items.get(i + 1));
        }
        return map;
    }

    @SuppressWarnings("unchecked") // of Object, and a list of anything else cannot be here
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    @SuppressWarnings("unchecked") // as list
    private static Map<Object, Object> map(Object value) {
        return (Map<Object, Object>) value;
    }

    @SuppressWarnings("unchecked") // as list
    private static Set<Object> set(Object value) {
        return (Set<Object>) value;
    }

    private static Object decimal(String digits) {
        // Protocol 0 writes the truth values as these two.
        return switch (digits) {
            case "01" -> true;
            case "00" -> false;
            default -> narrow(new BigInteger(digits));
        };
    }

    private Object big(int count) throws IOException {
        byte[] little = bytes(count);
        for (int i = 0; i < little.length / 2; i++) {
            byte swapped = little[i];
            little[i] = little[little.length - 1 - i];
            little[little.length - 1 - i] = swapped;
        }
        return little.length == 0 ? (Object) 0L : narrow(new BigInteger(little));
    }

    private static Object narrow(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private static String unquoted(String text) {
        return text.length() < 2 ? text : text.substring(1, text.length() - 1);
    }

    private String utf8(long count) throws IOException {
        return new String(bytes(count), StandardCharsets.UTF_8);
    }

    private byte[] bytes(long count) throws IOException {
        if (count < 0 || count > MOST_BYTES) {
            throw new MalformedFileException("file must not hold a text or number of " + count + " bytes");
        }
        byte[] out = in.readNBytes((int) count);
        if (out.length < count) {
            throw new EOFException("the file ends too early");
        }
        return out;
    }

    private int u1() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("the file ends too early");
        }
        return value;
    }

    private int i4() throws IOException {
        return u1() | u1() << 8 | u1() << 16 | u1() << 24;
    }

    private long i8() throws IOException {
        return Integer.toUnsignedLong(i4()) | (long) i4() << 32;
    }

    private String line() throws IOException {
        byte[] out = new byte[32];
        int length = 0;
        for (int c = u1(); c != '\n'; c = u1()) {
            out = length == out.length ? Arrays.copyOf(out, 2 * length) : out;
            out[length++] = (byte) c;
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
