package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sequences of several lengths without padding: the rows of all of them at the first time, then at the second, and so on,
 * the longest sequence first.
 *
 * <p>Source: PyTorch's {@code torch.nn.utils.rnn}.
 */
public final class PackedSequence {
    private final Tensor data;
    private final long[] batchSizes;
    private final Tensor sortedIndices;
    private final Tensor unsortedIndices;

    private PackedSequence(Tensor data, long[] batchSizes, Tensor sortedIndices, Tensor unsortedIndices) {
        this.data = data;
        this.batchSizes = batchSizes;
        this.sortedIndices = sortedIndices;
        this.unsortedIndices = unsortedIndices;
    }

    /**
     * Sequences padded to a common length together with their lengths.
     *
     * @param padded {@code [T, N, ...]}, or {@code [N, T, ...]} if it was asked for batch first
     * @param lengths length of each sequence
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Padded(Tensor padded, long[] lengths) {}

    /** The rows, {@code [sum of the lengths, ...]}. */
    public Tensor data() {
        return data;
    }

    /** How many sequences reach each time. */
    public long[] batchSizes() {
        return batchSizes.clone();
    }

    /** Which sequence was put at each place, INT64; null if they were sorted already. */
    public Tensor sortedIndices() {
        return sortedIndices;
    }

    /** At which place each sequence was put, INT64; null if they were sorted already. */
    public Tensor unsortedIndices() {
        return unsortedIndices;
    }

    /** Other rows for the same times. */
    PackedSequence withData(Tensor rows) {
        return new PackedSequence(rows, batchSizes, sortedIndices, unsortedIndices);
    }

    /** A state {@code [layers, N, size]} in the order of the packed sequences. */
    Tensor sorted(Tensor state) {
        return state == null || sortedIndices == null ? state : state.indexSelect(1, sortedIndices);
    }

    /** A state in the order of the sequences as they were given. */
    Tensor unsorted(Tensor state) {
        return state == null || unsortedIndices == null ? state : state.indexSelect(1, unsortedIndices);
    }

    // ------------------------------------------------------------------ packing

    /** Packs {@code [T, N, ...]}, or {@code [N, T, ...]} if {@code batchFirst}, sorted by lengths that do not grow. */
    public static PackedSequence packPaddedSequence(Tensor input, long[] lengths, boolean batchFirst) {
        return packPaddedSequence(input, lengths, batchFirst, true);
    }

