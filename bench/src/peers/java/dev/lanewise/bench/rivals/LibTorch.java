package dev.lanewise.bench.rivals;

import dev.lanewise.bench.peers.Call;
import dev.lanewise.bench.peers.Operand;
import dev.lanewise.bench.peers.Peer;
import dev.lanewise.bench.peers.Work;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The official libtorch 2.7.1 (MKL and oneDNN inside) through JavaCPP; every call closes its tensors. */
public final class LibTorch implements Peer<Tensor> {
    static {
        TorchLibrary.prepare();
        Loader.load(torch.class);
    }

    /** With the given number of threads. */
    public LibTorch(int threads) {
        torch.set_num_threads(threads);
        torch.manual_seed(0);
    }

    @Override
    public Tensor operand(Operand operand) {
        Tensor made =
                switch (operand.kind()) {
                    case FLOAT -> torch.randn(operand.sizes());
                    case POSITIVE -> torch.randn(operand.sizes()).abs();
                    case DOUBLE -> torch.randn(operand.sizes()).to(ScalarType.Double);
                    case INDEX -> torch.randint(0, operand.bound(), operand.sizes());
                };
        return operand.transposed() ? made.transpose(-2, -1) : made;
    }

    @Override
    public Call forward(Work work, List<Tensor> operands) {
        Call step = TorchSteps.call(work, operands);
        if (step != null) {
            return step;
        }
        GradMode.set_enabled(false);
        return scoped(result(work, operands));
    }

    @Override
    public Call backward(Work work, List<Tensor> operands) {
        GradMode.set_enabled(true);
        for (Tensor operand : operands) {
            if (operand.is_floating_point()) {
                operand.requires_grad_(true);
            }
        }
        Supplier<? extends Pointer> result = result(work, operands);
        Tensor gradient = torch.randn_like((Tensor) result.get());
        BoolOptional retain = new BoolOptional();
        TensorArrayRefOptional inputs = new TensorArrayRefOptional();
        return () -> {
            try (PointerScope scope = new PointerScope()) {
                for (Tensor operand : operands) {
                    operand.mutable_grad().reset();
                }
                Tensor made = (Tensor) result.get();
                made.backward(gradient, retain, false, inputs);
                return made.address();
            }
        };
    }

    private static Call scoped(Supplier<? extends Pointer> result) {
        return () -> {
            try (PointerScope scope = new PointerScope()) {
                return result.get().address();
            }
        };
    }

    private static Supplier<? extends Pointer> result(Work work, List<Tensor> operands) {
        Tensor x = operands.get(0);
        Tensor y = operands.get(operands.size() - 1);
        return switch (work) {
            case MM -> () -> x.mm(y);
            case BMM -> () -> x.bmm(y);
            case ADD -> () -> x.add(y);
            case MUL -> () -> x.mul(y);
            case RELU -> x::relu;
            case SQRT -> x::sqrt;
            case EXP -> x::exp;
            case TANH -> x::tanh;
            case SIGMOID -> x::sigmoid;
            case GELU -> () -> torch.gelu(x);
            case TIMES_TWO_PLUS_ONE -> () -> x.mul(new Scalar(2f)).add(new Scalar(1f));
            case CONTIGUOUS -> x::contiguous;
            default -> alongDimension(work, operands);
        };
    }

    private static Supplier<? extends Pointer> alongDimension(Work work, List<Tensor> operands) {
        Tensor x = operands.get(0);
        long[] rows = {1};
        LongOptional row = new LongOptional(1);
        return switch (work) {
            case SUM -> x::sum;
            case SUM_DIM0 -> () -> x.sum(0);
            case SUM_DIM1 -> () -> x.sum(1);
            case AMAX_DIM1 -> () -> torch.amax(x, rows, false);
            case MAX_DIM1 -> () -> torch.max(x, 1, false);
            case ARGMAX_DIM1 -> () -> torch.argmax(x, row, false);
            case VAR_DIM1 -> () -> torch.var(x, rows, true, false);
            case CUMSUM_DIM0 -> () -> torch.cumsum(x, 0);
            case CUMSUM_DIM1 -> () -> torch.cumsum(x, 1);
            case SORT -> () -> torch.sort(x, -1, false);
            case TOPK_100 -> () -> torch.topk(x, 100);
            case TOPK_10 -> () -> torch.topk(x, 10);
            case SOFTMAX -> () -> torch.softmax(x, 1);
            case LOG_SOFTMAX -> () -> torch.log_softmax(x, 1);
            default -> TorchSteps.layer(work, operands);
        };
    }

    @Override
    public String version() {
        return "libtorch 2.7.1, " + torch.get_cpu_capability().getString();
    }
}
