package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.DType;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
    @TempDir
    private Path directory;

    @FunctionalInterface
    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private Path file(boolean compressed, Content content) throws IOException {
        Path file = directory.resolve("data.idx");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(compressed ? new GZIPOutputStream(bytes) : bytes)) {
            content.write(out);
        }
        Files.write(file, bytes.toByteArray());
        return file;
    }

    @Test
    void imagesAndLabelsAreBytes() throws IOException {
        for (boolean compressed : new boolean[] {false, true}) {
            Tensor images = Idx.read(file(compressed, out -> {
                out.writeInt(0x0803);
                out.writeInt(2);
                out.writeInt(1);
                out.writeInt(3);
                out.write(new byte[] {0, 1, 2, (byte) 253, (byte) 254, (byte) 255});
            }));
            assertEquals(DType.UINT8, images.dtype());
            assertEquals(Shape.of(2, 1, 3), images.shape());
            assertArrayEquals(
                    new long[] {0, 1, 2, 253, 254, 255}, images.flatten().toLongArray());
        }
    }

    @Test
    void widerTypesAreBigEndian() throws IOException {
        Tensor ints = Idx.read(file(false, out -> {
            out.writeInt(0x0c01);
            out.writeInt(2);
            out.writeInt(-5);
            out.writeInt(1 << 20);
        }));
        assertEquals(DType.INT32, ints.dtype());
        assertArrayEquals(new long[] {-5, 1 << 20}, ints.toLongArray());
        Tensor shorts = Idx.read(file(false, out -> {
            out.writeInt(0x0b01);
            out.writeInt(1);
            out.writeShort(-300);
        }));
        assertArrayEquals(new long[] {-300}, shorts.toLongArray());
        Tensor doubles = Idx.read(file(true, out -> {
            out.writeInt(0x0e02);
            out.writeInt(1);
            out.writeInt(1);
            out.writeDouble(0.1);
        }));
        assertArrayEquals(new double[] {0.1}, doubles.flatten().toDoubleArray());
        Tensor none = Idx.read(file(false, out -> {
            out.writeInt(0x0d02);
            out.writeInt(0);
            out.writeInt(7);
        }));
        assertEquals(Shape.of(0, 7), none.shape());
        assertEquals(DType.FLOAT32, none.dtype());
    }

    @Test
    void whatIsNoSuchFileIsRefusedInOneLine() throws IOException {
        Path shorter = file(false, out -> {
            out.writeInt(0x0801);
            out.writeInt(5);
            out.write(1);
        });
        assertRefused("Idx.read: file must be as long as its header says [file: " + shorter + "].", shorter);
        Path other = file(false, out -> out.writeBytes("label,value\n"));
        assertRefused(
                "Idx.read: file must begin with two zero bytes and the code of a type, got 0x6c6162 [file: " + other
                        + "].",
                other);
        Path huge = file(false, out -> {
            out.writeInt(0x0e02);
            out.writeInt(-1);
            out.writeInt(-1);
        });
        assertRefused(
                "Idx.read: file must hold less than 2 GiB, got [4294967295, 4294967295] of float64 [file: " + huge
                        + "].",
                huge);
        Path missing = directory.resolve("missing");
        assertRefused("Idx.read: file must exist, got " + missing + ".", missing);
    }

    private static void assertRefused(String message, Path file) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Idx.read(file))
                        .getMessage());
    }
}
