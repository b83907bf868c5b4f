package dev.lanewise.op;

import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.ResampleTable;
import dev.lanewise.internal.kernel.Resampling;
import java.lang.ref.Reference;
import java.util.List;

/** Lines made longer or shorter, which the resizing of images is made of. */
public final class ResampleOps {
    private ResampleOps() {}

    /** The dimension and what its places are made of. */
    record Along(int dim, ResampleTable table) {}

    static final class Resample extends StructuredOp<Along> {
        Resample() {
            super("resample", "Weighted sums of places along a dimension.");
            reachedBy("nn.Functional.interpolate");
            torch("torch.nn.functional.interpolate");
        }

        @Override
        protected Tensor forward(Along args, Tensor... in) {
            Tensor x = in[0].contiguous();
            long[] shape = x.sizes().clone();
            long outer = 1;
            int inner = 1;
            for (int d = 0; d < shape.length; d++) {
                outer *= d < args.dim() ? shape[d] : 1;
                inner *= d > args.dim() ? Math.toIntExact(shape[d]) : 1;
            }
            shape[args.dim()] = args.table().outputs();
            Tensor out = Dispatch.empty(x.dtype(), shape);
            Resampling.run(
                    args.table(), outer, inner, Dispatch.operand(x, x.sizes()), Dispatch.operand(out, out.sizes()));
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(out);
            return out;
        }

        @Override
        protected Tensor[] grad(Along args, Tensor g, Saved saved) {
            Along back = new Along(args.dim(), args.table().transposed());
            return new Tensor[] {Dispatch.apply(this, back, g)};
        }
    }

    private static final StructuredOp<Along> RESAMPLE = new Resample();

    /**
     * The tensor with the places along a dimension made anew: place o is the sum of {@code weights[k] · x[sources[k]]} for k
     * from {@code starts[o]} to before {@code starts[o + 1]}.
     */
    public static Tensor resample(Tensor x, int dim, int[] starts, int[] sources, double... weights) {
        ResampleTable table = new ResampleTable(Math.toIntExact(x.size(dim)), starts, sources, weights);
        return Dispatch.apply(RESAMPLE, new Along(dim, table), x);
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(RESAMPLE);
    }

    /** The functions made of them. */
    public static List<Composite> composites() {
        String torch = "torch.nn.functional.";
        return List.of(
                new Composite("interpolate", torch + "interpolate", "Images of another size."),
                new Composite("upsample", torch + "upsample", "Images of another size."),
                new Composite("gridSample", torch + "grid_sample", "An image looked up at given places."),
                new Composite("affineGrid", torch + "affine_grid", "Places of an image moved by an affine map."),
                new Composite(
                        "tripletMarginWithDistanceLoss",
                        torch + "triplet_margin_with_distance_loss",
                        "Margin between distances from a positive and a negative."),
                new Composite("rmsNorm", torch + "rms_norm", "Divided by the root of the mean square."),
                new Composite(
                        "scaledDotProductAttention",
                        torch + "scaled_dot_product_attention",
                        "Means of values weighted by how near the keys are to the queries."));
    }
}
