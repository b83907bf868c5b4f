package dev.lanewise.properties;

import dev.lanewise.Tensor;
import dev.lanewise.testing.reference.Ref;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;

/** The memory of a tensor's storage that does not belong to the tensor, as it was before a change. */
final class Surroundings {
    private final Tensor tensor;
    private final byte[] before;

    Surroundings(Tensor tensor) {
        this.tensor = tensor;
        this.before = bytes();
    }

    private byte[] bytes() {
        byte[] out = new byte[Math.toIntExact(tensor.storage().byteSize())];
        long start = tensor.storage().byteOffset();
        for (int i = 0; i < out.length; i++) {
            out[i] = tensor.storage().segment().get(ValueLayout.JAVA_BYTE, start + i);
        }
        return out;
    }

    /** Fails if a byte that is not of one of the tensor's elements is no longer what it was. */
    void check(String what) {
        byte[] after = bytes();
        BitSet own = ownBytes();
        for (int i = 0; i < after.length; i++) {
            if (!own.get(i) && after[i] != before[i]) {
                throw new AssertionError(what + ": byte " + i + " of the storage, which is not the tensor's, changed.");
            }
        }
        if (own.isEmpty() && !Arrays.equals(after, before)) {
            throw new AssertionError(what + ": an empty tensor changed its storage.");
        }
    }

    private BitSet ownBytes() {
        BitSet own = new BitSet();
        int size = tensor.elementSize();
        long[] shape = tensor.shape().toArray();
        long[] strides = tensor.stride();
        int n = Ref.read(tensor).numel();
        for (int i = 0; i < n; i++) {
            long rest = i;
            long element = tensor.storageOffset();
            for (int d = shape.length - 1; d >= 0; d--) {
                element += rest % shape[d] * strides[d];
                rest /= shape[d];
            }
            own.set((int) element * size, (int) (element + 1) * size);
        }
        return own;
    }
}
