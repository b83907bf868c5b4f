package dev.lanewise.bench.peers;

import dev.lanewise.bench.peers.Bar.Against;
import dev.lanewise.bench.peers.Workload.Group;
import java.util.List;

/** Layers forward and with gradients, and whole training steps. */
final class NetworkWorkloads {
    private static final long BATCH = 64;
    private static final Operand IMAGES = Operand.floats(32, 64, 32, 32);
    /** Bytes that a step of Adam moves for a parameter: it, its gradient and two averages; all but the gradient back. */
    private static final double ADAM_READ = 16;

    private static final double ADAM_WRITTEN = 12;

    private NetworkWorkloads() {}

    static List<Workload> list() {
        Workload conv = conv();
        Workload lstm = Workload.of(Group.LAYERS, "LSTM 50×32×128", Work.LSTM, Operand.floats(50, 32, 128))
                .withCost(Cost.flops(2.0 * 50 * 32 * 4 * 128 * (128 + 128)));
        Workload attention = attention();
        Workload pool = Workload.of(Group.LAYERS, "max pool 2×2 of 32×64×32×32", Work.MAX_POOL, IMAGES)
                .withCost(Cost.bytes(IMAGES.bytes(), IMAGES.bytes() / 4.0));
        Workload norm = batchNorm();
        Workload loss = loss();
        Workload embedding = embedding();
        return List.of(
                conv.atMost(1.0, Against.LIBTORCH),
                conv.withGradients().atMost(1.0, Against.LIBTORCH),
                pool.atMost(0.1, Against.LIBTORCH),
                pool.withGradients(),
                norm.atMost(0.4, Against.LIBTORCH),
                norm.withGradients(),
                loss.atMost(0.8, Against.LIBTORCH),
                loss.withGradients(),
                lstm.atMost(0.9, Against.LIBTORCH),
                lstm.withGradients().atMost(0.9, Against.LIBTORCH),
                attention.atMost(0.8, Against.LIBTORCH),
                attention.withGradients().atMost(0.8, Against.LIBTORCH),
                embedding,
                embedding.withGradients(),
                Workload.of(
                                Group.STEPS,
                                "Linear(1,1), MSE, SGD, batch 16",
                                Work.REGRESSION_STEP,
                                Operand.floats(16, 1),
                                Operand.floats(16, 1))
                        .atMost(6, Against.MICROSECONDS),
                mlp(),
                cnn(),
                transformer());
    }

    private static Workload conv() {
        return Workload.of(
                        Group.LAYERS,
                        "conv 64→64 3×3, 16×16, batch 32",
                        Work.CONV,
                        Operand.floats(32, 64, 16, 16),
                        Operand.floats(64, 64, 3, 3),
                        Operand.floats(64))
                .withCost(Cost.flops(2.0 * 32 * 64 * 16 * 16 * 64 * 9));
    }

    private static Workload attention() {
        Operand operand = Operand.floats(8, 8, 128, 64);
        return Workload.of(Group.LAYERS, "attention 8×8×128×64", Work.ATTENTION, operand, operand, operand)
                .withCost(Cost.flops(2 * 2.0 * 64 * 128 * 128 * 64));
    }

    private static Workload batchNorm() {
        return Workload.of(
                        Group.LAYERS,
                        "batch norm, training, 32×64×32×32",
                        Work.BATCH_NORM,
                        IMAGES,
                        Operand.floats(64),
                        Operand.floats(64))
                .withCost(Cost.bytes(2.0 * IMAGES.bytes(), IMAGES.bytes()));
    }

    private static Workload loss() {
        Operand scores = Operand.floats(BATCH, 1000);
        return Workload.of(
                        Group.LAYERS, "cross entropy 64×1000", Work.CROSS_ENTROPY, scores, Operand.indices(1000, BATCH))
                .withCost(Cost.bytes(scores.bytes(), 0));
    }

    private static Workload embedding() {
        double rows = 4096 * 256 * 4.0;
        return Workload.of(
                        Group.LAYERS,
                        "embedding 10000×256, 4096 rows",
                        Work.EMBEDDING,
                        Operand.floats(10_000, 256),
                        Operand.indices(10_000, 4096))
                .withCost(Cost.bytes(rows, rows));
    }

    private static Workload mlp() {
        double weights = 784 * 256 + 256 * 128 + 128 * 10;
        double parameters = weights + 256 + 128 + 10;
        // The first layer's input needs no gradient.
        double flops = 2.0 * BATCH * (3 * weights - 784 * 256);
        return Workload.of(
                        Group.STEPS,
                        "MLP 784-256-128-10, Adam, batch 64",
                        Work.MLP_STEP,
                        Operand.floats(BATCH, 784),
                        Operand.indices(10, BATCH))
                .withCost(new Cost(flops, ADAM_READ * parameters, ADAM_WRITTEN * parameters, false))
                .atMost(0.75, Against.LIBTORCH);
    }

    private static Workload cnn() {
        double first = 2.0 * BATCH * 16 * 28 * 28 * 9;
        double second = 2.0 * BATCH * 32 * 14 * 14 * 16 * 9;
        double last = 2.0 * BATCH * 32 * 7 * 7 * 10;
        return Workload.of(
                        Group.STEPS,
                        "CNN 28×28, SGD, batch 64",
                        Work.CNN_STEP,
                        Operand.floats(BATCH, 1, 28, 28),
                        Operand.indices(10, BATCH))
                .withCost(Cost.flops(2 * first + 3 * second + 3 * last))
                .atMost(0.5, Against.LIBTORCH);
    }

    private static Workload transformer() {
        double tokens = 16 * 64;
        double weights = 4.0 * 256 * 256 + 2.0 * 256 * 1024;
        double scores = 2 * 2.0 * 16 * 4 * 64 * 64 * 64;
        Operand tokensOf256 = Operand.floats(16, 64, 256);
        return Workload.of(
                        Group.STEPS,
                        "transformer layer 256, batch 16×64, Adam",
                        Work.TRANSFORMER_STEP,
                        tokensOf256,
                        tokensOf256)
                .withCost(new Cost(
                        3 * (2 * tokens * weights + scores), ADAM_READ * weights, ADAM_WRITTEN * weights, false))
                .atMost(0.9, Against.LIBTORCH);
    }
}
