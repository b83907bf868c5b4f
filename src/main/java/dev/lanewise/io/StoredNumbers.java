package dev.lanewise.io;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** A storage of a file: the memory that its tensors are views of. */
final class StoredNumbers {
    /** PyTorch's storage classes by dtype. */
    static final Map<DType, String> CLASSES = Map.of(
            DType.FLOAT32, "FloatStorage",
            DType.FLOAT64, "DoubleStorage",
            DType.FLOAT16, "HalfStorage",
            DType.BFLOAT16, "BFloat16Storage",
            DType.INT64, "LongStorage",
            DType.INT32, "IntStorage",
            DType.INT16, "ShortStorage",
            DType.INT8, "CharStorage",
            DType.UINT8, "ByteStorage",
            DType.BOOL, "BoolStorage");

    private static final int PART = 1 << 16;

    private final Tensor all;

    StoredNumbers(DType dtype, long count) {
        all = Tensor.empty(dtype, count);
    }

    /** A view of the storage; IllegalArgumentException if it does not fit in. */
    Tensor view(long[] sizes, long[] strides, long offset) {
        return all.asStrided(sizes, strides, offset);
    }

    long count() {
        return all.numel();
    }

    /** Fills the storage from a stream of little-endian numbers. */
    void read(InputStream in) throws IOException {
        if (all.numel() == 0) {
            return;
        }
        MemorySegment memory = all.segment();
        byte[] part = new byte[PART];
        for (long at = 0; at < memory.byteSize(); ) {
            int wanted = (int) Math.min(PART, memory.byteSize() - at);
            if (in.readNBytes(part, 0, wanted) < wanted) {
                throw new EOFException("the numbers of a tensor end too early");
            }
            MemorySegment.copy(MemorySegment.ofArray(part), 0, memory, at, wanted);
            at += wanted;
        }
    }
}
