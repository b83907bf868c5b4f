package dev.lanewise.internal.kernel;

/**
 * Chooses the first elements of one line in the order of its keys, without sorting the rest.
 *
 * <p>Which of several equal elements are chosen, and in what order, follows from the steps taken. They are those that
 * PyTorch's results follow from: selection by partition around a median of three, and by a heap where few of many are
 * wanted (Musser, Introspective sorting and selection algorithms, 1997); for the k-th element Hoare's quickselect.
 */
final class LineSelect {
    /** Parts of up to this length are left to one insertion sort at the end. */
    private static final int SMALL_SORT = 16;

    private static final int SMALL_SELECT = 3;

    /** A heap is used if at least this many times more elements are there than wanted. */
    private static final int HEAP_FACTOR = 64;

    private final long[] keys;
    private final int[] order;

    /** A selection from lines of at most {@code n} elements. */
    LineSelect(int n) {
        keys = new long[n];
        order = new int[n];
    }

    /** Loads the line of {@code n} elements that begins at a byte offset. */
    void load(Operand x, long at, long step, int n, boolean descending) {
        SortKeys.load(x, at, step, n, descending ? -1 : 0, keys);
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
    }

    /** The positions of {@code n} elements after the selection, from the {@code first} of them on. */
    void positions(int first, int n, long[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = order[first + i];
        }
    }

    /** Brings the first {@code k} of {@code n} elements to the front, in order if {@code sorts}. */
    void first(int k, int n, boolean sorts) {
        if ((long) k * HEAP_FACTOR <= n) {
            heapSelect(0, k, n);
            sortHeap(0, k);
            return;
        }
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
                heapSelect(first, nth + 1, last);
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
                heapSelect(first, last, last);
                sortHeap(first, last);
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

    // ------------------------------------------------------------------ heaps, the last element at the root

    private void heapSelect(int first, int middle, int end) {
        int size = middle - first;
        for (int parent = (size - 2) / 2; size > 1 && parent >= 0; parent--) {
            adjust(first, parent, size, keys[first + parent], order[first + parent]);
        }
        for (int i = middle; i < end; i++) {
            if (size > 0 && keys[i] < keys[first]) {
                replaceRoot(first, size, i);
            }
        }
    }

    private void sortHeap(int first, int end) {
        for (int last = end - 1; last > first; last--) {
            replaceRoot(first, last - first, last);
        }
    }

    /** Moves the root to a place outside the heap, whose element goes into the heap. */
    private void replaceRoot(int first, int size, int place) {
        long key = keys[place];
        int position = order[place];
        move(first, place);
        adjust(first, 0, size, key, position);
    }

    /** Lets the larger children rise from a hole to the bottom, then the element from there to its place. */
    private void adjust(int first, int top, int size, long key, int position) {
        int hole = top;
        int child = top;
        while (child < (size - 1) / 2) {
            child = 2 * (child + 1);
            if (keys[first + child] < keys[first + child - 1]) {
                child--;
            }
            move(first + child, first + hole);
            hole = child;
        }
        if ((size & 1) == 0 && child == (size - 2) / 2) {
            child = 2 * child + 1;
            move(first + child, first + hole);
            hole = child;
        }
        int parent = (hole - 1) / 2;
        while (hole > top && keys[first + parent] < key) {
            move(first + parent, first + hole);
            hole = parent;
            parent = (hole - 1) / 2;
        }
        keys[first + hole] = key;
        order[first + hole] = position;
    }

    // ------------------------------------------------------------------ the k-th element

    /** Brings the element that comes {@code k}-th, from 0, of {@code n} to that place. */
    void kth(int k, int n) {
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

    private void move(int from, int to) {
        keys[to] = keys[from];
        order[to] = order[from];
    }
}
