package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.autograd.Node;
import dev.lanewise.internal.shape.View;

/** The history of a tensor of which a part was changed in place through a view: the change itself applies to that part. */
final class CopySlices extends Node {
    private final Node change;
    private final View base;
    private final View part;

    CopySlices(Node change, View base, View part, Node[] next) {
        super(next);
        this.change = change;
        this.base = base;
        this.part = part;
    }

    @Override
    public String name() {
        return "CopySlices";
    }

    @Override
    public Tensor[] apply(Tensor gradient) {
        Regions.Region region = new Regions.Region(base, part);
        Tensor inside = Dispatch.apply(Regions.EXTRACT, region, gradient);
        Tensor[] result = change.apply(inside);
        Tensor kept = Dispatch.apply(Regions.WITHOUT, region, gradient);
        if (result[0] != null && !((OpNode) change).isCopy()) {
            Tensor through = fitted(0, result[0]).expand(part.shape());
            kept = kept.add(Dispatch.apply(Regions.EMBED, region, through));
        }
        result[0] = kept;
        return result;
    }

    private Tensor fitted(int input, Tensor gradient) {
        return ((OpNode) change).fit(input, gradient);
    }

    @Override
    protected Tensor fit(int input, Tensor gradient) {
        return input == 0 ? gradient : fitted(input, gradient);
    }

    @Override
    public void release() {
        change.release();
    }
}
