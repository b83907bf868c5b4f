package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import dev.lanewise.internal.kernel.Norm;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.simd.Reductions;
import java.lang.ref.Reference;
import java.util.List;

/** Normalisation with a scale and a shift in one pass: of lines, and of channels over a batch. */
public final class LineNormOps {
    private LineNormOps() {}

    /** Where a call of {@link Lines} keeps what its derivative needs: the mean of each line, and 1 / √(variance + eps). */
    static final class Kept {
        private final int n;
        private final double eps;
        private double[] means;
        private double[] scales;

        Kept(int n, double eps) {
            this.n = n;
            this.eps = eps;
        }
    }

    static final class Lines extends StructuredOp<Kept> {
        Lines() {
            super(
                    "normalizeLines",
                    "Lines less their mean, over the root of the biased variance plus eps, scaled, shifted.");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.INPUT1);
            reachedBy("nn.Functional.layerNorm");
            torch("");
        }

        @Override
        protected Tensor forward(Kept kept, Tensor... in) {
            Tensor x = in[0].contiguous();
            Tensor w = in[1].contiguous();
            Tensor b = in[2].contiguous();
            Tensor out = Dispatch.empty(x.dtype(), x.sizes());
            int lines = kept.n == 0 ? 0 : Math.toIntExact(x.numel() / kept.n);
            kept.means = new double[lines];
            kept.scales = new double[lines];
            Reductions.norm(x.dtype())
                    .layers(kept.n, flat(x), flat(w), flat(b), flat(out), kept.eps, kept.means, kept.scales);
            fence(x, w, b, out);
            return out;
        }

        @Override
        protected Tensor[] grad(Kept kept, Tensor g, Saved saved) {
            Tensor x = saved.input(0);
            Tensor w = saved.input(1);
            if (GradMode.isEnabled()) {
                return composed(kept, g, x, w);
            }
            Tensor dense = g.contiguous();
            Tensor from = x.contiguous();
            Tensor weight = w.contiguous();
            Tensor out = Dispatch.empty(x.dtype(), x.sizes());
            Tensor ofWeight = Dispatch.empty(x.dtype(), w.sizes());
            Tensor ofBias = Dispatch.empty(x.dtype(), w.sizes());
            Reductions.norm(x.dtype())
                    .layerGrads(
                            kept.n,
                            flat(dense),
                            flat(from),
                            flat(weight),
                            flat(out),
                            flat(ofWeight),
                            flat(ofBias),
                            kept.means,
                            kept.scales);
            fence(dense, from, weight, out, ofWeight, ofBias);
            return new Tensor[] {out, ofWeight, ofBias};
        }

