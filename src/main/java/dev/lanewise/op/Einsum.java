package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Einstein's notation, as {@code numpy.einsum} made it known: {@code "ij,jk->ik"}.
 *
 * <p>The operands are contracted pairwise from the left. Labels are small numbers: letters first, then the dimensions that
 * an ellipsis stands for, counted from the right so that they broadcast.
 */
public final class Einsum {
    private static final int LETTERS = 52;

    private final String equation;
    private final List<int[]> inputs = new ArrayList<>();
    private int[] output;
    private int ellipsis;

    /** An operand and the labels of its dimensions, each once. */
    private record Factor(Tensor tensor, int[] labels) {}

    private Einsum(String equation) {
        this.equation = equation.replace(" ", "");
    }

    /** See {@link Tensor#einsum}. */
    public static Tensor einsum(String equation, Tensor... operands) {
        return new Einsum(equation).run(operands);
    }

    private Tensor run(Tensor... operands) {
        parse(operands);
        List<Factor> factors = new ArrayList<>();
        for (int i = 0; i < operands.length; i++) {
            factors.add(distinct(operands[i], inputs.get(i)));
        }
        checkSizes(factors);
        Factor product = summed(factors.get(0), labelsFrom(1));
        for (int i = 1; i < factors.size(); i++) {
            int[] needed = labelsFrom(i + 1);
            product = multiply(summed(product, union(needed, inputs.get(i))), factors.get(i), needed);
        }
        product = summed(product, output);
        return ordered(product.tensor(), product.labels(), output);
    }

    // ------------------------------------------------------------------ the equation

    private void parse(Tensor... operands) {
        int arrow = equation.indexOf("->");
        String left = arrow < 0 ? equation : equation.substring(0, arrow);
        String[] terms = left.split(",", -1);
        if (terms.length != operands.length) {
            throw error("there must be one term per operand", terms.length + " operands", operands.length);
        }
        for (int i = 0; i < terms.length; i++) {
            ellipsis = Math.max(ellipsis, hidden(terms[i], operands[i].dim()));
        }
        for (int i = 0; i < terms.length; i++) {
            inputs.add(labels(terms[i], hidden(terms[i], operands[i].dim())));
        }
        output = arrow < 0 ? implicitOutput() : labels(equation.substring(arrow + 2), ellipsis);
        for (int i = 0; i < output.length; i++) {
            int label = output[i];
            boolean twice =
                    Arrays.stream(output).filter(other -> other == label).count() > 1;
            if (twice || inputs.stream().noneMatch(term -> has(term, label))) {
                throw error("every label of the result must stand there once and in a term", null, name(label));
            }
        }
    }

    /** Number of dimensions that the ellipsis of a term stands for. */
    private int hidden(String term, int rank) {
        int letters = term.replace(".", "").length();
        boolean dots = term.contains("...");
        if (dots ? letters > rank : letters != rank) {
            throw error("term " + term + " must have a label for each dimension", letters + " dimensions", rank);
        }
        return dots ? rank - letters : 0;
    }

    private int[] labels(String term, int hidden) {
        int dots = term.indexOf("...");
        String letters = dots < 0 ? term : term.substring(0, dots) + term.substring(dots + 3);
        int before = dots < 0 ? letters.length() : dots;
        int count = dots < 0 ? 0 : hidden;
        int[] labels = new int[letters.length() + count];
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            if (!(letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z')) {
                throw error("labels must be letters", null, letter);
            }
            labels[i < before ? i : i + count] = letter <= 'Z' ? letter - 'A' : 26 + letter - 'a';
        }
        for (int i = 0; i < count; i++) {
            labels[before + i] = LETTERS + count - 1 - i;
        }
        return labels;
    }

    /** Without an arrow: what the ellipsis stands for, then the labels that occur once, in alphabetical order. */
    private int[] implicitOutput() {
        int[] result = new int[ellipsis + LETTERS];
        int n = 0;
        for (int i = ellipsis - 1; i >= 0; i--) {
            result[n++] = LETTERS + i;
        }
        for (int label = 0; label < LETTERS; label++) {
            int wanted = label;
            if (inputs.stream()
                            .flatMapToInt(Arrays::stream)
                            .filter(x -> x == wanted)
                            .count()
                    == 1) {
                result[n++] = label;
            }
        }
        return Arrays.copyOf(result, n);
    }

    // ------------------------------------------------------------------ the computation

    /** Takes the diagonal where a label stands twice. */
    private Factor distinct(Tensor x, int[] labels) {
        Tensor current = x;
        int[] left = labels;
        for (int i = 0; i < left.length; i++) {
            for (int j = left.length - 1; j > i; j--) {
                if (left[i] != left[j]) {
                    continue;
                }
                if (current.size(i) != current.size(j)) {
                    throw error("a repeated label must have one size", current.size(i), current.size(j));
                }
                current = current.diagonal(0, i, j);
                int label = left[i];
                left = without(without(left, j), i);
                left = Arrays.copyOf(left, left.length + 1);
                left[left.length - 1] = label;
                i = -1;
                break;
            }
        }
        return new Factor(current, left);
    }

