package dev.lanewise.nn;

import static dev.lanewise.nn.Near.steps;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Lanewise;
import dev.lanewise.ShapeException;
import dev.lanewise.Tensor;
import dev.lanewise.autograd.GradCheck;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recurrent layers and cells: against PyTorch, against each other, and their refusals. */
class RecurrentTest {
    private static final RecurrentOptions OPTIONS = RecurrentOptions.DEFAULT;

    private static Tensor near(Tensor a, Tensor b, double most) {
        assertArrayEquals(a.shape().toArray(), b.shape().toArray());
        double difference = a.detach().sub(b.detach()).abs().max().item();
        assertTrue(difference <= most, () -> "difference of " + difference);
        return a;
    }

    // ------------------------------------------------------------------ PyTorch

    @Test
    void dropoutBetweenLayersDrawsAsInPyTorch() {
        Lanewise.manualSeed(5);
        LSTM lstm = new LSTM(3, 4, OPTIONS.numLayers(2).dropout(0.5).bidirectional(true));
        Tensor x = steps(0.3, 4, 2, 3).sin();
        Lanewise.manualSeed(7);
        RecurrentLayer.Output out = lstm.run(x);
        Near.begins(out.output().select(0, 1), -0.157503, 0.153115, -0.109065, -0.271029, 0.166243, -0.050127);
        Near.begins(out.cell().select(0, 3), 0.642614, -0.079439, 0.137249, -0.128019, 0.70549, 0.032062);
        lstm.eval();
        near(lstm.forward(x), lstm.forward(x), 0);
    }

    @Test
    void projectionsOfPackedSequences() {
        Lanewise.manualSeed(5);
        LSTM lstm = new LSTM(2, 3, OPTIONS.numLayers(2).projSize(2).bidirectional(true));
        long[] lengths = {2, 4};
        PackedSequence packed =
                PackedSequence.packPaddedSequence(steps(0.3, 4, 2, 2).sin(), lengths, false, false);
        RecurrentLayer.PackedOutput out = lstm.run(packed);
        PackedSequence.Padded padded = PackedSequence.padPackedSequence(out.output(), false);
        assertArrayEquals(lengths, padded.lengths());
        Near.begins(
                padded.padded(),
                0.023354,
                0.093095,
                0.02002,
                0.029635,
                0.024587,
                0.096469,
                0.028512,
                0.031956,
                0.040811,
                0.156046,
                0.009985,
                0.01712);
        Near.begins(out.hidden(), 0.290027, 0.287646, 0.215708, 0.269315, 0.054069, -0.020232, 0.070307, -0.027026);
        Near.begins(out.cell(), 0.120055, 0.500762, 0.739864, 0.38213, 0.20418, 0.54796, -0.159869, 0.183275);
    }

    @Test
    void packedGruOfBothDirections() {
        Lanewise.manualSeed(5);
        GRU gru = new GRU(2, 3, OPTIONS.bidirectional(true));
        PackedSequence packed =
                PackedSequence.packPaddedSequence(steps(0.3, 4, 2, 2).sin(), new long[] {2, 4}, false, false);
        RecurrentLayer.PackedOutput out = gru.run(packed);
        Tensor padded =
                PackedSequence.padPackedSequence(out.output(), true, 9, 5).padded();
        Near.begins(padded, -0.094862, -0.177078, -0.082491, 0.259199, 0.103253, -0.199074, -0.281764, -0.143612);
        Near.check(padded.select(0, 0).select(0, 4), 9, 9, 9, 9, 9, 9);
        Near.begins(padded.select(0, 1), -0.183932, -0.093931, 0.016806, 0.339539, 0.228595, -0.269906, -0.381837);
        Near.check(
                out.hidden(),
                -0.281764,
                -0.143612,
                0.005989,
                -0.254011,
                -0.514188,
                -0.23216,
                0.259199,
                0.103253,
                -0.199074,
                0.339539,
                0.228595,
                -0.269906);
        assertNull(out.cell());
    }

    @Test
    void textIsPyTorchs() {
        assertEquals(
                "LSTM(4, 6, proj_size=2, num_layers=3, bias=False, batch_first=True, dropout=0.25, bidirectional=True)",
                new LSTM(4, 6, new RecurrentOptions(3, false, true, 0.25, true, 2, DType.FLOAT32)).toString());
        assertEquals("RNN(3, 4)", new RNN(3, 4, RNN.Nonlinearity.RELU, OPTIONS).toString());
        assertEquals(
                "RNNCell(3, 4, bias=False, nonlinearity=relu)",
                new RNNCell(3, 4, false, RNN.Nonlinearity.RELU, DType.FLOAT32).toString());
        assertEquals("LSTMCell(3, 4)", new LSTMCell(3, 4).toString());
        assertEquals("GRUCell(3, 4)", new GRUCell(3, 4).toString());
    }

    // ------------------------------------------------------------------ cells

