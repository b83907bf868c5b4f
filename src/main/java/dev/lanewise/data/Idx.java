package dev.lanewise.data;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads arrays in the IDX format, in which the MNIST images and labels are published, plain or compressed with gzip.
 *
 * <p>Source: the description of the format beside the MNIST database.
 */
public final class Idx {
    private static final String OP = "Idx.read";

    private Idx() {}

    /**
     * The array in a file, as a new tensor of its shape and dtype: uint8, int8, int16, int32, float32 or float64.
     *
     * <p>IllegalArgumentException where the file is missing or not in the format; UncheckedIOException where it cannot be
     * read.
     */
    public static Tensor read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (NoSuchFileException e) {
            throw Check.argument(OP, "file must exist").got(file).error();
        } catch (IOException e) {
            throw new UncheckedIOException(OP + ": cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private static Tensor read(InputStream in, String name) throws IOException {
        DataInputStream data = new DataInputStream(Gzip.open(in));
        try {
            int magic = data.readInt();
            DType dtype = dtype(magic >>> 8, name);
            long[] shape = new long[magic & 0xff];
            for (int d = 0; d < shape.length; d++) {
                shape[d] = Integer.toUnsignedLong(data.readInt());
            }
            return values(data, dtype, shape, name);
        } catch (EOFException e) {
            throw Check.argument(OP, "file must be as long as its header says")
                    .operand("file", name)
                    .error();
        }
    }

    private static DType dtype(int code, String name) {
        return switch (code) {
            case 0x08 -> DType.UINT8;
            case 0x09 -> DType.INT8;
            case 0x0b -> DType.INT16;
            case 0x0c -> DType.INT32;
            case 0x0d -> DType.FLOAT32;
            case 0x0e -> DType.FLOAT64;
            default ->
                throw Check.argument(OP, "file must begin with two zero bytes and the code of a type")
                        .got(String.format("0x%06x", code))
                        .operand("file", name)
                        .error();
        };
    }

    private static Tensor values(DataInputStream data, DType dtype, long[] shape, String name) throws IOException {
        long bytes = dtype.byteSize();
        for (long size : shape) {
            bytes = size != 0 && bytes > Integer.MAX_VALUE / size ? Long.MAX_VALUE : bytes * size;
        }
        if (bytes > Integer.MAX_VALUE - 8) {
            throw Check.argument(OP, "file must hold less than 2 GiB")
                    .got(Arrays.toString(shape) + " of " + dtype.shortName())
                    .operand("file", name)
                    .error();
        }
        ByteBuffer big = ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.BIG_ENDIAN);
        byte[] part = new byte[1 << 16];
        while (big.hasRemaining()) {
            int count = Math.min(part.length, big.remaining());
            data.readFully(part, 0, count);
            big.put(part, 0, count);
        }
        big.flip();
        ByteBuffer own = big.duplicate().order(ByteOrder.nativeOrder());
        for (int at = 0; at < bytes; at += dtype.byteSize()) {
            switch (dtype.byteSize()) {
                case 2 -> own.putShort(at, big.getShort(at));
                case 4 -> own.putInt(at, big.getInt(at));
                case 8 -> own.putLong(at, big.getLong(at));
                default -> {
                    // A single byte has no order.
                }
            }
        }
        return Tensor.wrap(own, dtype, shape).clone();
    }
}
