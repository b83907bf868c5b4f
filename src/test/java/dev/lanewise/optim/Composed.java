package dev.lanewise.optim;

import dev.lanewise.GradMode;
import dev.lanewise.Tensor;
import java.util.HashMap;
import java.util.Map;

/** The optimizers' steps composed of tensor operations, in PyTorch's order: what the fused steps are compared with. */
final class Composed {
    /** A step of one parameter: changes it and what is remembered. */
    interface Step {
        void apply(Composed memory, Tensor p, Tensor g, int step);
    }

    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Step rule;
    private int steps;
    private double eta = Double.NaN;
    private double product = 1;

    Composed(Step rule) {
        this.rule = rule;
    }

    void step(Tensor p, Tensor grad) {
        steps++;
        GradMode.noGrad(() -> rule.apply(this, p, grad, steps));
    }

    Tensor zeros(String name, Tensor like) {
        return tensors.computeIfAbsent(name, key -> Tensor.zerosLike(like));
    }

    private static Tensor gradient(Tensor p, Tensor g, boolean maximize, double decay) {
        Tensor signed = maximize ? g.neg() : g;
        return decay == 0 ? signed : signed.add(p, decay);
    }

    static Step sgd(SGD.Options o) {
        return (memory, p, grad, step) -> {
            Tensor d = gradient(p, grad, o.maximize(), o.weightDecay());
            if (o.momentum() != 0) {
                Tensor buffer = memory.tensors.get("buffer");
                if (buffer == null) {
                    buffer = d.clone();
                    memory.tensors.put("buffer", buffer);
                } else {
                    buffer.mul_(o.momentum()).add_(d, 1 - o.dampening());
                }
                d = o.nesterov() ? d.add(buffer, o.momentum()) : buffer;
            }
            p.add_(d, -o.lr());
        };
    }

    static Step adam(AdamOptions o, boolean apart) {
        return (memory, p, grad, step) -> {
            Tensor g = gradient(p, grad, o.maximize(), apart ? 0 : o.weightDecay());
            if (apart) {
                p.mul_(1 - o.lr() * o.weightDecay());
            }
            Tensor mean = memory.mean(p, g, o.beta1());
            Tensor bound = memory.square(p, g, o.beta2());
            if (o.amsgrad()) {
                Tensor largest = memory.zeros("largest", p);
                bound = largest.copy_(largest.maximum(bound));
            }
            double correction1 = 1 - Math.pow(o.beta1(), step);
            double correction2 = Math.sqrt(1 - Math.pow(o.beta2(), step));
            Tensor denominator = bound.sqrt().div_(correction2).add_(o.eps());
            p.add_(mean.mul(-(o.lr() / correction1)).div_(denominator));
        };
    }

    private Tensor mean(Tensor p, Tensor g, double beta) {
        return zeros("mean", p).mul_(beta).add_(g, 1 - beta);
    }

    private Tensor square(Tensor p, Tensor g, double beta) {
        return zeros("square", p).mul_(beta).add_(g.square(), 1 - beta);
    }

    static Step adamax(Adamax.Options o) {
        return (memory, p, grad, step) -> {
            Tensor g = gradient(p, grad, o.maximize(), o.weightDecay());
            Tensor mean = memory.mean(p, g, o.beta1());
            Tensor largest = memory.zeros("largest", p);
            largest.copy_(largest.mul(o.beta2()).maximum(g.abs().add_(o.eps())));
            p.add_(mean.div(largest), -(o.lr() / (1 - Math.pow(o.beta1(), step))));
        };
    }

    static Step nadam(NAdam.Options o) {
        return (memory, p, grad, step) -> {
            Tensor g = gradient(p, grad, false, o.weightDecay());
            double mu = o.beta1() * (1 - 0.5 * Math.pow(0.96, step * o.momentumDecay()));
            double next = o.beta1() * (1 - 0.5 * Math.pow(0.96, (step + 1) * o.momentumDecay()));
            memory.product = (float) memory.product * (float) mu;
            Tensor mean = memory.mean(p, g, o.beta1());
            Tensor square = memory.square(p, g, o.beta2());
            Tensor denominator =
                    square.div(1 - Math.pow(o.beta2(), step)).sqrt_().add_(o.eps());
            p.add_(g.div(denominator), -o.lr() * (1 - mu) / (1 - memory.product));
            p.add_(mean.div(denominator), -o.lr() * next / (1 - memory.product * mu * next));
        };
    }

