package dev.lanewise.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads NumPy's {@code .npy} and {@code .npz} files, little-endian and row-major, for tests. */
public final class Npz {
    private static final Pattern HEADER =
            Pattern.compile("'descr': '([^']+)', 'fortran_order': False, 'shape': \\(([^)]*)\\)");

    private Npz() {}

    /**
     * One array of a file.
     *
     * <p>{@code values} is what Java has for the type: {@code float[]} (f4), {@code double[]} (f8), {@code long[]}
     * (i8), {@code int[]} (i4), {@code short[]} (i2, u2, and f2 as its bits), {@code byte[]} (i1, u1), {@code
     * boolean[]} (b1).
     *
     * @param descr NumPy's type without the byte order, for example {@code f4}
     * @param shape the sizes
     * @param values the elements in row-major order
     */
    @SuppressWarnings("ArrayRecordComponent") // a plain carrier, never compared
    public record Array(String descr, long[] shape, Object values) {
        /** The elements as doubles, whatever their type; f2 is widened, a boolean is 0 or 1. */
        public double[] toDoubles() {
            int n = java.lang.reflect.Array.getLength(values);
            double[] out = new double[n];
            for (int i = 0; i < n; i++) {
                out[i] = number(i);
            }
            return out;
        }

        private double number(int i) {
            return switch (descr) {
                case "b1" -> ((boolean[]) values)[i] ? 1 : 0;
                case "u1" -> ((byte[]) values)[i] & 0xff;
                case "u2" -> ((short[]) values)[i] & 0xffff;
                case "f2" -> Float.float16ToFloat(((short[]) values)[i]);
                default -> ((Number) java.lang.reflect.Array.get(values, i)).doubleValue();
            };
        }
    }

    /** All arrays of a {@code .npz} file by name, without the {@code .npy} of the names, in the order of the file. */
    public static Map<String, Array> read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All arrays of a {@code .npz} stream by name, without the {@code .npy} of the names; complex ones are left out. */
    public static Map<String, Array> read(InputStream in) throws IOException {
        Map<String, Array> out = new LinkedHashMap<>();
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = entry.getName().replaceFirst("\\.npy$", "");
            byte[] npy = zip.readAllBytes();
            if (!isComplex(npy)) {
                out.put(name, readNpy(new ByteArrayInputStream(npy)));
            }
        }
        return out;
    }

    private static boolean isComplex(byte[] npy) {
        return new String(npy, 0, Math.min(npy.length, 128), StandardCharsets.ISO_8859_1).contains("'descr': '<c");
    }

    /** The array of a {@code .npy} stream. */
    public static Array readNpy(InputStream in) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < 10 || bytes.getShort(0) != 0x4e93) {
            throw new IOException("npy: expected the magic number.");
        }
        boolean longHeader = bytes.get(6) > 1;
        int start = longHeader ? 12 : 10;
        int length = longHeader ? bytes.getInt(8) : Short.toUnsignedInt(bytes.getShort(8));
        String header = new String(bytes.array(), start, length, StandardCharsets.ISO_8859_1);
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.find() || matcher.group(1).charAt(0) == '>') {
            throw new IOException("npy: expected a little-endian, row-major array, got " + header.strip() + ".");
        }
        long[] shape = Arrays.stream(matcher.group(2).split(",", -1))
                .map(String::strip)
                .filter(s -> !s.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        String descr = matcher.group(1).substring(1);
        int n = (int) Arrays.stream(shape).reduce(1, Math::multiplyExact);
        return new Array(descr, shape, values(descr, bytes.position(start + length), n));
    }

    private static Object values(String descr, ByteBuffer data, int n) throws IOException {
        return switch (descr) {
            case "f4" -> get(new float[n], out -> data.asFloatBuffer().get(out));
            case "f8" -> get(new double[n], out -> data.asDoubleBuffer().get(out));
            case "i8" -> get(new long[n], out -> data.asLongBuffer().get(out));
            case "i4" -> get(new int[n], out -> data.asIntBuffer().get(out));
            case "i2", "u2", "f2" ->
                get(new short[n], out -> data.asShortBuffer().get(out));
            case "i1", "u1" -> get(new byte[n], data::get);
            case "b1" -> {
                boolean[] out = new boolean[n];
                for (int i = 0; i < n; i++) {
                    out[i] = data.get() != 0;
                }
                yield out;
            }
            default -> throw new IOException("npy: expected a real or boolean type, got " + descr + ".");
        };
    }

    private static <T> T get(T out, Consumer<T> filler) {
        filler.accept(out);
        return out;
    }
}
