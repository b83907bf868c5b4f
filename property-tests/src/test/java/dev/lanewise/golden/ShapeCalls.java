package dev.lanewise.golden;

import static dev.lanewise.golden.Calls.add;
import static dev.lanewise.golden.Calls.map;

import dev.lanewise.Tensor;

/** Views, joins and rearrangements. */
final class ShapeCalls {
    private ShapeCalls() {}

    static void fill() {
        add("Tensor.view", a -> a.tensor(0).view(a.sizes(1)));
        add("torch.reshape", a -> a.tensor(0).reshape(a.sizes(1)));
        add("torch.flatten", a -> a.tensor(0).flatten(a.dim(1, "start_dim", 0), a.dim(2, "end_dim", -1)));
        map("torch.ravel", Tensor::flatten);
        add("torch.permute", a -> a.tensor(0).permute(a.dims(1, "dims")));
        add("torch.transpose", a -> a.tensor(0).transpose(a.dim(1, "dim0", 0), a.dim(2, "dim1", 0)));
        add("torch.swapaxes", a -> a.tensor(0).transpose(a.dim(1, "dim0", 0), a.dim(2, "dim1", 0)));
        map("torch.t", Tensor::t);
        add(
                "torch.squeeze",
                a -> a.size() > 1
                        ? a.tensor(0).squeeze(a.dim(1, "dim", 0))
                        : a.tensor(0).squeeze());
        add("torch.unsqueeze", a -> a.tensor(0).unsqueeze(a.dim(1, "dim", 0)));
        add("Tensor.expand", a -> a.tensor(0).expand(a.sizes(1)));
        add("torch.broadcast_to", a -> a.tensor(0).expand(a.sizes(1)));
        add("Tensor.expand_as", a -> a.tensor(0).expandAs(a.tensor(1)));
        add("torch.cat", a -> Tensor.cat(a.dim(1, "dim", 0), a.tensors(0)));
        add("torch.stack", a -> Tensor.stack(a.dim(1, "dim", 0), a.tensors(0)));
        add(
                "torch.narrow",
                a -> a.tensor(0)
                        .narrow(
                                a.dim(1, "dim", 0),
                                a.number(2, "start").longValue(),
                                a.number(3, "length").longValue()));
        add("torch.split", a -> a.tensor(0).split(a.number(1, "length").longValue(), a.dim(2, "dim", 0)));
        add("torch.unbind", a -> a.tensor(0).unbind(a.dim(1, "dim", 0)));
        add(
                "torch.diagonal",
                a -> a.tensor(0).diagonal(a.dim(1, "offset", 0), a.dim(2, "dim1", 0), a.dim(3, "dim2", 1)));
    }
}
