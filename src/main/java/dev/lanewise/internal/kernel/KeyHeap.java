package dev.lanewise.internal.kernel;

/** A heap of the smallest keys seen and their positions, the largest of them at the root. */
final class KeyHeap {
    private long[] keys = new long[0];
    private int[] order = new int[0];
    private int first;
    private int size;

    /** Begins with the first {@code k} elements of a line, at least 1. */
    void start(Operand x, long at, long step, int flip, int k) {
        if (keys.length < k) {
            keys = new long[k];
            order = new int[k];
        }
        SortKeys.load(x, at, step, k, flip, keys);
        for (int i = 0; i < k; i++) {
            order[i] = i;
        }
        make(0, k);
    }

    /** The largest key that is in. */
    long last() {
        return keys[first];
    }

    /** Takes an element in, and the largest out, if it is smaller than that. */
    void offer(long key, int position) {
        if (key < keys[first]) {
            adjust(0, size, key, position);
        }
    }

    /** Writes the positions in the order of their keys; the heap is used up. */
    void sorted(long[] out) {
        sort();
        for (int i = 0; i < out.length; i++) {
            out[i] = order[first + i];
        }
    }

    /** Brings the smallest of the elements {@code from} to {@code end} of arrays before {@code middle}, as a heap. */
    void select(long[] allKeys, int[] allOrder, int from, int middle, int end) {
        keys = allKeys;
        order = allOrder;
        make(from, middle - from);
        for (int i = middle; i < end; i++) {
            if (size > 0 && keys[i] < keys[first]) {
                replaceRoot(size, i);
            }
        }
    }

    /** Makes the heap a sorted list. */
    void sort() {
        for (int last = size - 1; last > 0; last--) {
            replaceRoot(last, first + last);
        }
    }

    private void make(int from, int count) {
        first = from;
        size = count;
        for (int parent = (size - 2) / 2; size > 1 && parent >= 0; parent--) {
            adjust(parent, size, keys[first + parent], order[first + parent]);
        }
    }

    /** Moves the root to a place outside the heap, whose element goes into the heap. */
    private void replaceRoot(int count, int place) {
        long key = keys[place];
        int position = order[place];
        keys[place] = keys[first];
        order[place] = order[first];
        adjust(0, count, key, position);
    }

    /** Lets the larger children rise from a hole to the bottom, then the element from there to its place. */
    private void adjust(int top, int count, long key, int position) {
        int hole = top;
        int child = top;
        while (child < (count - 1) / 2) {
            child = 2 * (child + 1);
            if (keys[first + child] < keys[first + child - 1]) {
                child--;
            }
            move(child, hole);
            hole = child;
        }
        if ((count & 1) == 0 && child == (count - 2) / 2) {
            child = 2 * child + 1;
            move(child, hole);
            hole = child;
        }
        int parent = (hole - 1) / 2;
        while (hole > top && keys[first + parent] < key) {
            move(parent, hole);
            hole = parent;
            parent = (hole - 1) / 2;
        }
        keys[first + hole] = key;
        order[first + hole] = position;
    }

    private void move(int from, int to) {
        keys[first + to] = keys[first + from];
        order[first + to] = order[first + from];
    }
}
