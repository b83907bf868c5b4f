package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Tensor;
import org.junit.jupiter.api.Test;

/** The table of a model's layers: shapes, parameters, products, memory, and nothing changed by it. */
class SummaryTest {
    @Test
    void aTable() {
        Sequential model = new Sequential(
                new Conv2d(1, 4, 3, ConvOptions.DEFAULT.padding(1)),
                new BatchNorm2d(4),
                new ReLU(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(4 * 14 * 14, 10));
        assertEquals(
                """
                Layer           Output shape    Parameters  Multiply-adds
                ---------------------------------------------------------
                Sequential      [8, 10]                  0              0
                  0: Conv2d     [8, 4, 28, 28]          40        225,792
                  1: BatchNorm2d  [8, 4, 28, 28]           8              0
                  2: ReLU       [8, 4, 28, 28]           0              0
                  3: MaxPool2d  [8, 4, 14, 14]           0              0
                  4: Flatten    [8, 784]                 0              0
                  5: Linear     [8, 10]              7,850         62,720
                ---------------------------------------------------------
                Total                                7,898        288,512
                Trainable parameters 7,898; memory: input 24.5 KiB, results 343.3 KiB, parameters 30.9 KiB""".replaceAll(" +", " ").replaceAll("-{5,}", "-"),
                Summary.of(model, 8, 1, 28, 28).toString().replaceAll(" +", " ").replaceAll("-{5,}", "-"));
    }

    @Test
    void theCallLeavesNoTrace() {
        BatchNorm1d norm = new BatchNorm1d(3);
        Dropout dropout = new Dropout();
        dropout.eval();
        Sequential model = new Sequential(norm, dropout, new Linear(3, 2));
        Tensor before = norm.buffer("running_mean").clone();
        Summary.of(model, 5, 3);
        assertTrue(model.isTraining());
        assertTrue(norm.isTraining());
        assertFalse(dropout.isTraining());
        assertArrayEquals(before.toDoubleArray(), norm.buffer("running_mean").toDoubleArray());
        assertEquals(0, norm.buffer("num_batches_tracked").item());
    }

    @Test
    void sequencesAndTransformers() {
        Summary lstm = Summary.of(new LSTM(3, 4), 5, 2, 3);
        assertEquals(16 * 3 + 16 * 4 + 32, lstm.parameters());
        assertEquals(10 * (16 * 3 + 16 * 4), lstm.multiplyAdds());
        TransformerEncoderLayer layer =
                new TransformerEncoderLayer(8, 2, TransformerOptions.DEFAULT.dimFeedforward(16));
        Summary summary = Summary.of(layer, 5, 2, 8);
        assertEquals(10 * (3 * 64 + 64 + 2 * 128) + 2 * 80 * 5, summary.multiplyAdds());
        assertEquals(layer.parameters().stream().mapToLong(Tensor::numel).sum(), summary.parameters());
        Transformer whole = new Transformer(8, 2, 1, 1, TransformerOptions.DEFAULT.dimFeedforward(16));
        Summary pair = Summary.of(whole, () -> whole.forward(Tensor.zeros(4, 1, 8), Tensor.zeros(3, 1, 8)));
        assertArrayEquals(new long[] {3, 1, 8}, pair.rows().get(0).outputShape());
    }

    @Test
    void modulesOfOnesOwn() {
        Module own = new Module() {
            private final Linear inner = register("inner", new Linear(2, 3));

            @Override
            public Tensor forward(Tensor x) {
                return inner.forward(x).relu();
            }
        };
        Summary summary = Summary.of(own, 4, 2);
        assertEquals(9, summary.parameters());
        assertNull(summary.rows().get(0).outputShape());
        assertArrayEquals(new long[] {4, 3}, summary.rows().get(1).outputShape());
    }

    @Test
    void aCallWithoutLayersIsRefused() {
        Linear layer = new Linear(2, 3);
        assertThrows(IllegalArgumentException.class, () -> Summary.of(layer, () -> {}));
    }
}
