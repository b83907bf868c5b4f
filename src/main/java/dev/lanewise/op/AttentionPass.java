package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.gemm.Gemm;
import dev.lanewise.internal.gemm.Matrix;
import dev.lanewise.internal.kernel.ScoreKernel;
import dev.lanewise.internal.kernel.Scratch;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.parallel.ScratchPool;
import dev.lanewise.internal.shape.Shapes;
import dev.lanewise.internal.shape.View;
import dev.lanewise.internal.simd.Scores;
import dev.lanewise.internal.storage.Storage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Arrays;

/** One pass of attention, forward or backward, on memory: head by head, in each by blocks of queries. */
final class AttentionPass {
    // 128 queries x 128 keys, 64 KB of weights, stay in L2 with what they are multiplied by; of long rows 256 KB.
    private static final long BLOCK = 1 << 16;
    private static final long LEAST = 32;
    private static final long MOST = 128;
    private static final ScratchPool<MemorySegment> PADS =
            new ScratchPool<>(() -> Arena.ofAuto().allocate(ScoreKernel.PAD, Scratch.SLOT));

    private final AttentionRun run;
    private final DType type;
    private final Tensor query;
    private final Tensor key;
    private final Tensor value;
    private final double factor;
    private final long[] batch;
    private final long heads;
    private final long queries;
    private final long keys;
    private final long size;
    private final long width;
    private final long block;
    private final ScoreKernel kernel;
    /** Elements of a row of weights. */
    private final long padded;
    /** Rows of minus infinity and of zeros; null if all queries see all keys and these fill whole rows. */
    private final Tensor hidden;

    private final Tensor zeros;

    AttentionPass(AttentionRun run, Tensor query, Tensor key, Tensor value) {
        this.run = run;
        this.query = byRows(query);
        this.key = byRows(key);
        this.value = byRows(value);
        type = query.dtype();
        queries = query.size(-2);
        keys = key.size(-2);
        size = query.size(-1);
        width = value.size(-1);
        heads = query.numel() / (queries * size);
        batch = Arrays.copyOf(query.sizes(), query.dim() - 2);
        factor = 1 / Math.sqrt((double) size);
        block = Math.min(queries, Math.max(LEAST, Math.min(MOST, BLOCK / keys)));
        kernel = Scores.of(type);
        padded = padded(keys);
        boolean hides = run.isCausal() || padded > keys;
        hidden = hides ? Tensor.full(type, Double.NEGATIVE_INFINITY, padded) : null;
        zeros = hides ? Tensor.zeros(type, padded) : null;
    }

    /** The tensor, or a copy, with rows in one piece each. */
    private static Tensor byRows(Tensor x) {
        return x.size(-1) == 1 || x.view().strides()[x.dim() - 1] == 1 ? x : x.contiguous();
    }

    private static long padded(long keys) {
        return Math.ceilDiv(keys, (long) ScoreKernel.GROUP) * ScoreKernel.GROUP;
    }

    Tensor forward() {
        Tensor out = like(query, width);
        Tensor rows = Dispatch.empty(type, heads, queries, 2);
        Parallel.forRange(heads, 1, (from, to) -> {
            MemorySegment pad = PADS.take();
            try (Tensor weights = Dispatch.empty(type, block, padded)) {
                for (long head = from; head < to; head++) {
                    for (long first = 0; first < queries; first += block) {
                        forward(new Block(head, first), weights, pad, rows, out);
                    }
                }
            }
            PADS.give(pad);
        });
        run.keep(rows);
        fence(out, rows);
        return out;
    }

    private void forward(Block b, Tensor weights, MemorySegment pad, Tensor rows, Tensor out) {
        b.scores(weights);
        MemorySegment scores = weights.storage().segment();
        MemorySegment kept = rows.storage().segment();
        for (long row = 0; row < b.count; row += ScoreKernel.ROWS) {
            int some = (int) Math.min(ScoreKernel.ROWS, b.count - row);
            long at = weights.byteOffset() + bytes(row * b.width);
            kernel.weigh(some, (int) b.width, factor, scores, at, kept, b.kept(rows, row), pad);
        }
        Gemm.gemm(type, b.count, width, b.seen, b.scratch(weights), b.of(value, 0), b.of(out, b.first), false);
    }

    /** The gradients of queries, keys and values; the weights are computed again. */
    Tensor[] backward(Tensor g) {
        if (!run.hasRows()) {
            forward().close();
        }
        Tensor up = byRows(g);
        Tensor[] grads = {like(query, size), like(key, size), like(value, width)};
        if (run.isCausal() && queries < keys) {
            // No query sees the last keys.
            grads[1].fill_(0);
            grads[2].fill_(0);
        }
        Parallel.forRange(heads, 1, (from, to) -> {
            MemorySegment pad = PADS.take();
            try (Tensor weights = Dispatch.empty(type, block, padded);
                    Tensor slopes = Dispatch.empty(type, block, padded)) {
                for (long head = from; head < to; head++) {
                    // From the last one on, which sees the most keys.
                    for (long first = (queries - 1) / block * block; first >= 0; first -= block) {
                        backward(new Block(head, first), up, weights, slopes, pad, grads);
                    }
                }
            }
            PADS.give(pad);
        });
        fence(up, grads[0], grads[1], grads[2]);
        return grads;
    }