        /** The same of recorded ops, where the derivative is differentiated. */
        private static Tensor[] composed(Kept kept, Tensor g, Tensor x, Tensor w) {
            Tensor rows = x.reshape(-1, kept.n);
            Tensor grads = g.reshape(-1, kept.n);
            Tensor scale = rows.var(new int[] {1}, 0, true).add(kept.eps).rsqrt();
            Tensor y = rows.sub(rows.meanKeepDim(1)).mul(scale);
            Tensor h = grads.mul(w.reshape(kept.n));
            Tensor along = y.mul(h.mul(y).meanKeepDim(1));
            Tensor ofInput = h.sub(h.meanKeepDim(1)).sub(along).mul(scale);
            return new Tensor[] {
                ofInput.reshape(x.sizes()),
                grads.mul(y).sum(0).reshape(w.sizes()),
                grads.sum(0).reshape(w.sizes())
            };
        }
    }

    private static final Lines LINES = new Lines();

    /** The statistics of a batch, in double, one for each channel. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Batch(double eps, double[] means, double[] scales) {}

    static final class Channels extends StructuredOp<Batch> {
        Channels() {
            super(
                    "normalizeChannels",
                    "Channels less their mean over a batch, over the root of the variance plus eps, scaled, shifted.");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.INPUT1);
            reachedBy("nn.Functional.batchNorm");
            torch("");
        }

        @Override
        protected Tensor forward(Batch batch, Tensor... in) {
            Tensor x = in[0].contiguous();
            Tensor out = Dispatch.empty(x.dtype(), x.sizes());
            double[] scales = in[1].toDoubleArray();
            double[] shifts = in[2].toDoubleArray();
            for (int c = 0; c < scales.length; c++) {
                scales[c] *= batch.scales()[c];
                shifts[c] -= batch.means()[c] * scales[c];
            }
            Reductions.norm(x.dtype()).affine(lines(x), places(x), flat(x), flat(out), scales, shifts);
            fence(x, out);
            return out;
        }

        @Override
        protected Tensor[] grad(Batch batch, Tensor g, Saved saved) {
            Tensor x = saved.input(0);
            Tensor w = saved.input(1);
            if (GradMode.isEnabled()) {
                return composed(batch, g, x, w);
            }
            Tensor dense = g.contiguous();
            Tensor from = x.contiguous();
            int channels = batch.means().length;
            Norm norm = Reductions.norm(x.dtype());
            double[][] sums = norm.products(lines(x), places(x), flat(dense), flat(from), batch.means());
            double[] weights = w.toDoubleArray();
            double[] a = new double[channels];
            double[] b = new double[channels];
            double[] c = new double[channels];
            double[] ofWeight = new double[channels];
            double[] ofBias = new double[channels];
            double count = (double) x.numel() / channels;
            for (int k = 0; k < channels; k++) {
                double scale = batch.scales()[k];
                ofBias[k] = sums[k][0];
                ofWeight[k] = sums[k][1] * scale;
                a[k] = weights[k] * scale;
                b[k] = -a[k] * scale * scale * sums[k][1] / count;
                c[k] = -a[k] * sums[k][0] / count - b[k] * batch.means()[k];
            }
            Tensor out = Dispatch.empty(x.dtype(), x.sizes());
            norm.blend(lines(x), places(x), flat(dense), flat(from), flat(out), a, b, c);
            fence(dense, from, out);
            return new Tensor[] {out, Tensor.of(x.dtype(), ofWeight), Tensor.of(x.dtype(), ofBias)};
        }

        /** The same of recorded ops, where the derivative is differentiated. */
        private static Tensor[] composed(Batch batch, Tensor g, Tensor x, Tensor w) {
            int[] dims = new int[x.dim() - 1];
            long[] column = new long[x.dim()];
            column[1] = x.size(1);
            for (int i = 0; i < dims.length; i++) {
                dims[i] = i == 0 ? 0 : i + 1;
                column[dims[i]] = 1;
            }
            Tensor scale = x.var(dims, 0, true).add(batch.eps()).rsqrt();
            Tensor y = x.sub(x.meanKeepDim(dims)).mul(scale);
            Tensor h = g.mul(w.reshape(column));
            Tensor along = y.mul(h.mul(y).meanKeepDim(dims));
            Tensor ofInput = h.sub(h.meanKeepDim(dims)).sub(along).mul(scale);
            return new Tensor[] {ofInput, g.mul(y).sum(dims), g.sum(dims)};
        }

        private static long lines(Tensor x) {
            return x.size(0) * x.size(1);
        }

        private static int places(Tensor x) {
            return x.numel() == 0 ? 0 : Math.toIntExact(x.numel() / lines(x));
        }
    }

    private static final Channels CHANNELS = new Channels();

    /** True for dtypes that these ops compute in, where all are alike. */
    public static boolean takes(Tensor x, Tensor... others) {
        boolean fits = x.dtype() == DType.FLOAT32 || x.dtype() == DType.FLOAT64;
        for (Tensor other : others) {
            fits &= other == null || other.dtype() == x.dtype();
        }
        return fits;
    }

    /** Normalises each n elements, the sizes of weight and bias together; both may be null. */
    public static Tensor lines(Tensor x, int n, Tensor weight, Tensor bias, double eps) {
        Tensor w = weight == null ? Tensor.ones(x.dtype(), n) : weight;
        Tensor b = bias == null ? Tensor.zeros(x.dtype(), n) : bias;
        return Dispatch.apply(LINES, new Kept(n, eps), x, w, b);
    }

    /**
     * Normalises each channel, dimension 1, with the mean and the biased variance of the batch.
     *
     * @param mean one number for each channel
     * @param var likewise
     */
    public static Tensor channels(Tensor x, Tensor weight, Tensor bias, Tensor mean, Tensor var, double eps) {
        Tensor w = weight == null ? Tensor.ones(x.dtype(), x.size(1)) : weight;
        Tensor b = bias == null ? Tensor.zeros(x.dtype(), x.size(1)) : bias;
        double[] scales = var.toDoubleArray();
        for (int c = 0; c < scales.length; c++) {
            scales[c] = 1 / Math.sqrt(scales[c] + eps);
        }
        return Dispatch.apply(CHANNELS, new Batch(eps, mean.toDoubleArray(), scales), x, w, b);
    }

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(LINES, CHANNELS);
    }

    private static Operand flat(Tensor x) {
        return Dispatch.operand(x, x.sizes());
    }

    private static void fence(Tensor... used) {
        Reference.reachabilityFence(used);
    }
}