    /**
     * Packs padded sequences; a copy, with a gradient.
     *
     * @param input {@code [T, N, ...]}, or {@code [N, T, ...]} if {@code batchFirst}
     * @param lengths from 1 to T, one for each sequence
     * @param enforceSorted true if the lengths do not grow; otherwise the sequences are sorted
     */
    public static PackedSequence packPaddedSequence(
            Tensor input, long[] lengths, boolean batchFirst, boolean enforceSorted) {
        checkLengths(input, lengths, batchFirst, enforceSorted);
        Tensor times = batchFirst ? input.transpose(0, 1) : input;
        int count = lengths.length;
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> lengths[i]).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        long[] batches = new long[Math.toIntExact(lengths[order[0]])];
        long[] places = new long[Math.toIntExact(Arrays.stream(lengths).sum())];
        int next = 0;
        for (int t = 0; t < batches.length; t++) {
            for (int b = 0; b < count && lengths[order[b]] > t; b++) {
                places[next++] = (long) t * count + order[b];
                batches[t]++;
            }
        }
        Tensor data = times.flatten(0, 1).indexSelect(0, Tensor.of(places));
        if (enforceSorted) {
            return new PackedSequence(data, batches, null, null);
        }
        long[] sorted = Arrays.stream(order).asLongStream().toArray();
        long[] unsorted = new long[count];
        for (int i = 0; i < count; i++) {
            unsorted[order[i]] = i;
        }
        return new PackedSequence(data, batches, Tensor.of(sorted), Tensor.of(unsorted));
    }

    private static void checkLengths(Tensor input, long[] lengths, boolean batchFirst, boolean enforceSorted) {
        String op = "packPaddedSequence";
        if (input.dim() < 2 || lengths.length == 0 || input.size(batchFirst ? 0 : 1) != lengths.length) {
            throw Check.shape(op, "there must be a length for each sequence")
                    .got(lengths)
                    .operand("input", input.dtype(), input.shape().toArray())
                    .error();
        }
        long longest = input.size(batchFirst ? 1 : 0);
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 1 || lengths[i] > longest) {
                throw Check.argument(op, "every length must be from 1 to that of the padded sequences")
                        .expected("1 to " + longest)
                        .got(lengths)
                        .error();
            }
            if (enforceSorted && i > 0 && lengths[i] > lengths[i - 1]) {
                throw Check.argument(op, "the lengths must not grow")
                        .got(lengths)
                        .hint("Pass enforceSorted as false to have the sequences sorted.")
                        .error();
            }
        }
    }

    /** Packs sequences {@code [length, ...]} whose lengths do not grow. */
    public static PackedSequence packSequence(List<Tensor> sequences) {
        return packSequence(sequences, true);
    }

    /** Packs sequences {@code [length, ...]}, sorted first unless {@code enforceSorted} says that they are. */
    public static PackedSequence packSequence(List<Tensor> sequences, boolean enforceSorted) {
        long[] lengths = sequences.stream().mapToLong(x -> x.size(0)).toArray();
        return packPaddedSequence(padSequence(sequences, false), lengths, false, enforceSorted);
    }

    // ------------------------------------------------------------------ unpacking

    /** The packed sequences padded with zeros: {@code [T, N, ...]}, or {@code [N, T, ...]} if {@code batchFirst}. */
    public static Padded padPackedSequence(PackedSequence sequence, boolean batchFirst) {
        return padPackedSequence(sequence, batchFirst, 0, 0);
    }

    /**
     * The packed sequences in the order they were given in, padded with a number; a copy, with a gradient.
     *
     * @param totalLength length to pad to; 0 for that of the longest
     */
    public static Padded padPackedSequence(
            PackedSequence sequence, boolean batchFirst, Number paddingValue, long totalLength) {
        long[] batches = sequence.batchSizes;
        int times = Math.toIntExact(totalLength == 0 ? batches.length : totalLength);
        if (times < batches.length) {
            throw Check.argument("padPackedSequence", "the total length must not be below that of the longest sequence")
                    .expected("at least " + batches.length)
                    .got(totalLength)
                    .error();
        }
        int count = (int) batches[0];
        long rows = sequence.data.size(0);
        long[] places = new long[times * count];
        long[] lengths = new long[count];
        long[] order = sequence.sortedIndices == null
                ? IntStream.range(0, count).asLongStream().toArray()
                : sequence.sortedIndices.toLongArray();
        Arrays.fill(places, rows);
        long next = 0;
        for (int t = 0; t < batches.length; t++) {
            for (int b = 0; b < batches[t]; b++) {
                places[t * count + (int) order[b]] = next++;
                lengths[(int) order[b]]++;
            }
        }
        Tensor data = sequence.data;
        long[] shape = data.shape().toArray();
        shape[0] = 1;
        Tensor extended = Tensor.cat(0, data, Tensor.full(data.dtype(), paddingValue, shape));
        Tensor padded = extended.indexSelect(0, Tensor.of(places)).unflatten(0, times, count);
        return new Padded(batchFirst ? padded.transpose(0, 1) : padded, lengths);
    }

    /** The sequences {@code [length, ...]} of a packed one, in the order they were given in. */
    public static List<Tensor> unpackSequence(PackedSequence sequence) {
        Padded padded = padPackedSequence(sequence, true);
        return unpadSequence(padded.padded(), padded.lengths(), true);
    }

    /** The first {@code lengths[i]} times of each sequence of {@code [T, N, ...]}, or {@code [N, T, ...]} if batch first. */
    public static List<Tensor> unpadSequence(Tensor padded, long[] lengths, boolean batchFirst) {
        List<Tensor> sequences = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            sequences.add(padded.select(batchFirst ? 0 : 1, i).narrow(0, 0, lengths[i]));
        }
        return sequences;
    }

    /** Sequences {@code [length, ...]} padded with zeros to {@code [T, N, ...]}, or {@code [N, T, ...]} if {@code batchFirst}. */
    public static Tensor padSequence(List<Tensor> sequences, boolean batchFirst) {
        return padSequence(sequences, batchFirst, 0);
    }

    /** Sequences {@code [length, ...]} padded with a number; a copy, with a gradient. */
    public static Tensor padSequence(List<Tensor> sequences, boolean batchFirst, Number paddingValue) {
        if (sequences.isEmpty()) {
            throw Check.argument("padSequence", "there must be a sequence").error();
        }
        long longest = sequences.stream().mapToLong(x -> x.size(0)).max().orElse(0);
        Tensor[] padded = new Tensor[sequences.size()];
        for (int i = 0; i < padded.length; i++) {
            Tensor x = sequences.get(i);
            long[] pad = new long[2 * x.dim()];
            pad[pad.length - 1] = longest - x.size(0);
            padded[i] = Functional.pad(x, pad, paddingValue);
        }
        return Tensor.stack(batchFirst ? 0 : 1, padded);
    }
}
