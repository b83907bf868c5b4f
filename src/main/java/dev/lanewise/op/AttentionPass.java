package dev.lanewise.op;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.internal.gemm.Gemm;
import dev.lanewise.internal.gemm.Matrix;
import dev.lanewise.internal.kernel.Operand;
import dev.lanewise.internal.parallel.Parallel;
import dev.lanewise.internal.simd.Reductions;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** One pass of attention, forward or backward, on memory: head by head, in each by blocks of queries. */
final class AttentionPass {
    // 128 queries x 128 keys, 64 KB of weights, stay in L2 with what they are multiplied by; of long rows 256 KB.
    private static final long BLOCK = 1 << 16;
    private static final long LEAST = 32;
    private static final long MOST = 128;

    private final boolean causal;
    private final DType type;
    private final Tensor query;
    private final Tensor key;
    private final Tensor value;
    private final double root;
    private final long heads;
    private final long queries;
    private final long keys;
    private final long size;
    private final long width;
    private final long block;

    AttentionPass(boolean causal, Tensor query, Tensor key, Tensor value) {
        this.causal = causal;
        this.key = key.contiguous();
        this.value = value.contiguous();
        type = query.dtype();
        queries = query.size(-2);
        keys = key.size(-2);
        size = query.size(-1);
        width = value.size(-1);
        heads = query.numel() / (queries * size);
        root = Math.sqrt((double) size);
        this.query = query.div(root).contiguous();
        block = Math.min(queries, Math.max(LEAST, Math.min(MOST, BLOCK / keys)));
    }

    Tensor forward() {
        long[] shape = query.sizes().clone();
        shape[shape.length - 1] = width;
        Tensor out = Dispatch.empty(type, shape);
        Parallel.forRange(heads, 1, (from, to) -> {
            try (Tensor weights = Dispatch.empty(type, block, keys)) {
                for (long head = from; head < to; head++) {
                    for (long first = 0; first < queries; first += block) {
                        long rows = Math.min(block, queries - first);
                        weigh(head, first, rows, weights);
                        Matrix result = matrix(out, head * queries + first);
                        Gemm.gemm(
                                type, rows, width, keys, matrix(weights, 0), matrix(value, head * keys), result, false);
                    }
                }
            }
        });
        fence(out);
        return out;
    }

    /** The gradients of queries, keys and values; the weights are computed again. */
    Tensor[] backward(Tensor g) {
        Tensor change = g.contiguous();
        Tensor[] grads = {
            Dispatch.empty(type, query.sizes()), Dispatch.empty(type, key.sizes()), Dispatch.empty(type, value.sizes())
        };
        Parallel.forRange(heads, 1, (from, to) -> {
            try (Tensor weights = Dispatch.empty(type, block, keys);
                    Tensor slopes = Dispatch.empty(type, block, keys)) {
                for (long head = from; head < to; head++) {
                    for (long first = 0; first < queries; first += block) {
                        backward(head, first, change, weights, slopes, grads);
                    }
                }
            }
        });
        grads[0].div_(root);
        fence(change, grads[0], grads[1], grads[2]);
        return grads;
    }

    private void backward(long head, long first, Tensor change, Tensor weights, Tensor slopes, Tensor... grads) {
        long rows = Math.min(block, queries - first);
        long at = head * queries + first;
        boolean more = first > 0;
        weigh(head, first, rows, weights);
        Matrix p = matrix(weights, 0);
        Matrix s = matrix(slopes, 0);
        Matrix g = matrix(change, at);
        Matrix keyMatrix = matrix(key, head * keys);
        Gemm.gemm(type, keys, width, rows, p.transposed(), g, matrix(grads[2], head * keys), more);
        Gemm.gemm(type, rows, keys, width, g, matrix(value, head * keys).transposed(), s, false);
        soften(first, rows, weights, slopes);
        Gemm.gemm(type, rows, size, keys, s, keyMatrix, matrix(grads[0], at), false);
        Gemm.gemm(type, keys, size, rows, s.transposed(), matrix(query, at), matrix(grads[1], head * keys), more);
    }

    /** The weights of some queries. */
    private void weigh(long head, long first, long rows, Tensor weights) {
        Matrix left = matrix(query, head * queries + first);
        Gemm.gemm(type, rows, keys, size, left, matrix(key, head * keys).transposed(), matrix(weights, 0), false);
        if (!causal) {
            Operand all = rows(weights, 0, keys);
            Reductions.softmax(false, new long[] {rows, keys}, all, 1, all);
            return;
        }
        for (long row = 0; row < rows; row++) {
            long seen = Math.min(keys, first + row + 1);
            Operand one = rows(weights, row, seen);
            Reductions.softmax(false, new long[] {1, seen}, one, 1, one);
            hide(weights, row, seen);
        }
    }

    /** The gradient of the scores from that of the weights, in its place. */
    private void soften(long first, long rows, Tensor weights, Tensor slopes) {
        if (!causal) {
            Operand all = rows(slopes, 0, keys);
            Reductions.softmaxGrad(false, new long[] {rows, keys}, all, rows(weights, 0, keys), 1, all);
            return;
        }
        for (long row = 0; row < rows; row++) {
            long seen = Math.min(keys, first + row + 1);
            Operand one = rows(slopes, row, seen);
            Reductions.softmaxGrad(false, new long[] {1, seen}, one, rows(weights, row, seen), 1, one);
            hide(slopes, row, seen);
        }
    }

    private void hide(Tensor weights, long row, long seen) {
        MemorySegment memory = weights.storage().segment();
        memory.asSlice(weights.byteOffset() + bytes(row * keys + seen), bytes(keys - seen))
                .fill((byte) 0);
    }

    private Operand rows(Tensor tensor, long row, long seen) {
        long at = tensor.byteOffset() + bytes(row * keys);
        return new Operand(tensor.storage().segment(), at, type, new long[] {seen, 1});
    }

    /** The rows of a contiguous tensor from one on. */
    private Matrix matrix(Tensor tensor, long row) {
        long columns = tensor.size(-1);
        return new Matrix(tensor.storage().segment(), tensor.byteOffset() + bytes(row * columns), columns, 1);
    }

    private long bytes(long elements) {
        return elements << type.shift();
    }

    private void fence(Tensor... more) {
        Reference.reachabilityFence(query);
        Reference.reachabilityFence(key);
        Reference.reachabilityFence(value);
        Reference.reachabilityFence(more);
    }
}
