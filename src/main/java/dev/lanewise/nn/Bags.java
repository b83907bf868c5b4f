package dev.lanewise.nn;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import dev.lanewise.op.EmbeddingOps;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Numbers of rows in bags, one bag after the other. */
final class Bags {
    private final Tensor numbers;
    private final long[] begins;
    private final Tensor weights;

    private Bags(Tensor numbers, long[] begins, Tensor weights) {
        this.numbers = numbers;
        this.begins = begins;
        this.weights = weights;
    }

    /** Bags that begin at the offsets, or the rows of a matrix if they are null. */
    static Bags of(Tensor numbers, Tensor offsets, boolean includesLast) {
        long n = numbers.numel();
        Tensor flat = numbers.reshape(n);
        if (offsets == null) {
            long[] begins = new long[Math.toIntExact(numbers.size(0)) + 1];
            for (int b = 0; b < begins.length; b++) {
                begins[b] = b * numbers.size(1);
            }
            return new Bags(flat, begins, null);
        }
        long[] given = offsets.to(DType.INT64).toLongArray();
        int bags = includesLast ? given.length - 1 : given.length;
        if (bags < 0) {
            throw Check.argument("embeddingBag", "there must be at least one offset if the last is included")
                    .operand("offsets", offsets.dtype(), offsets.sizes())
                    .error();
        }
        long[] begins = Arrays.copyOf(given, bags + 1);
        begins[bags] = includesLast ? given[bags] : n;
        boolean rises = bags == 0 || begins[0] == 0;
        for (int b = 0; b < bags; b++) {
            rises &= begins[b] <= begins[b + 1];
        }
        if (!rises || begins[bags] > n) {
            throw Check.argument("embeddingBag", "the offsets must rise from 0 to at most the length of the input")
                    .expected("0 to " + n)
                    .got(Arrays.toString(given))
                    .error();
        }
        return new Bags(flat.narrow(0, 0, begins[bags]), begins, null);
    }

    /** These bags with a factor for each row, of the shape of the input. */
    Bags weighted(Tensor factors) {
        return factors == null
                ? this
                : new Bags(numbers, begins, factors.reshape(factors.numel()).narrow(0, 0, numbers.numel()));
    }

    /** These bags without one row; less than 0 for none. */
    Bags without(long padding) {
        if (padding < 0) {
            return this;
        }
        Tensor kept = numbers.ne(padding);
        long[] all = numbers.toLongArray();
        long[] rest = new long[begins.length];
        for (int b = 0; b + 1 < begins.length; b++) {
            rest[b + 1] = rest[b];
            for (long i = begins[b]; i < begins[b + 1]; i++) {
                rest[b + 1] += all[(int) i] == padding ? 0 : 1;
            }
        }
        return new Bags(numbers.maskedSelect(kept), rest, weights == null ? null : weights.maskedSelect(kept));
    }

    /** What the mode makes of the rows of each bag. */
    Tensor reduce(BagMode mode, UnaryOperator<Tensor> lookUp, Tensor table) {
        Tensor rows = lookUp.apply(numbers);
        if (mode == BagMode.MAX) {
            return largest(rows);
        }
        Tensor parts = weights == null ? rows : rows.mul(weights.unsqueeze(1));
        Tensor sums =
                Tensor.zeros(table.dtype(), begins.length - 1, table.size(1)).indexAdd(0, owners(), parts);
        return mode == BagMode.SUM ? sums : sums.div(sizes(1).to(table.dtype()).unsqueeze(1));
    }

    private Tensor largest(Tensor rows) {
        if (rows.size(0) == 0) {
            // The sum of no rows, so that the gradient of the table is zeros, not missing.
            return Tensor.zeros(rows.dtype(), begins.length - 1, rows.size(1)).add(rows.sum(0));
        }
        Tensor found = rows.gather(0, EmbeddingOps.largest(rows, begins));
        return found.maskedFill(sizes(0).eq(0).unsqueeze(1), 0);
    }

    /** For each row the number of its bag. */
    private Tensor owners() {
        long[] owners = new long[Math.toIntExact(begins[begins.length - 1])];
        for (int b = 0; b + 1 < begins.length; b++) {
            Arrays.fill(owners, (int) begins[b], (int) begins[b + 1], b);
        }
        return Tensor.of(owners);
    }

    /** How many rows each bag has, a number at least. */
    private Tensor sizes(long least) {
        long[] sizes = new long[begins.length - 1];
        for (int b = 0; b < sizes.length; b++) {
            sizes[b] = Math.max(least, begins[b + 1] - begins[b]);
        }
        return Tensor.of(sizes);
    }
}
