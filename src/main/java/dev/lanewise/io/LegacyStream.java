package dev.lanewise.io;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The form of file before PyTorch 1.6: pickles of a magic number, a version, facts about the machine, the value and the
 * keys of the storages, and then the storages, each its length and its numbers.
 */
final class LegacyStream {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);

    private LegacyStream() {}

    static Object read(InputStream in) throws IOException {
        Map<String, StoredNumbers> storages = new LinkedHashMap<>();
        PickleReader pickles = new PickleReader(in, new TorchObjects(storages::put));
        if (!MAGIC.equals(pickles.read())) {
            throw new MalformedFileException("file must be one that torch.save wrote");
        }
        pickles.read();
        pickles.read();
        Object value = pickles.read();
        for (Object key : (List<?>) pickles.read()) {
            StoredNumbers storage = storages.get((String) key);
            long count = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                count |= (long) in.read() << (Byte.SIZE * i);
            }
            if (storage == null || storage.count() != count) {
                throw new MalformedFileException("file must hold the storages that it refers to");
            }
            storage.read(in);
        }
        return value;
    }
}
