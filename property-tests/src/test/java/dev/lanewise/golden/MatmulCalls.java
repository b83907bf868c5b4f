package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;

/** Matrix products. */
final class MatmulCalls {
    private MatmulCalls() {}

    static void fill() {
        add("torch.matmul", a -> a.tensor(0).matmul(a.tensor(1)));
        add("torch.mm", a -> a.tensor(0).mm(a.tensor(1)));
        add("torch.bmm", a -> a.tensor(0).bmm(a.tensor(1)));
        add("torch.mv", a -> a.tensor(0).mv(a.tensor(1)));
        add("torch.dot", a -> a.tensor(0).dot(a.tensor(1)));
        add(
                "F.linear",
                a -> Functional.linear(
                        a.tensor(0), a.tensor(1), a.get(2, "bias") instanceof Tensor bias ? bias : null));
    }
}