    /** Sizes around the lanes of vectors, in both wide dtypes. */
    @Test
    void layersRepeatTheirCells() {
        for (DType type : List.of(DType.FLOAT32, DType.FLOAT64)) {
            for (long hidden : new long[] {1, 7, 16, 17, 33}) {
                Tensor x = Tensor.randn(type, 5, 3, 4);
                RNN rnn = new RNN(4, hidden, OPTIONS.dtype(type));
                RNNCell rnnCell = new RNNCell(4, hidden, true, RNN.Nonlinearity.TANH, type);
                copy(rnn, rnnCell);
                GRU gru = new GRU(4, hidden, OPTIONS.dtype(type));
                GRUCell gruCell = new GRUCell(4, hidden, true, type);
                copy(gru, gruCell);
                LSTM lstm = new LSTM(4, hidden, OPTIONS.dtype(type));
                LSTMCell lstmCell = new LSTMCell(4, hidden, true, type);
                copy(lstm, lstmCell);
                Tensor a = null;
                Tensor b = null;
                LSTMCell.State state = new LSTMCell.State(null, null);
                for (int t = 0; t < 5; t++) {
                    a = rnnCell.forward(x.select(0, t), a);
                    b = gruCell.forward(x.select(0, t), b);
                    state = lstmCell.forward(x.select(0, t), state.hidden(), state.cell());
                    near(rnn.forward(x).select(0, t), a, 1e-5);
                    near(gru.forward(x).select(0, t), b, 1e-5);
                    near(lstm.forward(x).select(0, t), state.hidden(), 1e-5);
                }
                near(lstm.run(x).cell().select(0, 0), state.cell(), 1e-5);
            }
        }
    }

    private static void copy(Module layer, Module cell) {
        layer.stateDict()
                .forEach((name, value) ->
                        cell.stateDict().get(name.replace("_l0", "")).copy_(value));
    }

    @Test
    void halvesAreNearFloats() {
        LSTM lstm = new LSTM(3, 4);
        Tensor x = Tensor.randn(4, 2, 3);
        Tensor expected = lstm.forward(x);
        near(expected, lstm.to(DType.BFLOAT16).forward(x.to(DType.BFLOAT16)).to(DType.FLOAT32), 0.03);
    }

    // ------------------------------------------------------------------ sequences

    @Test
    void packedSequencesAreRunEachByItself() {
        long[] lengths = {5, 3, 3, 1};
        for (boolean both : new boolean[] {false, true}) {
            LSTM lstm = new LSTM(3, 5, OPTIONS.numLayers(2).bidirectional(both).batchFirst(true));
            Tensor x = Tensor.randn(4, 5, 3);
            PackedSequence packed = PackedSequence.packPaddedSequence(x, lengths, true);
            RecurrentLayer.PackedOutput out = lstm.run(packed);
            List<Tensor> parts = PackedSequence.unpackSequence(out.output());
            for (int i = 0; i < lengths.length; i++) {
                RecurrentLayer.Output alone = lstm.run(x.select(0, i).narrow(0, 0, lengths[i]));
                near(alone.output(), parts.get(i), 1e-6);
                near(alone.hidden(), out.hidden().select(1, i), 1e-6);
                near(alone.cell(), out.cell().select(1, i), 1e-6);
            }
        }
    }

    @Test
    void packingAndUnpacking() {
        List<Tensor> parts = List.of(Tensor.of(1.0, 2.0), Tensor.of(3.0), Tensor.of(4.0, 5.0, 6.0));
        PackedSequence packed = PackedSequence.packSequence(parts, false);
        Near.check(packed.data(), 4, 1, 3, 5, 2, 6);
        assertArrayEquals(new long[] {3, 2, 1}, packed.batchSizes());
        assertArrayEquals(new long[] {2, 0, 1}, packed.sortedIndices().toLongArray());
        assertArrayEquals(new long[] {1, 2, 0}, packed.unsortedIndices().toLongArray());
        List<Tensor> back = PackedSequence.unpackSequence(packed);
        for (int i = 0; i < parts.size(); i++) {
            near(parts.get(i), back.get(i), 0);
        }
        Near.check(PackedSequence.padSequence(parts, true, -1), 1, 2, -1, 3, -1, -1, 4, 5, 6);
        Near.check(PackedSequence.padSequence(parts, false), 1, 3, 4, 2, 0, 5, 0, 0, 6);
    }

    @Test
    void gradientsOfPackedRuns() {
        for (boolean reverse : new boolean[] {false, true}) {
            GRU gru = new GRU(2, 2, OPTIONS.bidirectional(reverse).dtype(DType.FLOAT64));
            Tensor x = Tensor.randn(DType.FLOAT64, 3, 2, 2).requiresGrad_();
            GradCheck.check(
                    in -> {
                        PackedSequence packed =
                                PackedSequence.packPaddedSequence(in[0], new long[] {1, 3}, false, false);
                        return gru.run(packed).output().data();
                    },
                    x);
        }
    }

