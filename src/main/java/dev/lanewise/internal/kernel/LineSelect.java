package dev.lanewise.internal.kernel;

/**
 * The first {@code k} positions of a line in the order of its keys, equal keys in the order of their positions: a heap whose
 * root is the last of the best so far.
 */
final class LineSelect {
    private final long[] keys;
    private final int[] order;
    private final long[] line;
    private int size;

    /** A selection of {@code k} of lines of at most {@code n}. */
    LineSelect(int k, int n) {
        keys = new long[k];
        order = new int[k];
        line = new long[n];
    }

    /** Selects from the line of {@code n} elements that begins at a byte offset. */
    void select(Operand x, long at, long step, int n, boolean largest) {
        SortKeys.load(x, at, step, n, largest ? -1 : 0, line);
        size = keys.length;
        for (int i = 0; i < size; i++) {
            keys[i] = line[i];
            order[i] = i;
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i);
        }
        for (int i = size; i < n; i++) {
            // Not if equal: an earlier position comes first.
            if (line[i] < keys[0]) {
                keys[0] = line[i];
                order[0] = i;
                sink(0);
            }
        }
        for (size--; size > 0; size--) {
            swap(0, size);
            sink(0);
        }
    }

    /** The positions of {@code n} elements in order, from the {@code first} of them on. */
    void positions(int first, int n, long[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = order[first + i];
        }
    }

    private void sink(int from) {
        int i = from;
        while (true) {
            int child = 2 * i + 1;
            if (child >= size) {
                return;
            }
            if (child + 1 < size && after(child + 1, child)) {
                child++;
            }
            if (!after(child, i)) {
                return;
            }
            swap(child, i);
            i = child;
        }
    }

    private boolean after(int a, int b) {
        return keys[a] > keys[b] || keys[a] == keys[b] && order[a] > order[b];
    }

    private void swap(int a, int b) {
        long key = keys[a];
        keys[a] = keys[b];
        keys[b] = key;
        int position = order[a];
        order[a] = order[b];
        order[b] = position;
    }
}
