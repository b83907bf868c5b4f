package dev.lanewise.golden;

import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decompositions whose vectors have free signs: brings those of a result to the signs that were recorded.
 *
 * <p>A vector is multiplied by 1 or -1, and so is the one that belongs to it, as part of the graph: gradients then belong
 * to the recorded signs too. Vectors that complete a basis are free up to a rotation: the recorded ones are compared with
 * their projections on the space of the computed ones.
 */
final class Signs {
    /** Which outputs hold vectors in columns and in rows; -1 for none. */
    private record Places(int columns, int rows) {}

    private static final Map<String, Places> OPS = Map.of(
            "torch.linalg.qr", new Places(0, 1),
            "torch.qr", new Places(0, 1),
            "torch.linalg.svd", new Places(0, 2),
            "torch.linalg.eigh", new Places(1, -1));

    private Signs() {}

    /** The outputs of a case with the recorded signs, if its comparison is up to signs. */
    static List<Object> recorded(Case one, List<Object> outputs) {
        Places places = OPS.get(one.op());
        if (places == null
                || !one.compare().contains("sign")
                || outputs.size() != one.outputs().size()) {
            return outputs;
        }
        Tensor columns = (Tensor) outputs.get(places.columns);
        Tensor expected = one.tensor(one.outputs().get(places.columns));
        if (!columns.shape().equals(expected.shape()) || columns.numel() == 0) {
            return outputs;
        }
        List<Object> turned = new ArrayList<>(outputs);
        if (places.rows < 0) {
            turned.set(places.columns, columns.mul(signs(expected, columns).unsqueeze(-2)));
            return turned;
        }
        Tensor rows = (Tensor) outputs.get(places.rows);
        long paired = Math.min(columns.size(-1), rows.size(-2));
        paired = one.op().endsWith("qr") ? Math.min(paired, rows.size(-1)) : paired;
        Tensor signs = signs(expected.narrow(-1, 0, paired), columns.narrow(-1, 0, paired));
        turned.set(places.columns, completed(columns, signs.unsqueeze(-2), expected, -1));
        turned.set(
                places.rows,
                one.op().endsWith("qr")
                        ? Tensor.cat(-2, rows.narrow(-2, 0, paired).mul(signs.unsqueeze(-1)), rest(rows, paired, -2))
                        : completed(
                                rows,
                                signs.unsqueeze(-1),
                                one.tensor(one.outputs().get(places.rows)),
                                -2));
        return turned;
    }

    /** 1 for each column that points as the recorded one does, -1 for the others. */
    private static Tensor signs(Tensor expected, Tensor got) {
        return GradMode.noGrad(
                () -> expected.mul(got).sum(-2).ge(0).to(got.dtype()).mul(2).sub(1));
    }

    /** The vectors that come in pairs with their signs, then the projections of the recorded others. */
    private static Tensor completed(Tensor vectors, Tensor signs, Tensor expected, int dim) {
        long paired = signs.size(dim);
        if (paired == vectors.size(dim)) {
            return vectors.mul(signs);
        }
        Tensor first = vectors.narrow(dim, 0, paired).mul(signs);
        Tensor free = rest(vectors, paired, dim);
        Tensor wanted = rest(expected, paired, dim);
        Tensor across = free.transpose(-2, -1);
        Tensor projected = dim == -1
                ? free.matmul(across.matmul(wanted))
                : wanted.matmul(across).matmul(free);
        return Tensor.cat(dim, first, projected);
    }

    private static Tensor rest(Tensor x, long from, int dim) {
        return x.narrow(dim, from, x.size(dim) - from);
    }
}
