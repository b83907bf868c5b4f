package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** Tensors from Java values and back, and memory shared with other code. */
class TensorTest {
    @Test
    void dtypesOfJavaValues() {
        assertEquals(DType.INT64, Tensor.of(1, 2, 3).dtype());
        assertEquals(DType.INT64, Tensor.of((Object) new byte[] {1, 2}).dtype());
        assertEquals(DType.FLOAT32, Tensor.of(1.0, 2.0).dtype());
        assertEquals(DType.BOOL, Tensor.of(true, false).dtype());
        assertEquals(DType.INT64, Tensor.scalar(10).dtype());
        assertEquals(DType.FLOAT32, Tensor.scalar(0.5).dtype());
        assertEquals(DType.FLOAT64, Tensor.of(DType.FLOAT64, 1, 2).dtype());
        assertEquals(DType.INT32, Tensor.fromArray(new int[][] {{1}, {2}}).dtype());
        assertEquals(DType.FLOAT64, Tensor.fromArray(new double[] {1}).dtype());
    }

    @Test
    void nestedArraysGiveTheirShape() {
        Tensor x = Tensor.of((Object) new double[][][] {{{1, 2, 3}}, {{4, 5, 6}}});
        assertEquals(Shape.of(2, 1, 3), x.shape());
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, x.toDoubleArray());
        assertEquals(Shape.of(0), Tensor.of(new long[0]).shape());
        assertEquals(Shape.of(2, 0), Tensor.of((Object) new double[2][0]).shape());
    }

    @Test
    void arraysComeBackInRowMajorOrderWhateverTheLayout() {
        Tensor x = Tensor.arange(6).reshape(2, 3).t();
        assertArrayEquals(new long[] {0, 3, 1, 4, 2, 5}, x.toLongArray());
        assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, x.toFloatArray());
        assertArrayEquals(new int[] {0, 3, 1, 4, 2, 5}, x.toIntArray());
        assertArrayEquals(new boolean[] {false, true, true, true, true, true}, x.toBooleanArray());
        assertEquals(4, x.getLong(1, -1));
        assertEquals(5, x.get(2).get(1).item());
        assertTrue(x.get(2).get(1).itemBoolean());
    }

    @Test
    void largeIntegersKeepAllBits() {
        long large = (1L << 62) + 1;
        assertEquals(large, Tensor.of(new long[] {large}).get(0).itemLong());
        assertEquals(large + 1, Tensor.of(new long[] {large}).add(1).get(0).itemLong());
    }

    @Test
    void wrappedMemoryIsSharedBothWays() {
        MemorySegment memory = Arena.ofAuto().allocate(12, 4);
        Tensor x = Tensor.wrap(memory, DType.FLOAT32, 3);
        memory.setAtIndex(ValueLayout.JAVA_FLOAT, 1, 2.5f);
        assertEquals(2.5, x.getDouble(1));
        x.add_(1);
        assertEquals(3.5f, memory.getAtIndex(ValueLayout.JAVA_FLOAT, 1));
    }

    @Test
    void aTensorsSegmentIsItsMemory() {
        Tensor x = Tensor.zeros(DType.INT32, 2, 3);
        MemorySegment second = x.get(1).segment();
        assertEquals(12, second.byteSize());
        second.setAtIndex(ValueLayout.JAVA_INT, 2, 9);
        assertEquals(9, x.getLong(1, 2));
    }

    @Test
    void closedTensorsPrintAndRefuseWork() {
        Tensor x = Tensor.zeros(3);
        x.close();
        assertTrue(x.isClosed());
        assertEquals("tensor(closed, float32[3])", x.toString());
        assertThrows(ClosedException.class, x::sum);
    }

    @Test
    void resultsKeepTheMemoryOrderOfTheirInputs() {
        Tensor x = Tensor.arange(6).reshape(2, 3).t();
        assertArrayEquals(x.stride(), x.add(1).stride());
        assertFalse(x.add(1).isContiguous());
        assertArrayEquals(x.stride(), x.clone().stride());
        assertTrue(x.contiguous().isContiguous());
    }

    @Test
    void noChangesForMultipleOfIdentity() {
        Tensor x = Tensor.of(1.5, -2.0);
        assertArrayEquals(x.toDoubleArray(), x.matmul(Tensor.eye(2)).toDoubleArray());
    }
}
