package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.List;

/**
 * The loss of sequences whose labels have no given times.
 *
 * <p>Source: Graves et al., "Connectionist Temporal Classification", 2006, equations 6 to 16, in logarithms.
 */
public final class CtcOps {
    private static final double NONE = Double.NEGATIVE_INFINITY;

    private CtcOps() {}

    /**
     * What the loss is asked for.
     *
     * @param labels the labels of each sample
     * @param lengths how many of the times count for each sample
     * @param blank the class that stands for no label
     * @param zeroInfinity true if no gradient flows where no path spells the labels
     */
    public record Labels(long[][] labels, long[] lengths, int blank, boolean zeroInfinity) {}

    static final class CtcLoss extends StructuredOp<Labels> {
        CtcLoss() {
            super("ctcLoss", "Negative log-probability of label sequences, over all their alignments in time.");
            torch("torch.nn.functional.ctc_loss");
            dtypes(DTypeRule.FLOATING);
            saves(Saves.INPUT0, Saves.OUTPUT);
        }

        @Override
        protected Tensor forward(Labels args, Tensor... in) {
            Tensor x = in[0].detach().to(DType.FLOAT64).contiguous();
            Tensor out = Dispatch.empty(DType.FLOAT64, x.size(1));
            for (int n = 0; n < args.labels().length; n++) {
                Lattice lattice = new Lattice(args, n, x);
                out.segment().setAtIndex(ValueLayout.JAVA_DOUBLE, n, lattice.loss(lattice.alpha()));
            }
            Reference.reachabilityFence(x);
            return out.to(in[0].dtype());
        }

        @Override
        protected Tensor[] grad(Labels args, Tensor g, Saved saved) {
            return new Tensor[] {Dispatch.apply(CTC_SLOPE, args, saved.input(0), g)};
        }
    }

    public static final StructuredOp<Labels> CTC_LOSS = new CtcLoss();

    /** The gradient of the log-probabilities; those are taken to be normalised, so that it sums to 0 over the classes. */
    static final class CtcSlope extends StructuredOp<Labels> {
        CtcSlope() {
            super("ctcSlope", "Gradient of the loss of label sequences.");
        }

        @Override
        protected Tensor forward(Labels args, Tensor... in) {
            Tensor x = in[0].detach().to(DType.FLOAT64).contiguous();
            Tensor g = in[1].detach().to(DType.FLOAT64).contiguous();
            Tensor out = Tensor.zeros(DType.FLOAT64, x.sizes());
            for (int n = 0; n < args.labels().length; n++) {
                new Lattice(args, n, x).slope(g.segment().getAtIndex(ValueLayout.JAVA_DOUBLE, n), out.segment());
            }
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(g);
            return out.to(in[0].dtype());
        }

        @Override
        protected Tensor[] grad(Labels args, Tensor g, Saved saved) {
            throw Check.grad("ctcLoss", "there is no second derivative").error();
        }
    }

    private static final StructuredOp<Labels> CTC_SLOPE = new CtcSlope();

    /** All ops of this family. */
    public static List<StructuredOp<?>> all() {
        return List.of(CTC_LOSS);
    }

    /** The alignments of one sample: states are its labels with a blank before, between and after. */
    private static final class Lattice {
        private final int[] states;
        private final int length;
        private final int blank;
        private final boolean zeroInfinity;
        private final int sample;
        private final int samples;
        private final int classes;
        private final MemorySegment memory;

        Lattice(Labels args, int sample, Tensor x) {
            this.sample = sample;
            this.samples = (int) x.size(1);
            this.classes = (int) x.size(2);
            this.memory = x.segment();
            this.blank = args.blank();
            this.zeroInfinity = args.zeroInfinity();
            this.length = (int) args.lengths()[sample];
            long[] labels = args.labels()[sample];
            states = new int[2 * labels.length + 1];
            Arrays.fill(states, blank);
            for (int i = 0; i < labels.length; i++) {
                states[2 * i + 1] = (int) labels[i];
            }
        }

        private long place(int time, int label) {
            return ((long) time * samples + sample) * classes + label;
        }

        private double at(int time, int label) {
            return memory.getAtIndex(ValueLayout.JAVA_DOUBLE, place(time, label));
        }

        /** True if a path may come to a state from two states before, past the blank between two different labels. */
        private boolean skips(int state) {
            return state >= 2 && states[state] != blank && states[state] != states[state - 2];
        }

        /** The log-probability of all paths that begin at time 0 and are in a state at a time, by time and state. */
        double[][] alpha() {
            double[][] alpha = new double[length][states.length];
            for (int t = 0; t < length; t++) {
                for (int s = 0; s < states.length; s++) {
                    double before = s < 2 ? 0 : NONE;
                    if (t > 0) {
                        double[] last = alpha[t - 1];
                        before = sum(last[s], s > 0 ? last[s - 1] : NONE, skips(s) ? last[s - 2] : NONE);
                    }
                    alpha[t][s] = before + at(t, states[s]);
                }
            }
            return alpha;
        }

        /** Minus the log-probability of all paths. */
        double loss(double[][] alpha) {
            int last = states.length - 1;
            if (length == 0) {
                return last == 0 ? 0 : Double.POSITIVE_INFINITY;
            }
            double[] end = alpha[length - 1];
            return -sum(end[last], last > 0 ? end[last - 1] : NONE, NONE);
        }

        /** Adds the gradient of this sample, {@code g · (e^x - Σ_states e^(alpha + beta - x + loss))} for each time and class. */
        void slope(double g, MemorySegment out) {
            double[][] alpha = alpha();
            double loss = loss(alpha);
            if (zeroInfinity && loss == Double.POSITIVE_INFINITY) {
                return;
            }
            double[] beta = new double[states.length];
            double[] through = new double[classes];
            for (int t = length - 1; t >= 0; t--) {
                beta = beta(t, beta);
                Arrays.fill(through, NONE);
                for (int s = 0; s < states.length; s++) {
                    through[states[s]] = sum(through[states[s]], alpha[t][s] + beta[s], NONE);
                }
                for (int c = 0; c < classes; c++) {
                    double x = at(t, c);
                    double value = (Math.exp(x) - Math.exp(through[c] + loss - x)) * g;
                    out.setAtIndex(ValueLayout.JAVA_DOUBLE, place(t, c), value);
                }
            }
        }

        /** The log-probability of all paths from a state at a time on, from that of the time after. */
        private double[] beta(int t, double[] next) {
            double[] beta = new double[states.length];
            int last = states.length - 1;
            for (int s = 0; s <= last; s++) {
                double after = s >= last - 1 ? 0 : NONE;
                if (t < length - 1) {
                    after = sum(
                            next[s], s < last ? next[s + 1] : NONE, s + 2 <= last && skips(s + 2) ? next[s + 2] : NONE);
                }
                beta[s] = after + at(t, states[s]);
            }
            return beta;
        }

        /** ln(e^a + e^b + e^c). */
        private static double sum(double a, double b, double c) {
            double most = Math.max(a, Math.max(b, c));
            if (most == NONE) {
                return NONE;
            }
            return most + Math.log(Math.exp(a - most) + Math.exp(b - most) + Math.exp(c - most));
        }
    }
}
