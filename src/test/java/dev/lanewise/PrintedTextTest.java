package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The text of what is not a tensor alone: sizes, dtypes, values with indices, and the names of graph nodes. */
class PrintedTextTest {
    private static Tensor ones(long... shape) {
        return Tensor.ones(shape).requiresGrad_();
    }

    @Test
    void sizesAndDtypes() {
        assertEquals("torch.Size([2, 3])", Tensor.zeros(2, 3).shape().toString());
        assertEquals("torch.Size([])", Tensor.scalar(1).size().toString());
        assertEquals("torch.bfloat16", DType.BFLOAT16.toString());
        assertEquals("bfloat16", DType.BFLOAT16.shortName());
        assertEquals("torch.CharTensor", Tensor.zeros(DType.INT8, 1).type());
    }

    @Test
    void valuesWithIndicesNameTheirFunction() {
        assertEquals(
                "torch.return_types.max(\nvalues=tensor(3),\nindices=tensor(2))",
                Tensor.of(1, 2, 3).max(0).toString());
        assertEquals(
                "torch.return_types.min(\nvalues=tensor([1.], grad_fn=<MinBackward0>),\nindices=tensor([0]))",
                ones(1, 2).min(1).toString());
        assertEquals(
                "torch.return_types.values_indices(\nvalues=tensor(1),\nindices=tensor(0))",
                new ValuesIndices(Tensor.scalar(1), Tensor.scalar(0)).toString());
    }

    @Test
    void nodesTellHowAShapeWasAskedFor() {
        assertEquals("<ViewBackward0>", ones(2, 3).view(6).gradFn().toString());
        assertEquals("<ReshapeAliasBackward0>", ones(2, 3).reshape(6).gradFn().toString());
        assertEquals("<ReshapeAliasBackward0>", ones(2, 3).flatten().gradFn().toString());
        assertEquals("<UnsafeViewBackward0>", ones(2, 3).t().reshape(6).gradFn().toString());
        assertEquals(
                "<UnsafeViewBackward0>",
                ones(2, 3, 3).matmul(ones(3, 3)).gradFn().toString());
        assertEquals("<BmmBackward0>", ones(2, 3, 3).bmm(ones(2, 3, 3)).gradFn().toString());
        assertEquals("<SqueezeBackward0>", ones(1, 3).squeeze().gradFn().toString());
        assertEquals("<SqueezeBackward1>", ones(1, 3).squeeze(0).gradFn().toString());
    }

    @Test
    void javasFormatsTakeTheTextOrTheNumber() {
        Tensor third = Tensor.scalar(1 / 3.0);
        assertEquals("tensor(0.3333)", String.format("%s", third));
        assertEquals("0.33", String.format(Locale.ROOT, "%.2f", third.item()));
        assertEquals("0", String.format(Locale.ROOT, "%d", third.itemLong()));
    }

    @Test
    void linspaceIsRoundedAsInVectorsOfEight() {
        double[] x =
                Tensor.linspace(-2.552989721298218, 2.269754648208618, 1000).toDoubleArray();
        assertEquals(-2.5095417499542236, x[9]);
        assertEquals(2.269754648208618, x[999]);
        double[] wide = Tensor.linspace(DType.FLOAT64, 0, 1, 17).toDoubleArray();
        for (int i = 0; i < wide.length; i++) {
            assertEquals(i / 16.0, wide[i]);
        }
    }
}
