package dev.lanewise.internal.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Products with a matrix packed once have the bits of those that pack it each time. */
class PackedMatrixTest {
    private static Matrix matrix(Tensor tensor) {
        long[] strides = tensor.view().strides();
        return new Matrix(tensor.storage().segment(), tensor.byteOffset(), strides[0], strides[1]);
    }

    private static void check(DType type, long m, long n, long k, boolean turned, boolean accumulate) {
        Tensor a = Tensor.randn(type, m, k);
        Tensor b = turned ? Tensor.randn(type, n, k).t() : Tensor.randn(type, k, n);
        Tensor expected = Tensor.randn(type, m, n);
        Tensor actual = expected.clone();
        try (Tensor memory = Tensor.zeros(type, Math.max(1, PackedMatrix.elements(k, n)))) {
            MemorySegment to = memory.storage().segment();
            PackedMatrix packed = PackedMatrix.pack(type, k, n, matrix(b), to, memory.byteOffset());
            Gemm.gemm(type, m, n, k, matrix(a), matrix(b), matrix(expected), accumulate);
            packed.multiply(m, matrix(a), matrix(actual), accumulate);
        }
        String what = type + " " + m + " x " + n + " x " + k + (turned ? " turned" : "");
        assertEquals(0, expected.ne(actual).sum().item(), what);
    }

    @Test
    void anySizes() {
        long[][] sizes = {
            {1, 5, 3}, {2, 1, 4}, {7, 33, 16}, {12, 64, 321}, {32, 512, 128}, {31, 520, 700}, {200, 300, 257}, {5, 7, 0}
        };
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
            // Warms the vector kernel, where there is one.
            Tensor warm = Tensor.randn(type, 64, 64);
            for (int round = 0; round < 2000; round++) {
                warm.mm(warm).close();
            }
            for (long[] s : sizes) {
                for (int form = 0; form < 4; form++) {
                    check(type, s[0], s[1], s[2], (form & 1) != 0, (form & 2) != 0);
                }
            }
        }
    }
}
