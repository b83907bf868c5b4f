package dev.lanewise.io;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * PyTorch's files: {@code torch.save} and {@code torch.load} for tensors and what holds them.
 *
 * <pre>{@code
 * TorchFile.save(model.stateDict(), Path.of("model.pt"));
 * model.loadStateDict(TorchFile.loadStateDict(Path.of("model.pt")));
 * }</pre>
 *
 * <p>A file holds one value: a tensor, a parameter, a number, a text, a truth value, null, or a list or map of values. Nothing
 * in a file is executed: what is of another class is refused by name. Source: the archive that {@code torch.save} writes
 * since PyTorch 1.6, and the stream it wrote before.
 */
public final class TorchFile {
    static final String SAVE = "TorchFile.save";
    static final String LOAD = "TorchFile.load";

    private static final String PICKLE = "/data.pkl";

    private TorchFile() {}

    /**
     * Writes a value to a file, which is replaced as a whole once all is written.
     *
     * <p>Lists and maps may be nested; arrays of numbers become lists, {@code Shape} and {@code DType} become PyTorch's.
     * Tensors that are the same memory are written once; of other views the elements are written, not the storage.
     *
     * @param value a tensor, {@code Number}, {@code String}, {@code Boolean}, null, or a {@code Map}, {@code Collection} or
     *     array of them; IllegalArgumentException for anything else
     */
    public static void save(Object value, Path file) {
        TorchWriter writer = new TorchWriter(value);
        try {
            Path whole = file.toAbsolutePath();
            Path part = Files.createTempFile(whole.getParent(), "." + whole.getFileName(), ".part");
            try {
                try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
                    writer.write(out);
                }
                move(part, whole);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (NoSuchFileException e) {
            throw Check.argument(SAVE, "directory must exist").got(file).error();
        } catch (IOException e) {
            throw new UncheckedIOException(SAVE + ": cannot write " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Reads the value of a file.
     *
     * <p>Tensors come with their shape, strides and dtype, views of one storage share it again, parameters are {@code
     * Parameter}s. Whole numbers are {@code Long} (or {@code BigInteger} beyond 64 bits), others {@code Double}; lists and
     * tuples are {@code List}, dictionaries are {@code Map} in their order, {@code torch.Size} is {@code Shape}.
     *
     * <p>IllegalArgumentException if the file is missing, damaged, or holds something else.
     */
    public static Object load(Path file) {
        try {
            return isArchive(file) ? fromArchive(file) : fromStream(file);
        } catch (NoSuchFileException e) {
            throw Check.argument(LOAD, "file must exist").got(file).error();
        } catch (MalformedFileException e) {
            throw Check.argument(LOAD, e.getMessage())
                    .operand("file", file.toString())
                    .error();
        } catch (IOException e) {
            throw Check.argument(LOAD, "file must be one that torch.save wrote")
                    .got(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                    .operand("file", file.toString())
                    .error();
        }
    }

    /**
     * Reads a state dict: names and tensors, in their order.
     *
     * <p>IllegalArgumentException as {@link #load}, and if the value is not a map of texts to tensors.
     */
    public static Map<String, Tensor> loadStateDict(Path file) {
        Object value = load(file);
        Map<String, Tensor> out = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry :
                value instanceof Map<?, ?> map ? map.entrySet() : Map.of(0, 0).entrySet()) {
            if (!(entry.getKey() instanceof String name) || !(entry.getValue() instanceof Tensor tensor)) {
                throw Check.argument(LOAD, "a state dict must be a map of names to tensors")
                        .got(value instanceof Map ? "the key " + entry.getKey() : "another value")
                        .operand("file", file.toString())
                        .hint("Use load for other values.")
                        .error();
            }
            out.put(name, tensor);
        }
        return out;
    }

    private static boolean isArchive(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        }
    }

    private static Object fromArchive(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String root = root(zip);
            ZipEntry order = zip.getEntry(root + "/byteorder");
            if (order != null && !"little".equals(text(zip, order))) {
                throw new MalformedFileException("file must hold its numbers in little-endian order");
            }
            TorchObjects objects = new TorchObjects((key, storage) -> {
                ZipEntry entry = zip.getEntry(root + "/data/" + key);
                if (entry == null) {
                    throw new MalformedFileException("file must hold the storage " + key + " that it refers to");
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    storage.read(in);
                }
            });
            try (InputStream in = new BufferedInputStream(zip.getInputStream(zip.getEntry(root + PICKLE)))) {
                return new PickleReader(in, objects).read();
            }
        }
    }

    private static String root(ZipFile zip) throws IOException {
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            String name = all.nextElement().getName();
            if (name.endsWith(PICKLE)) {
                return name.substring(0, name.length() - PICKLE.length());
            }
        }
        throw new MalformedFileException("file must have an entry named data.pkl");
    }

    private static String text(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }

    private static Object fromStream(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return LegacyStream.read(in);
        }
    }
}
