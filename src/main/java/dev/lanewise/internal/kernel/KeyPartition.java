package dev.lanewise.internal.kernel;

/** A line's keys and their positions, parted around pivots. */
final class KeyPartition {
    /** Parts of up to this length are left to one insertion sort at the end. */
    private static final int SMALL_SORT = 16;

    private static final int SMALL_SELECT = 3;

    private long[] keys = new long[0];
    private int[] order = new int[0];
    private final KeyHeap heap = new KeyHeap();

    /** How many elements there is room for. */
    int capacity() {
        return keys.length;
    }

    long[] keys() {
        return keys;
    }

    /** Loads the line of {@code n} elements that begins at a byte offset. */
    void load(Operand x, long at, long step, int n, int flip) {
        if (keys.length < n) {
            keys = new long[n];
            order = new int[n];
        }
        SortKeys.load(x, at, step, n, flip, keys);
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
    }

    /** The positions of {@code n} elements after the selection, from the {@code from}-th of them on. */
    void positions(int from, int n, long[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = order[from + i];
        }
    }

    /** Where a key stands before anything was moved; -1 if it is there more than once. */
    int only(long key, int n) {
        int place = 0;
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (keys[i] == key) {
                place = i;
                count++;
            }
        }
        return count == 1 ? place : -1;
    }

    /** Brings the first {@code k} of {@code n} elements to the front, in order if {@code sorts}. */
    void first(int k, int n, boolean sorts) {
        select(k - 1, n);
        if (sorts) {
            sort(0, k - 1, depth(k - 1));
            insert(0, k - 1);
        }
    }

    private static int depth(int n) {
        return 2 * (31 - Integer.numberOfLeadingZeros(Math.max(1, n)));
    }

    // ------------------------------------------------------------------ partitions

    private void select(int nth, int n) {
        int first = 0;
        int last = n;
        for (int depth = depth(n); last - first > SMALL_SELECT; depth--) {
            if (depth == 0) {
                heap.select(keys, order, first, nth + 1, last);
                swap(first, nth);
                return;
            }
            int cut = partition(first, last);
            if (cut <= nth) {
                first = cut;
            } else {
                last = cut;
            }
        }
        insert(first, last);
    }

    private void sort(int first, int end, int depth) {
        int last = end;
        for (int left = depth; last - first > SMALL_SORT; left--) {
            if (left == 0) {
                heap.select(keys, order, first, last, last);
                heap.sort();
                return;
            }
            int cut = partition(first, last);
            sort(cut, last, left - 1);
            last = cut;
        }
    }

    /** Parts the elements around the median of three, which goes to the front; gives where the second part begins. */
    private int partition(int first, int end) {
        int middle = first + (end - first) / 2;
        swap(first, median(first + 1, middle, end - 1));
        long pivot = keys[first];
        int low = first + 1;
        int high = end;
        while (true) {
            while (keys[low] < pivot) {
                low++;
            }
            high--;
            while (pivot < keys[high]) {
                high--;
            }
            if (low >= high) {
                return low;
            }
            swap(low, high);
            low++;
        }
    }

    private int median(int a, int b, int c) {
        if (keys[a] < keys[b]) {
            if (keys[b] < keys[c]) {
                return b;
            }
            return keys[a] < keys[c] ? c : a;
        }
        if (keys[a] < keys[c]) {
            return a;
        }
        return keys[b] < keys[c] ? c : b;
    }

    private void insert(int first, int end) {
        for (int i = first + 1; i < end; i++) {
            long key = keys[i];
            int position = order[i];
            int j = i - 1;
            while (j >= first && key < keys[j]) {
                keys[j + 1] = keys[j];
                order[j + 1] = order[j];
                j--;
            }
            keys[j + 1] = key;
            order[j + 1] = position;
        }
    }

    // ------------------------------------------------------------------ the k-th element

    /** The position of the element that comes {@code k}-th, from 0. */
    int kth(int k, int n) {
        int left = 0;
        int right = n - 1;
        while (right > left + 1) {
            swap(left + (right - left) / 2, left + 1);
            swapIfAfter(left + 1, right);
            swapIfAfter(left, right);
            swapIfAfter(left + 1, left);
            int low = left + 1;
            int high = right;
            long pivot = keys[left];
            while (true) {
                do {
                    low++;
                } while (keys[low] < pivot);
                do {
                    high--;
                } while (keys[high] > pivot);
                if (high < low) {
                    break;
                }
                swap(low, high);
            }
            swap(left, high);
            left = high <= k ? low : left;
            right = high >= k ? high - 1 : right;
        }
        if (right == left + 1) {
            swapIfAfter(left, right);
        }
        return order[k];
    }

    private void swapIfAfter(int a, int b) {
        if (keys[a] > keys[b]) {
            swap(a, b);
        }
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
