package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.autograd.GradCheck;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products beyond matmul: Einstein's notation against plain loops, the Kronecker product, chains, refusals. */
class ProductsTest {
    private static final long SIZE_OF_A = 2;

    /** The letter's place in the alphabet decides its size, so that a wrong axis shows. */
    private static long size(char label) {
        return SIZE_OF_A + (label - 'a') % 4;
    }

    private static Tensor operand(String term, double from) {
        long[] shape = term.chars().mapToLong(c -> size((char) c)).toArray();
        long n = Arrays.stream(shape).reduce(1, (x, y) -> x * y);
        return Tensor.arange(0, n, 1)
                .to(DType.FLOAT64)
                .mul(0.37)
                .add(from)
                .tanh()
                .reshape(shape);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab,bc->ac", "ab,bc->ca", "ab,cb->ac", "abc,cd->abd", "ab,ab->a", "ab,ab->ab", "ab,ab->", "a,b->ab",
                "a,b->ba", "aab->b", "aba->ab", "aaa->a", "ab,bc,cd->ad", "ab,ac,ad->bcd", "abcd,cdab->", "ab->ba",
                "ab->a", "ab->", "abc,ab->c", "ab,bc,ca->", "aab,bcc->ac", "a,a,a->a", "bn,anm,bm->ba", "ab,c->abc"
            })
    void einsumIsASumOfProducts(String equation) {
        String[] terms = equation.substring(0, equation.indexOf("->")).split(",");
        String output = equation.substring(equation.indexOf("->") + 2);
        Tensor[] operands = new Tensor[terms.length];
        for (int i = 0; i < terms.length; i++) {
            operands[i] = operand(terms[i], i + 1);
        }
        Tensor result = Tensor.einsum(equation, operands);
        assertArrayEquals(
                output.chars().mapToLong(c -> size((char) c)).toArray(),
                result.shape().toArray());
        assertArrayEquals(plain(terms, output, operands), result.toDoubleArray(), 1e-9);
        for (Tensor operand : operands) {
            operand.requiresGrad_();
        }
        GradCheck.check(in -> Tensor.einsum(equation, in), operands);
    }

    /** Loops over all labels, in the order of the result's and then the rest. */
    private static double[] plain(String[] terms, String output, Tensor[] operands) {
        String labels = String.join("", terms)
                .chars()
                .distinct()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        long total = labels.chars().mapToLong(c -> size((char) c)).reduce(1, (x, y) -> x * y);
        long outputs = output.chars().mapToLong(c -> size((char) c)).reduce(1, (x, y) -> x * y);
        double[] result = new double[(int) outputs];
        for (long position = 0; position < total; position++) {
            double product = 1;
            for (int i = 0; i < terms.length; i++) {
                product *= operands[i]
                        .reshape(-1)
                        .get(place(terms[i], labels, position))
                        .item();
            }
            result[(int) place(output, labels, position)] += product;
        }
        return result;
    }

    /** The row-major place in a term of the label values that a number stands for. */
    private static long place(String term, String labels, long position) {
        long place = 0;
        for (int i = 0; i < term.length(); i++) {
            char c = term.charAt(i);
            long rest = position;
            for (int j = 0; labels.charAt(j) != c; j++) {
                rest /= size(labels.charAt(j));
            }
            place = place * size(c) + rest % size(c);
        }
        return place;
    }

    @Test
    void einsumWithEllipsis() {
        Tensor a = Tensor.arange(0, 24, 1).to(DType.FLOAT64).reshape(2, 1, 3, 4);
        Tensor b = Tensor.arange(0, 60, 1).to(DType.FLOAT64).reshape(5, 4, 3);
        assertEquals(
                a.matmul(b).toString(),
                Tensor.einsum("...ij,...jk->...ik", a, b).toString());
        assertEquals(a.sum(0).toString(), Tensor.einsum("i...->...", a).toString());
        assertEquals(a.sum().toString(), Tensor.einsum("i...->", a).toString());
        assertEquals(
                a.transpose(2, 3).toString(), Tensor.einsum("...ab->...ba", a).toString());
        assertEquals(a.mul(a).toString(), Tensor.einsum("...,...", a, a).toString());
    }

    @Test
    void einsumBroadcastsSizeOne() {
        Tensor column = Tensor.of(1.0, 2.0, 3.0).reshape(3, 1);
        Tensor row = Tensor.of(10.0, 20.0).reshape(1, 2);
        assertEquals(
                column.mul(row).toString(),
                Tensor.einsum("ij,ij->ij", column, row).toString());
        assertEquals(180, Tensor.einsum("ij,ij->", column, row).item());
        assertEquals(
                "tensor([30., 60., 90.])",
                Tensor.einsum("ij,ij->i", column, row).toString());
    }

    @Test
    void einsumOfIntegersIsExact() {
        Tensor a = Tensor.of(1L << 40, 3).reshape(1, 2);
        Tensor b = Tensor.of(1L << 20, 7).reshape(2, 1);
        assertEquals((1L << 60) + 21, Tensor.einsum("ij,jk->", a, b).itemLong());
    }

    @Test
    void wrongEquationsAreRefused() {
        Tensor a = Tensor.zeros(2, 3);
        refused(
                "einsum: there must be one term per operand in \"ij,jk\", expected 2 operands, got 1. "
                        + "Write terms such as ij,jk->ik.",
                "ij,jk",
                a);
        refused(
                "einsum: term ijk must have a label for each dimension in \"ijk\", expected 3 dimensions, got 2. "
                        + "Write terms such as ij,jk->ik.",
                "ijk",
                a);
        refused(
                "einsum: label j must have one size in \"ij,jk->ik\", expected 3, got 2. Write terms such as ij,jk->ik.",
                "ij,jk->ik",
                a,
                a);
        refused(
                "einsum: every label of the result must stand there once and in a term in \"ij->k\", got k. "
                        + "Write terms such as ij,jk->ik.",
                "ij->k",
                a);
        refused("einsum: labels must be letters in \"i1\", got 1. Write terms such as ij,jk->ik.", "i1", a);
        refused(
                "einsum: a repeated label must have one size in \"ii\", expected 2, got 3. "
                        + "Write terms such as ij,jk->ik.",
                "ii",
                a);
    }

    private static void refused(String message, String equation, Tensor... operands) {
        ShapeException e = assertThrows(ShapeException.class, () -> Tensor.einsum(equation, operands));
        assertEquals(message, e.getMessage());
    }

    @Test
    void kronLaysOutBlocks() {
        Tensor a = Tensor.of(new double[][] {{1, 2}, {3, 4}});
        Tensor b = Tensor.of(new double[] {1, 10});
        assertEquals(
                "tensor([[ 1., 10.,  2., 20.],\n        [ 3., 30.,  4., 40.]])",
                a.kron(b).toString());
        assertEquals("tensor(6)", Tensor.scalar(2).kron(Tensor.scalar(3)).toString());
    }

    @Test
    void tensordotSumsOverTheNamedDimensions() {
        Tensor a = Tensor.arange(0, 60, 1).to(DType.FLOAT64).reshape(3, 4, 5);
        Tensor b = Tensor.arange(0, 24, 1).to(DType.FLOAT64).reshape(4, 3, 2);
        Tensor expected = Tensor.einsum("abc,bad->cd", a, b);
        assertEquals(
                expected.toString(),
                a.tensordot(b, new int[] {1, 0}, new int[] {0, 1}).toString());
        assertEquals(
                a.sum().mul(2).toString(),
                a.tensordot(Tensor.scalar(DType.FLOAT64, 2), 0).sum().toString());
        ShapeException e = assertThrows(ShapeException.class, () -> a.tensordot(b, 2));
        assertEquals(
                "tensordot: the sizes that are summed over must match, expected 5, got 3 "
                        + "[self: float64[3, 4, 5], other: float64[4, 3, 2]].",
                e.getMessage());
    }

    @Test
    void innerAndOuter() {
        Tensor a = Tensor.of(1.0, 2.0);
        Tensor b = Tensor.of(3.0, 4.0);
        assertEquals(11, a.inner(b).item());
        assertEquals(11, a.vdot(b).item());
        assertEquals(a.ger(b).toString(), a.outer(b).toString());
        Tensor matrix = Tensor.of(new double[][] {{1, 2}, {3, 4}});
        assertEquals(matrix.matmul(matrix.t()).toString(), matrix.inner(matrix).toString());
        assertEquals(
                "outer: both operands must be vectors [self: float32[2, 2], other: float32[2]]. Use kron for other ranks.",
                assertThrows(ShapeException.class, () -> matrix.outer(a)).getMessage());
    }

    @Test
    void chainIsMultipliedInTheCheapestOrder() {
        Tensor[] chain = {operand("ab", 1), operand("bc", 2), operand("cd", 3), operand("da", 4)};
        Tensor expected = chain[0].mm(chain[1]).mm(chain[2]).mm(chain[3]);
        assertArrayEquals(expected.toDoubleArray(), Tensor.chainMatmul(chain).toDoubleArray(), 1e-9);
        Tensor row = Tensor.of(1.0, 2.0, 3.0);
        Tensor vector = Tensor.chainMatmul(chain[0], chain[1], Tensor.zeros(DType.FLOAT64, 4));
        assertEquals(1, vector.dim());
        assertEquals(
                "chainMatmul: inner sizes of factors 0 and 1 must match, expected 3, got 4.",
                assertThrows(ShapeException.class, () -> Tensor.chainMatmul(row, chain[2]))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Tensor.chainMatmul(row));
    }

    @Test
    void betaZeroDoesNotReadSelf() {
        Tensor nan = Tensor.full(DType.FLOAT32, Double.NaN, 2, 2);
        Tensor one = Tensor.ones(2, 2);
        assertEquals(2, nan.addmm(one, one, 0, 1).max().item());
        assertTrue(Double.isNaN(nan.addmm(one, one).max().item()));
    }

    @Test
    void addmmRefusesWhatDoesNotFit() {
        Tensor a = Tensor.zeros(2, 3);
        Tensor b = Tensor.zeros(3, 4);
        assertEquals(
                "addmm: self must fit the product, expected a shape that broadcasts to [2, 4] [self: float32[3, 2, 4]].",
                assertThrows(ShapeException.class, () -> Tensor.zeros(3, 2, 4).addmm(a, b))
                        .getMessage());
        assertEquals(
                "addmm: inner sizes must match [a: float32[2, 3], b: float32[2, 3]].",
                assertThrows(ShapeException.class, () -> a.addmm(a, a)).getMessage());
        assertEquals(
                "addmm: beta must be an integer for integer tensors, got 0.5. Convert the tensors with to(DType.FLOAT32).",
                assertThrows(IllegalArgumentException.class, () -> integers().addmm(integers(), integers(), 0.5, 1))
                        .getMessage());
        assertEquals(
                "addmm_: self must have the shape of the result, expected [2, 4] [self: float32[4]]. "
                        + "Use the form without underscore to broadcast self.",
                assertThrows(ShapeException.class, () -> Tensor.zeros(4).addmm_(a, b, 1, 1))
                        .getMessage());
        Tensor sum = Tensor.ones(2, 4);
        assertEquals(sum, sum.addmm_(a, b, 3, 1));
        assertEquals(3, sum.max().item());
    }

    private static Tensor integers() {
        return Tensor.ones(DType.INT64, 2, 2);
    }
}
