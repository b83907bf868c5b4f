package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Tensor;
import dev.lanewise.nn.BatchNorm1d;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AveragedModelTest {
    private static Linear filled(double weight) {
        Linear layer = new Linear(1, 1);
        set(layer, weight);
        return layer;
    }

    private static void set(Linear layer, double weight) {
        layer.loadStateDict(java.util.Map.of("weight", Tensor.full(weight, 1, 1), "bias", Tensor.full(weight, 1)));
    }

    @Test
    void theMeanOfAllValues() {
        Linear model = filled(1);
        AveragedModel average = new AveragedModel(model, filled(7));
        assertEquals(1, average.module().parameters().get(0).item());
        assertEquals(
                List.of("n_averaged", "module.weight", "module.bias"),
                List.copyOf(average.stateDict().keySet()));
        double[] expected = {2, 3, 5};
        double[] values = {2, 4, 9};
        for (int i = 0; i < values.length; i++) {
            set(model, values[i]);
            average.updateParameters(model);
            assertEquals(expected[i], average.module().parameters().get(0).item());
            assertEquals(i + 1, average.stateDict().get("n_averaged").itemLong());
        }
        assertEquals(15, average.forward(Tensor.full(2.0, 1, 1)).item());
        assertEquals(9, model.weight().item());
    }

    @Test
    void theExponentialAverage() {
        Linear model = filled(8);
        AveragedModel average = new AveragedModel(model, filled(0), AveragedModel.Average.exponential(0.75), false);
        average.updateParameters(model);
        set(model, 4);
        average.updateParameters(model);
        assertEquals(7, average.module().parameters().get(0).item());
    }

    @Test
    void buffersAreAveragedOnRequest() {
        for (boolean buffers : new boolean[] {false, true}) {
            Sequential model = new Sequential(new BatchNorm1d(2));
            AveragedModel average =
                    new AveragedModel(model, new Sequential(new BatchNorm1d(2)), AveragedModel.Average.mean(), buffers);
            model.forward(Tensor.of(new float[][] {{10, 20}, {10, 20}}));
            average.updateParameters(model);
            double[] expected = buffers ? new double[] {1, 2} : new double[] {0, 0};
            assertArrayEquals(
                    expected, average.stateDict().get("module.0.running_mean").toDoubleArray(), 1e-6);
        }
    }

    @Test
    void modelsThatDoNotFitAreRefused() {
        Linear model = filled(1);
        var e = assertThrows(IllegalArgumentException.class, () -> new AveragedModel(model, model));
        assertEquals("AveragedModel: the copy must be another module than the model.", e.getMessage());
        AveragedModel average = new AveragedModel(model, filled(2));
        e = assertThrows(IllegalArgumentException.class, () -> average.updateParameters(new Linear(1, 1, false)));
        assertEquals(
                "updateParameters: the model must have as many parameters as the average, expected 2, got 1.",
                e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> AveragedModel.Average.exponential(1.5));
        assertEquals("AveragedModel: the decay must be between 0 and 1, got 1.5.", e.getMessage());
    }

    @Test
    void ratesGoToTheFinalOnes() {
        for (SWALR.Anneal strategy : SWALR.Anneal.values()) {
            SGD optimizer = new SGD(filled(1).parameters(), 0.5);
            SWALR scheduler = new SWALR(optimizer, 0.1, 4, strategy);
            for (int epoch = 0; epoch < 7; epoch++) {
                double t = Math.min(1, epoch / 4.0);
                double share = strategy == SWALR.Anneal.LINEAR ? t : (1 - Math.cos(Math.PI * t)) / 2;
                assertEquals(0.1 * share + 0.5 * (1 - share), scheduler.lastLr().get(0), 1e-12);
                optimizer.step();
                scheduler.step();
            }
        }
        SGD optimizer = new SGD(filled(1).parameters(), 0.5);
        assertEquals(
                0.1, new SWALR(optimizer, 0.1, 0, SWALR.Anneal.COS).lastLr().get(0), 1e-12);
    }

    @Test
    void ratesThatDoNotFitAreRefused() {
        SGD optimizer = new SGD(filled(1).parameters(), 0.5);
        List<Double> two = new ArrayList<>(List.of(0.1, 0.2));
        var e = assertThrows(IllegalArgumentException.class, () -> new SWALR(optimizer, two, 4, SWALR.Anneal.COS));
        assertEquals("SWALR: there must be one rate per group, expected 1, got [0.1, 0.2].", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> new SWALR(optimizer, 0.1, -1, SWALR.Anneal.COS));
        assertEquals("SWALR: the number of epochs must not be negative, got -1.", e.getMessage());
    }
}
