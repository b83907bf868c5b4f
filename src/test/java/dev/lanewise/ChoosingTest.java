package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Choosing, searching, grouping and moving elements at positions, against the plain way, at lengths around strips. */
class ChoosingTest {
    private static final int[] LENGTHS = {64, 65, 640, 1000, 1023, 1024, 1025, 2050, 20_000};

    private static double[] distinct(int n, long seed) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = i - n / 2;
        }
        shuffle(values, seed);
        return values;
    }

    private static double[] drawn(int n, int range, boolean nan, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = nan && random.nextInt(7) == 0 ? Double.NaN : random.nextInt(-range, range);
        }
        return values;
    }

    private static void shuffle(double[] values, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = values.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double kept = values[i];
            values[i] = values[j];
            values[j] = kept;
        }
    }

    private static double[] sorted(double[] values) {
        double[] rising = values.clone();
        Arrays.sort(rising);
        return rising;
    }

    private static Tensor tensor(DType type, double[] values) {
        return Tensor.of(DType.FLOAT64, values).to(type);
    }

    @Test
    void topkGivesTheExtremesInOrder() {
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.INT64, DType.FLOAT16}) {
            for (int n : LENGTHS) {
                for (int k : new int[] {1, 3, 10, 15, 50}) {
                    int kept = Math.min(k, n);
                    boolean exact = type != DType.FLOAT16 || n <= 2050;
                    double[] values = exact ? distinct(n, n + k) : drawn(n, 900, false, n);
                    double[] rising = sorted(values);
                    ValuesIndices large = tensor(type, values).topk(kept);
                    ValuesIndices small = tensor(type, values).topk(kept, 0, false);
                    for (int i = 0; i < kept; i++) {
                        String what = type + " " + n + " " + k + " " + i;
                        assertEquals(rising[n - 1 - i], large.values().get(i).item(), what);
                        assertEquals(rising[i], small.values().get(i).item(), what);
                        assertEquals(
                                rising[n - 1 - i],
                                values[(int) large.indices().get(i).itemLong()],
                                what);
                        assertEquals(
                                rising[i], values[(int) small.indices().get(i).itemLong()], what);
                    }
                }
            }
        }
    }

    @Test
    void topkOfEqualElementsAndNanKeepsTheirValues() {
        for (int n : LENGTHS) {
            double[] values = drawn(n, 5, true, n);
            double[] rising = sorted(values);
            Tensor x = tensor(DType.FLOAT32, values);
            ValuesIndices large = x.topk(10);
            double[] got = large.values().to(DType.FLOAT64).toDoubleArray();
            long[] places = large.indices().toLongArray();
            assertEquals(10, Arrays.stream(places).distinct().count());
            for (int i = 0; i < 10; i++) {
                assertEquals(rising[n - 1 - i], got[i]);
                assertEquals(got[i], values[(int) places[i]]);
            }
            double[] least = x.topk(10, 0, false).values().to(DType.FLOAT64).toDoubleArray();
            assertArrayEquals(Arrays.copyOf(rising, 10), least);
        }
    }

    @Test
    void topkOfColumnsIsThatOfRows() {
        Tensor x = tensor(DType.FLOAT32, distinct(900 * 7, 3)).reshape(900, 7);
        Tensor rows = x.t().contiguous().topk(12, 1).indices();
        assertArrayEquals(
                rows.t().contiguous().toLongArray(),
                x.topk(12, 0).indices().contiguous().toLongArray());
    }

    @Test
    void kthAndMedianAreThoseOfSortedElements() {
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT16, DType.INT64}) {
            for (int n : new int[] {1, 2, 64, 65, 1025, 70_001}) {
                double[] values = type == DType.INT16 ? drawn(n, 30_000, false, n) : distinct(n, n);
                double[] rising = sorted(values);
                for (int k : new int[] {1, n / 3 + 1, n}) {
                    ValuesIndices kth = tensor(type, values).kthvalue(k);
                    assertEquals(rising[k - 1], kth.values().item(), type + " " + n + " " + k);
                    assertEquals(rising[k - 1], values[(int) kth.indices().itemLong()]);
                }
                assertEquals(rising[(n - 1) / 2], tensor(type, values).median().item());
            }
        }
    }

    @Test
    void keysOfAllBitsAreSorted() {
        SplittableRandom random = new SplittableRandom(5);
        for (int n : new int[] {30, 50, 200, 9000}) {
            long[] values = random.longs(n).toArray();
            values[n / 2] = Long.MIN_VALUE;
            values[n / 3] = Long.MAX_VALUE;
            long[] rising = values.clone();
            Arrays.sort(rising);
            assertArrayEquals(rising, Tensor.of(values).sort().values().toLongArray());
            long[] near = Arrays.stream(values)
                    .map(v -> Long.MAX_VALUE - (v & 0xFFFF))
                    .toArray();
            long[] nearRising = near.clone();
            Arrays.sort(nearRising);
            assertArrayEquals(nearRising, Tensor.of(near).sort().values().toLongArray());
            int[] narrow = Arrays.stream(values).mapToInt(v -> (int) v).toArray();
            int[] narrowRising = narrow.clone();
            Arrays.sort(narrowRising);
            assertArrayEquals(narrowRising, Tensor.of(narrow).sort().values().toIntArray());
        }
    }

    /** The steps of a binary search, which also say what is found where NaN is among the sorted. */
    private static long place(double[] line, double value, boolean right) {
        int low = 0;
        int high = line.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (right ? !(line[middle] > value) : !(line[middle] >= value)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Test
    void searchesFindThePlacesOfAPlainSearch() {
        int checked = 0;
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.INT32, DType.FLOAT16}) {
            for (int length : new int[] {1, 2, 3, 7, 64, 1000}) {
                for (int n : new int[] {1, 5, 1027}) {
                    boolean nan = type.isFloatingPoint() && length % 2 == 1;
                    double[] line = sorted(drawn(length, 40, nan, length));
                    double[] values = drawn(n, 50, nan, n);
                    for (boolean right : new boolean[] {false, true}) {
                        long[] expected = Arrays.stream(values)
                                .mapToLong(v -> place(line, v, right))
                                .toArray();
                        Tensor sorted = tensor(type, line);
                        Tensor wanted = tensor(type, values);
                        String what = type + " " + length + " " + n + " " + right;
                        assertArrayEquals(
                                expected,
                                Tensor.searchsorted(sorted, wanted, right).toLongArray(),
                                what);
                        assertArrayEquals(
                                expected, wanted.bucketize(sorted, right, true).toLongArray(), what);
                        checked++;
                    }
                }
            }
        }
        assertEquals(180, checked);
    }

    @Test
    void manyLinesAreSearchedEachForItsValues() {
        Tensor lines = tensor(DType.FLOAT32, drawn(3 * 50, 40, false, 1))
                .reshape(3, 50)
                .sort(1)
                .values();
        Tensor values = tensor(DType.FLOAT32, drawn(3 * 20, 50, false, 2)).reshape(3, 20);
        Tensor found = Tensor.searchsorted(lines, values, true);
        for (int i = 0; i < 3; i++) {
            assertArrayEquals(
                    Tensor.searchsorted(lines.get(i), values.get(i), true).toLongArray(),
                    found.get(i).toLongArray());
        }
    }

    @Test
    void aSetContainsItsElementsAndNoNan() {
        Tensor x = tensor(DType.FLOAT32, new double[] {1, Double.NaN, -0.0, 3, 7, 2});
        Tensor set = tensor(DType.FLOAT32, new double[] {7, Double.NaN, 0, 1});
        assertArrayEquals(new long[] {1, 0, 1, 0, 1, 0}, Tensor.isin(x, set).toLongArray());
        assertArrayEquals(
                new long[] {0, 1, 0, 1, 0, 1}, Tensor.isin(x, set, true).toLongArray());
        Tensor none = Tensor.zeros(0);
        assertArrayEquals(new long[6], Tensor.isin(x, none).toLongArray());
        assertArrayEquals(
                new long[] {1, 1, 1, 1, 1, 1}, Tensor.isin(x, none, true).toLongArray());
    }

    @Test
    void uniqueTellsWhereEachWent() {
        double[] values = drawn(3001, 100, false, 9);
        UniqueValues found = tensor(DType.FLOAT32, values).unique(true, true, true);
        double[] expected = Arrays.stream(values).distinct().sorted().toArray();
        assertArrayEquals(expected, found.values().toDoubleArray());
        long[] inverse = found.inverse().toLongArray();
        long[] counts = new long[expected.length];
        for (int i = 0; i < values.length; i++) {
            assertEquals(values[i], expected[(int) inverse[i]]);
            counts[(int) inverse[i]]++;
        }
        assertArrayEquals(counts, found.counts().toLongArray());
        UniqueValues nans = tensor(DType.FLOAT64, new double[] {Double.NaN, 1, Double.NaN, 1})
                .unique(true, false, true);
        assertArrayEquals(new long[] {2, 1, 1}, nans.counts().toLongArray());
    }

    @Test
    void findsWhatIsNotZeroInEveryDtypeAndLayout() {
        for (DType type : DType.values()) {
            double[] values = Arrays.stream(drawn(2 * 700 * 3, 2, type.isFloatingPoint(), 4))
                    .map(Math::abs)
                    .toArray();
            values[5] = type.isFloatingPoint() ? -0.0 : 0;
            Tensor x = tensor(type, values).reshape(2, 700, 3);
            for (Tensor view : new Tensor[] {x, x.transpose(0, 2), x.reshape(4200)}) {
                double[] flat = view.to(DType.FLOAT64).contiguous().toDoubleArray();
                long[] sizes = view.sizes();
                long[] found = view.nonzero().toLongArray();
                int next = 0;
                for (int i = 0; i < flat.length; i++) {
                    if (flat[i] != 0) {
                        long rest = i;
                        for (int d = sizes.length - 1; d >= 0; d--) {
                            assertEquals(rest % sizes[d], found[next + d], type + " " + i);
                            rest /= sizes[d];
                        }
                        next += sizes.length;
                    }
                }
                assertEquals(next, found.length);
            }
        }
        assertArrayEquals(new long[] {1, 0}, Tensor.scalar(3).nonzero().sizes());
    }

    @Test
    void gathersAndScattersAlongEveryDimension() {
        SplittableRandom random = new SplittableRandom(8);
        for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.BFLOAT16, DType.UINT8}) {
            double[] values =
                    Arrays.stream(drawn(40 * 50, 9, false, 1)).map(Math::abs).toArray();
            Tensor plain = tensor(type, values).reshape(40, 50);
            for (Tensor x : new Tensor[] {plain, plain.t().contiguous().t()}) {
                for (int dim = 0; dim < 2; dim++) {
                    int rows = dim == 0 ? 1100 : 40;
                    int columns = dim == 0 ? 50 : 1100;
                    int size = (int) x.size(dim);
                    long[] at = random.longs((long) rows * columns, 0, size).toArray();
                    Tensor index = Tensor.of(at).reshape(rows, columns);
                    double[] got = x.gather(dim, index).to(DType.FLOAT64).toDoubleArray();
                    double[] sums = values.clone();
                    for (int i = 0; i < at.length; i++) {
                        int r = dim == 0 ? (int) at[i] : i / columns;
                        int c = dim == 0 ? i % columns : (int) at[i];
                        assertEquals(values[r * 50 + c], got[i]);
                        sums[r * 50 + c] += 1;
                    }
                    Tensor ones = Tensor.ones(type, 1, 1).expand(rows, columns);
                    double[] added =
                            x.scatterAdd(dim, index, ones).to(DType.FLOAT64).toDoubleArray();
                    double[] wrapped = tensor(DType.FLOAT64, sums)
                            .to(type)
                            .to(DType.FLOAT64)
                            .toDoubleArray();
                    assertArrayEquals(wrapped, added, type + " " + dim);
                }
            }
        }
    }

    @Test
    void addsRowsThatMeetInTheOrderOfTheList() {
        for (int columns : new int[] {1, 15, 16, 17, 300}) {
            Tensor rows = tensor(DType.FLOAT32, drawn(50 * columns, 1000, false, 2))
                    .reshape(50, columns)
                    .div(7);
            Tensor index = Tensor.of(new SplittableRandom(3).longs(50, 0, 4).toArray());
            Tensor expected = Tensor.zeros(4, columns);
            for (int i = 0; i < 50; i++) {
                expected.get(index.get(i).itemLong()).add_(rows.get(i));
            }
            Tensor got = Tensor.zeros(4, columns).indexAdd(0, index, rows);
            assertArrayEquals(expected.toFloatArray(), got.toFloatArray(), "columns " + columns);
        }
    }
}
