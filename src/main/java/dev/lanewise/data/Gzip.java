package dev.lanewise.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Input that may be compressed. */
final class Gzip {
    private static final int MAGIC = 0x1f8b;

    private Gzip() {}

    /** The content of a stream, decompressed if its first bytes are those of a gzip file. */
    static InputStream open(InputStream in) throws IOException {
        InputStream buffered = new BufferedInputStream(in);
        buffered.mark(2);
        int magic = buffered.read() << 8 | buffered.read();
        buffered.reset();
        return magic == MAGIC ? new GZIPInputStream(buffered) : buffered;
    }
}