    private void checkSizes(List<Factor> factors) {
        long[] sizes = new long[LETTERS + ellipsis];
        Arrays.fill(sizes, 1);
        for (Factor factor : factors) {
            for (int d = 0; d < factor.labels().length; d++) {
                int label = factor.labels()[d];
                long size = factor.tensor().size(d);
                if (size != 1 && sizes[label] != 1 && sizes[label] != size) {
                    throw error("label " + name(label) + " must have one size", sizes[label], size);
                }
                sizes[label] = size == 1 ? sizes[label] : size;
            }
        }
    }

    /** The labels that the result and the operands from {@code from} on need. */
    private int[] labelsFrom(int from) {
        int[] needed = output;
        for (int i = from; i < inputs.size(); i++) {
            needed = union(needed, inputs.get(i));
        }
        return needed;
    }

    /** Sums over what nobody needs. */
    private static Factor summed(Factor x, int[] needed) {
        int[] gone = new int[x.labels().length];
        int[] stay = new int[x.labels().length];
        int n = 0;
        int m = 0;
        for (int d = 0; d < x.labels().length; d++) {
            if (has(needed, x.labels()[d])) {
                stay[m++] = x.labels()[d];
            } else {
                gone[n++] = d;
            }
        }
        return n == 0 ? x : new Factor(x.tensor().sum(Arrays.copyOf(gone, n)), Arrays.copyOf(stay, m));
    }

    private static Factor multiply(Factor a, Factor right, int[] needed) {
        Factor b = summed(right, union(needed, a.labels()));
        int[] both = Arrays.stream(a.labels()).filter(l -> has(b.labels(), l)).toArray();
        int[] batch = Arrays.stream(both).filter(l -> has(needed, l)).toArray();
        int[] inner = Arrays.stream(both).filter(l -> !has(needed, l)).toArray();
        int[] onlyA = Arrays.stream(a.labels()).filter(l -> !has(both, l)).toArray();
        int[] onlyB = Arrays.stream(b.labels()).filter(l -> !has(both, l)).toArray();
        Tensor x = ordered(a.tensor(), a.labels(), concat(batch, onlyA, inner));
        Tensor y = ordered(b.tensor(), b.labels(), concat(batch, inner, onlyB));
        int[] labels = concat(batch, onlyA, onlyB);
        if (inner.length == 0) {
            for (int i = 0; i < onlyB.length; i++) {
                x = x.unsqueeze(-1);
            }
            for (int i = 0; i < onlyA.length; i++) {
                y = y.unsqueeze(batch.length);
            }
            return new Factor(x.mul(y), labels);
        }
        return new Factor(contracted(x, y, batch.length, inner.length), labels);
    }

    /** The product of [batch, left, inner] and [batch, inner, right]; a size of 1 broadcasts in what both have. */
    private static Tensor contracted(Tensor a, Tensor b, int batch, int inner) {
        int left = a.dim() - batch - inner;
        int right = b.dim() - batch - inner;
        long[] sa = a.sizes().clone();
        long[] sb = b.sizes().clone();
        for (int d = 0; d < batch; d++) {
            sa[d] = sb[d] = sa[d] == 1 ? sb[d] : sa[d];
        }
        for (int d = 0; d < inner; d++) {
            long size = sa[batch + left + d] == 1 ? sb[batch + d] : sa[batch + left + d];
            sa[batch + left + d] = sb[batch + d] = size;
        }
        long count = product(sa, 0, batch);
        long rows = product(sa, batch, batch + left);
        long k = product(sb, batch, batch + inner);
        long columns = product(sb, batch + inner, sb.length);
        Tensor x = a.expand(sa);
        Tensor y = b.expand(sb);
        Tensor product = batch == 0
                ? x.reshape(rows, k).mm(y.reshape(k, columns))
                : x.reshape(count, rows, k).bmm(y.reshape(count, k, columns));
        long[] shape = Arrays.copyOf(sa, batch + left + right);
        System.arraycopy(sb, batch + inner, shape, batch + left, right);
        return product.reshape(shape);
    }

    private static Tensor ordered(Tensor x, int[] labels, int[] wanted) {
        if (Arrays.equals(labels, wanted)) {
            return x;
        }
        int[] order = new int[wanted.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = place(labels, wanted[i]);
        }
        return x.permute(order);
    }

    // ------------------------------------------------------------------ labels

    private static int place(int[] labels, int label) {
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == label) {
                return i;
            }
        }
        return -1;
    }

    private static boolean has(int[] labels, int label) {
        return place(labels, label) >= 0;
    }

    private static int[] union(int[] a, int[] b) {
        return concat(
                a, Arrays.stream(b).filter(label -> !has(a, label)).distinct().toArray());
    }

    private static int[] concat(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    private static int[] without(int[] labels, int place) {
        int[] out = new int[labels.length - 1];
        System.arraycopy(labels, 0, out, 0, place);
        System.arraycopy(labels, place + 1, out, place, out.length - place);
        return out;
    }

    private static long product(long[] sizes, int from, int to) {
        long product = 1;
        for (int d = from; d < to; d++) {
            product *= sizes[d];
        }
        return product;
    }

    private static String name(int label) {
        return label >= LETTERS ? "..." : String.valueOf((char) (label < 26 ? 'A' + label : 'a' + label - 26));
    }

    private RuntimeException error(String rule, Object expected, Object got) {
        Check<?> check = Check.shape("einsum", rule + " in \"" + equation + "\"");
        return (expected == null ? check : check.expected(expected))
                .got(got)
                .hint("Write terms such as ij,jk->ik.")
                .error();
    }
}