    static Step radam(RAdam.Options o) {
        return (memory, p, grad, step) -> {
            Tensor g = gradient(p, grad, false, o.weightDecay());
            Tensor mean = memory.mean(p, g, o.beta1());
            Tensor square = memory.square(p, g, o.beta2());
            double power = Math.pow(o.beta2(), step);
            Tensor corrected = mean.div(1 - Math.pow(o.beta1(), step));
            double longest = 2 / (1 - o.beta2()) - 1;
            double length = longest - 2.0 * step * power / (1 - power);
            if (length > 5) {
                double factor =
                        Math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length));
                Tensor adaptive = square.sqrt().add_(o.eps()).rdiv(Math.sqrt(1 - power));
                p.sub_(corrected.mul(o.lr()).mul_(adaptive).mul_(factor));
            } else {
                p.sub_(corrected.mul(o.lr()));
            }
        };
    }

    static Step rmsprop(RMSprop.Options o) {
        return (memory, p, grad, step) -> {
            Tensor g = gradient(p, grad, o.maximize(), o.weightDecay());
            Tensor average = memory.square(p, g, o.alpha());
            if (o.centered()) {
                average = average.sub(memory.mean(p, g, o.alpha()).square());
            }
            Tensor quotient = g.div(average.sqrt().add_(o.eps()));
            if (o.momentum() > 0) {
                quotient = memory.zeros("buffer", p).mul_(o.momentum()).add_(quotient);
            }
            p.add_(quotient, -o.lr());
        };
    }

    static Step adagrad(Adagrad.Options o) {
        return (memory, p, grad, step) -> {
            Tensor g = gradient(p, grad, o.maximize(), o.weightDecay());
            Tensor sum = memory.tensors.computeIfAbsent("sum", key -> Tensor.fullLike(p, o.initialAccumulator()));
            sum.add_(g.square());
            p.add_(g.div(sum.sqrt().add_(o.eps())), -(o.lr() / (1 + (step - 1) * o.lrDecay())));
        };
    }

    static Step adadelta(Adadelta.Options o) {
        return (memory, p, grad, step) -> {
            Tensor g = gradient(p, grad, o.maximize(), o.weightDecay());
            Tensor deviation = memory.square(p, g, o.rho()).add(o.eps()).sqrt_();
            Tensor steps = memory.zeros("steps", p);
            Tensor delta = steps.add(o.eps()).sqrt_().div_(deviation).mul_(g);
            steps.mul_(o.rho()).add_(delta.square(), 1 - o.rho());
            p.add_(delta, -o.lr());
        };
    }

    static Step asgd(ASGD.Options o) {
        return (memory, p, grad, step) -> {
            Tensor g = gradient(p, grad, o.maximize(), o.weightDecay());
            double eta = (float) (step == 1 ? o.lr() : memory.eta);
            double mu = (float) (1 / Math.max(1, step - 1 - o.t0()));
            p.mul_(1 - o.lambd() * eta).add_(g, -eta);
            Tensor average = memory.zeros("average", p);
            if (mu == 1) {
                average.copy_(p);
            } else {
                average.add_(p.sub(average).mul_(mu));
            }
            memory.eta = o.lr() / Math.pow(1 + o.lambd() * o.lr() * step, o.alpha());
        };
    }

    static Step rprop(Rprop.Options o) {
        return (memory, p, grad, step) -> {
            Tensor g = o.maximize() ? grad.neg() : grad;
            Tensor former = memory.zeros("former", p);
            Tensor sizes = memory.tensors.computeIfAbsent("sizes", key -> Tensor.fullLike(p, o.lr()));
            Tensor sign = g.mul(former).sign();
            Tensor one = Tensor.onesLike(sign);
            Tensor factor = Tensor.where(sign.gt(0), one.mul(o.etaPlus()), one);
            Tensor shrinks = sign.lt(0);
            sizes.mul_(Tensor.where(shrinks, one.mul(o.etaMinus()), factor)).clamp_(o.smallest(), o.largest());
            Tensor used = Tensor.where(shrinks, Tensor.zerosLike(g), g);
            p.sub_(used.sign().mul_(sizes));
            former.copy_(used);
        };
    }

    static Step lion(Lion.Options o) {
        return (memory, p, grad, step) -> {
            Tensor g = o.maximize() ? grad.neg() : grad;
            Tensor mean = memory.zeros("mean", p);
            Tensor direction = mean.mul(o.beta1()).add_(g, 1 - o.beta1()).sign();
            p.mul_(1 - o.lr() * o.weightDecay()).add_(direction, -o.lr());
            mean.mul_(o.beta2()).add_(g, 1 - o.beta2());
        };
    }
}
