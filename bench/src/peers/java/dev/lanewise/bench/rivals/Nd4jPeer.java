package dev.lanewise.bench.rivals;

import dev.lanewise.bench.peers.Call;
import dev.lanewise.bench.peers.Operand;
import dev.lanewise.bench.peers.Peer;
import dev.lanewise.bench.peers.Work;
import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** ND4J; every call closes its arrays. */
public final class Nd4jPeer implements Peer<INDArray> {
    /** The number of threads comes from the environment. */
    public Nd4jPeer(int threads) {
        Nd4j.getRandom().setSeed(threads);
    }

    @Override
    public INDArray operand(Operand operand) {
        DataType type = operand.kind() == Operand.Kind.FLOAT ? DataType.FLOAT : DataType.DOUBLE;
        INDArray made = Nd4j.randn(type, operand.sizes());
        return operand.transposed() ? made.transpose() : made;
    }

    @Override
    public Call forward(Work work, List<INDArray> operands) {
        INDArray x = operands.get(0);
        INDArray y = operands.get(operands.size() - 1);
        Supplier<INDArray> result =
                switch (work) {
                    case MM -> () -> x.mmul(y);
                    case ADD -> () -> x.add(y);
                    case MUL -> () -> x.mul(y);
                    case EXP -> () -> Transforms.exp(x, true);
                    case TANH -> () -> Transforms.tanh(x, true);
                    case SIGMOID -> () -> Transforms.sigmoid(x, true);
                    case SUM -> () -> x.sum();
                    case SOFTMAX -> () -> Transforms.softmax(x, true);
                    default -> throw new IllegalArgumentException("not measured: " + work);
                };
        return () -> {
            try (INDArray made = result.get()) {
                return made.length();
            }
        };
    }

    @Override
    public String version() {
        return "ND4J 1.0.0-M2.1";
    }
}
