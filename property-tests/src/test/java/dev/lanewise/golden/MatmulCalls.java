package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;

import dev.lanewise.Linalg;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import java.util.function.BinaryOperator;

/** Matrix products. */
final class MatmulCalls {
    /** A product added to a tensor, with both factors. */
    private interface AddProduct {
        Tensor of(Tensor self, Tensor a, Tensor b, Number beta, Number alpha);
    }

    private MatmulCalls() {}

    static void fill() {
        product("torch.matmul", Tensor::matmul);
        product("torch.mm", Tensor::mm);
        product("torch.bmm", Tensor::bmm);
        product("torch.mv", Tensor::mv);
        product("torch.dot", Tensor::dot);
        product("torch.vdot", Tensor::vdot);
        product("torch.inner", Tensor::inner);
        product("torch.outer", Tensor::outer);
        product("torch.ger", Tensor::ger);
        product("torch.kron", Tensor::kron);
        addProduct("torch.addmm", Tensor::addmm);
        addProduct("torch.addmv", Tensor::addmv);
        addProduct("torch.addr", Tensor::addr);
        addProduct("torch.baddbmm", Tensor::baddbmm);
        addProduct("torch.addbmm", Tensor::addbmm);
        add("torch.einsum", a -> Tensor.einsum(a.text(0, "equation"), a.only().tensors(1)));
        add("torch.chain_matmul", a -> Tensor.chainMatmul(a.only().tensors(0)));
        add("torch.linalg.multi_dot", a -> Linalg.multiDot(a.only().tensors(0)));
        add("torch.tensordot", MatmulCalls::tensordot);
        add("F.linear", a -> Functional.linear(a.only("bias").tensor(0), a.tensor(1), a.tensorOrNull(2, "bias")));
        add(
                "F.bilinear",
                a -> Functional.bilinear(
                        a.only("bias").tensor(0), a.tensor(1), a.tensor(2), a.tensorOrNull(3, "bias")));
    }

    private static void product(String op, BinaryOperator<Tensor> f) {
        add(op, a -> f.apply(a.only().tensor(0), a.tensor(1)));
    }

    private static void addProduct(String op, AddProduct f) {
        add(op, a -> {
            Number beta = a.only("beta", "alpha").numberOr("beta", 1);
            return f.of(a.tensor(0), a.tensor(1), a.tensor(2), beta, a.numberOr("alpha", 1));
        });
    }

    private static Tensor tensordot(Arguments a) {
        Tensor x = a.only("dims").tensor(0);
        Tensor y = a.tensor(1);
        if (!a.has(2, "dims")) {
            return x.tensordot(y, 2);
        }
        return a.get(2, "dims") instanceof Number dims
                ? x.tensordot(y, dims.intValue())
                : x.tensordot(y, a.lists(2, "dims").get(0), a.lists(2, "dims").get(1));
    }
}