    @Test
    void gradientsReachAllParametersAndStates() {
        LSTM lstm = new LSTM(
                2, 3, OPTIONS.numLayers(2).projSize(2).bidirectional(true).dtype(DType.FLOAT64));
        Tensor x = Tensor.randn(DType.FLOAT64, 3, 2, 2);
        Tensor h = Tensor.randn(DType.FLOAT64, 4, 2, 2).requiresGrad_();
        Tensor c = Tensor.randn(DType.FLOAT64, 4, 2, 3).requiresGrad_();
        RecurrentLayer.Output out = lstm.forward(x, h, c);
        out.output().sum().add(out.cell().sum()).backward();
        lstm.namedParameters()
                .forEach((name, parameter) -> assertTrue(
                        parameter.grad() != null && parameter.grad().abs().sum().item() > 0, name));
        assertTrue(h.grad().abs().min().item() > 0);
        assertTrue(c.grad().abs().min().item() > 0);
    }

    @Test
    void theGraphMayBeKept() {
        GRU gru = new GRU(2, 3);
        Tensor x = Tensor.randn(3, 2, 2).requiresGrad_();
        Tensor loss = gru.forward(x).sum();
        loss.backward(null, true, false);
        Tensor first = x.grad().clone();
        loss.backward();
        near(first.mul(2), x.grad(), 1e-6);
    }

    // ------------------------------------------------------------------ the rest

    @Test
    void evaluationChangesNothing() {
        GRU gru = new GRU(3, 4, OPTIONS.numLayers(2).dropout(0.3));
        gru.eval();
        Tensor x = Tensor.randn(3, 2, 3);
        Tensor before = x.clone();
        try (var mode = GradMode.off()) {
            near(gru.forward(x), gru.forward(x), 0);
        }
        near(before, x, 0);
    }

    @Test
    void statesAreSavedAndLoaded() {
        LSTM from = new LSTM(3, 4, OPTIONS.numLayers(2).bidirectional(true));
        LSTM to = new LSTM(3, 4, OPTIONS.numLayers(2).bidirectional(true));
        to.loadStateDict(from.stateDict());
        Tensor x = Tensor.randn(3, 2, 3);
        near(from.forward(x), to.forward(x), 0);
    }

    @Test
    void batchesFirstAndWithout() {
        GRU gru = new GRU(3, 4);
        GRU first = new GRU(3, 4, OPTIONS.batchFirst(true));
        first.loadStateDict(gru.stateDict());
        Tensor x = Tensor.randn(5, 2, 3);
        near(gru.forward(x).transpose(0, 1), first.forward(x.transpose(0, 1)), 0);
        RecurrentLayer.Output single = gru.run(x.select(1, 1));
        near(gru.forward(x).select(1, 1), single.output(), 1e-6);
        assertArrayEquals(new long[] {1, 4}, single.hidden().shape().toArray());
    }

    @Test
    void refusals() {
        LSTM lstm = new LSTM(4, 5);
        assertEquals(
                "LSTM: the input must have 2 or 3 dimensions, the last the input size, expected a last size of 4"
                        + " [input: float32[2, 3, 3]].",
                assertThrows(ShapeException.class, () -> lstm.forward(Tensor.zeros(2, 3, 3)))
                        .getMessage());
        assertThrows(ShapeException.class, () -> lstm.forward(Tensor.zeros(4)));
        assertThrows(ShapeException.class, () -> lstm.forward(Tensor.zeros(0, 3, 4)));
        assertThrows(
                ShapeException.class,
                () -> lstm.forward(Tensor.zeros(2, 3, 4), Tensor.zeros(1, 2, 5), Tensor.zeros(1, 2, 5)));
        assertThrows(IllegalArgumentException.class, () -> lstm.forward(Tensor.zeros(DType.FLOAT64, 2, 3, 4)));
        assertThrows(IllegalArgumentException.class, () -> new LSTM(3, 0));
        assertThrows(IllegalArgumentException.class, () -> new LSTM(3, 3, OPTIONS.dropout(2)));
        assertThrows(IllegalArgumentException.class, () -> new LSTM(3, 3, OPTIONS.dropout(0.5)));
        assertThrows(IllegalArgumentException.class, () -> new LSTM(3, 3, OPTIONS.projSize(3)));
        assertThrows(IllegalArgumentException.class, () -> new GRU(3, 3, OPTIONS.projSize(2)));
        assertThrows(
                IllegalArgumentException.class,
                () -> PackedSequence.packPaddedSequence(Tensor.zeros(3, 2), new long[] {1, 2}, false));
        assertThrows(
                IllegalArgumentException.class,
                () -> PackedSequence.packPaddedSequence(Tensor.zeros(3, 2), new long[] {2, 0}, false));
    }
}
