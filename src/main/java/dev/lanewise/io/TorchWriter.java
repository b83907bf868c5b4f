package dev.lanewise.io;

import dev.lanewise.Tensor;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the archive of {@code torch.save}: the pickled value, and the numbers of each storage in an entry of its own. */
final class TorchWriter {
    private static final String ROOT = "archive/";
    /** PyTorch begins numbers at multiples of this, so that they can be mapped into memory. */
    private static final int ALIGNMENT = 64;
    /** Bytes of an entry's header before its name, and of the header of padding. */
    private static final int HEADER = 30;

    private static final int PADDING_HEADER = 4;
    private static final int PADDING_ID = 0x4246;
    private static final int PART = 1 << 16;
    /** A date that needs no extra field, so that the same value gives the same bytes. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final byte[] pickle;
    private final List<Tensor> storages;

    TorchWriter(Object value) {
        PickleWriter writer = new PickleWriter();
        pickle = writer.write(value);
        storages = writer.storages();
    }

    void write(OutputStream out) throws IOException {
        Counting counting = new Counting(out);
        try (ZipOutputStream zip = new ZipOutputStream(counting)) {
            zip.setMethod(ZipOutputStream.STORED);
            entry(zip, counting, "data.pkl", MemorySegment.ofArray(pickle));
            entry(zip, counting, "byteorder", text("little"));
            for (int i = 0; i < storages.size(); i++) {
                Tensor storage = storages.get(i);
                entry(
                        zip,
                        counting,
                        "data/" + i,
                        storage.numel() == 0 ? MemorySegment.ofArray(new byte[0]) : storage.segment());
            }
            entry(zip, counting, "version", text("3\n"));
        }
    }

    private static MemorySegment text(String content) {
        return MemorySegment.ofArray(content.getBytes(StandardCharsets.US_ASCII));
    }

    private static void entry(ZipOutputStream zip, Counting out, String name, MemorySegment content)
            throws IOException {
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setTimeLocal(EPOCH);
        entry.setSize(content.byteSize());
        entry.setCompressedSize(content.byteSize());
        CRC32 sum = new CRC32();
        parts(content, (bytes, count) -> sum.update(bytes, 0, count));
        entry.setCrc(sum.getValue());
        entry.setExtra(padding(out.count + HEADER + ROOT.length() + name.length() + PADDING_HEADER));
        zip.putNextEntry(entry);
        parts(content, (bytes, count) -> zip.write(bytes, 0, count));
        zip.closeEntry();
    }

    /** An extra field after which the numbers begin at a multiple of the alignment. */
    private static byte[] padding(long unpadded) {
        int zeros = (int) (-unpadded & (ALIGNMENT - 1));
        byte[] extra = new byte[PADDING_HEADER + zeros];
        extra[0] = (byte) PADDING_ID;
        extra[1] = (byte) (PADDING_ID >> 8);
        extra[2] = (byte) zeros;
        return extra;
    }

    @FunctionalInterface
    private interface Part {
        void take(byte[] bytes, int count) throws IOException;
    }

    private static void parts(MemorySegment content, Part part) throws IOException {
        byte[] bytes = new byte[(int) Math.min(PART, content.byteSize())];
        for (long at = 0; at < content.byteSize(); at += bytes.length) {
            int count = (int) Math.min(bytes.length, content.byteSize() - at);
            MemorySegment.copy(content, at, MemorySegment.ofArray(bytes), 0, count);
            part.take(bytes, count);
        }
    }

    /** Knows how many bytes have been written. */
    private static final class Counting extends FilterOutputStream {
        private long count;

        Counting(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            count += length;
        }
    }
}