    private void backward(Block b, Tensor up, Tensor weights, Tensor slopes, MemorySegment pad, Tensor... grads) {
        boolean more = b.first + b.count < queries;
        Matrix g = b.of(up, b.first);
        Matrix s = b.scratch(slopes);
        b.scores(weights);
        Gemm.gemm(type, b.count, b.seen, width, g, b.of(value, 0).transposed(), s, false);
        b.hide(slopes, zeros);
        MemorySegment scores = weights.storage().segment();
        MemorySegment change = slopes.storage().segment();
        MemorySegment kept = run.rows().storage().segment();
        for (long row = 0; row < b.count; row += ScoreKernel.ROWS) {
            int some = (int) Math.min(ScoreKernel.ROWS, b.count - row);
            long skip = bytes(row * b.width);
            kernel.soften(
                    some,
                    (int) b.width,
                    factor,
                    scores,
                    weights.byteOffset() + skip,
                    change,
                    slopes.byteOffset() + skip,
                    kept,
                    b.kept(run.rows(), row),
                    pad);
        }
        Matrix p = b.scratch(weights).transposed();
        Gemm.gemm(type, b.seen, width, b.count, p, g, b.of(grads[2], 0), more);
        Gemm.gemm(type, b.count, size, b.seen, s, b.of(key, 0), b.of(grads[0], b.first), false);
        Gemm.gemm(type, b.seen, size, b.count, s.transposed(), b.of(query, b.first), b.of(grads[1], 0), more);
    }

    /** Some queries of a head, and the keys they see. */
    private final class Block {
        final long head;
        final long first;
        final long count;
        final long seen;
        final long width;

        Block(long head, long first) {
            this.head = head;
            this.first = first;
            count = Math.min(block, queries - first);
            seen = run.isCausal() ? Math.min(keys, first + count) : keys;
            width = padded(seen);
        }

        /** The rows of this head from one on. */
        Matrix of(Tensor tensor, long row) {
            long[] strides = tensor.view().strides();
            long rest = head;
            long at = row * strides[batch.length];
            for (int d = batch.length - 1; d >= 0; d--) {
                at += rest % batch[d] * strides[d];
                rest /= batch[d];
            }
            return new Matrix(tensor.storage().segment(), tensor.byteOffset() + bytes(at), strides[batch.length], 1);
        }

        Matrix scratch(Tensor tensor) {
            return new Matrix(tensor.storage().segment(), tensor.byteOffset(), width, 1);
        }

        /** What is kept of the rows from one on. */
        long kept(Tensor rows, long row) {
            return rows.byteOffset() + bytes(2 * (head * queries + first + row));
        }

        /** Products of queries and keys, and minus infinity for keys that are not seen. */
        void scores(Tensor to) {
            Gemm.gemm(type, count, seen, size, of(query, first), of(key, 0).transposed(), scratch(to), false);
            hide(to, hidden);
        }

        /** Fills rows where there is no key that is seen. */
        void hide(Tensor rows, Tensor with) {
            if (with == null) {
                return;
            }
            for (long row = 0; row < count; row++) {
                long last = run.isCausal() ? Math.min(seen, first + row + 1) : seen;
                MemorySegment.copy(
                        with.storage().segment(),
                        with.byteOffset(),
                        rows.storage().segment(),
                        rows.byteOffset() + bytes(row * width + last),
                        bytes(width - last));
            }
        }
    }

    /** A new tensor of the sizes but the last of another, in its order in memory, whose rows are in one piece each. */
    private Tensor like(Tensor other, long columns) {
        long[] shape = other.sizes().clone();
        shape[shape.length - 1] = columns;
        long[] strides = Shapes.resultStrides(shape, new long[][] {other.view().strides()});
        boolean rows = columns == 1 || strides[shape.length - 1] == 1;
        View view = rows ? new View(shape, strides, 0) : View.contiguous(shape);
        return new Tensor(Storage.allocate(type, Shapes.numel("attention", shape)), view);
    }

    private long bytes(long elements) {
        return elements << type.shift();
    }

    private void fence(Tensor... more) {
        Reference.reachabilityFence(query);
        Reference.reachabilityFence(key);
        Reference.reachabilityFence(value);
        Reference.reachabilityFence(hidden);
        Reference.reachabilityFence(zeros);
        Reference.reachabilityFence(more);
    }
}
