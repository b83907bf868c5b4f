package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.LaneLoop.nat;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.NormKernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vector form of {@link NormKernel}; a template, see {@link LaneLoop}. */
final class NormLanes implements NormKernel {
    private static final LaneSpec SPEC = LaneSpec.of(MethodHandles.lookup());
    private static final boolean F64 = SPEC.type() == DType.FLOAT64;
    private static final int LANES = SPEC.lanes();
    private static final int SIZE = SPEC.type().byteSize();
    private static final int BYTES = LANES * SIZE;
    /** Bytes between columns that are added to one of the last ones. */
    private static final long PART = (long) LAST * SIZE;

    private static final Class<?> LANE = F64 ? double.class : float.class;
    private static final VectorSpecies<?> SPECIES = VectorSpecies.of(LANE, VectorShape.forBitSize(BYTES * Byte.SIZE));
    private static final Class<?> TYPE = SPECIES.vectorType();
    private static final LaneIo IO = SPEC.io();

    NormLanes() {}

    @Override
    public void layer(
            int n,
            MemorySegment in,
            long xo,
            MemorySegment weight,
            long wo,
            MemorySegment bias,
            long bo,
            MemorySegment out,
            long oo,
            double eps,
            double[] stats,
            MemorySegment scratch) {
        MemorySegment x = nat(in);
        MemorySegment w = nat(weight);
        MemorySegment b = nat(bias);
        MemorySegment to = nat(out);
        MemorySegment pad = nat(scratch);
        double mean = sum(n, x, xo, pad) / n;
        double m = rounded(mean);
        double moved = mean - m;
        double var = Math.max(0, squares(n, x, xo, m, pad) / n - moved * moved);
        double r = rounded(1 / Math.sqrt(var + eps));
        stats[0] = m;
        stats[1] = r;
        int whole = n & -LANES;
        normalize(whole, x, xo, w, wo, b, bo, to, oo, m, r);
        for (int i = whole; i < n; i++) {
            long k = (long) i * SIZE;
            double y = rounded(rounded(get(x, xo + k) - m) * r);
            set(to, oo + k, rounded(y * get(w, wo + k)) + get(b, bo + k));
        }
    }

    private static <E> void normalize(
            int n,
            MemorySegment x,
            long xo,
            MemorySegment w,
            long wo,
            MemorySegment b,
            long bo,
            MemorySegment out,
            long oo,
            double mean,
            double rstd) {
        x = nat(x);
        w = nat(w);
        b = nat(b);
        out = nat(out);
        Vector<E> m = all(mean);
        Vector<E> r = all(rstd);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i * SIZE;
            Vector<E> y = typed(load(x, xo + k, m).sub(m).mul(r));
            y = typed(y.mul(load(w, wo + k, m)).add(load(b, bo + k, m)));
            IO.store(y, out, oo + k);
        }
    }

    @Override
    public void layerGrad(
            int n,
            MemorySegment grad,
            long go,
            MemorySegment in,
            long xo,
            MemorySegment weight,
            long wo,
            MemorySegment out,
            long oo,
            MemorySegment sums,
            double mean,
            double rstd,
            MemorySegment scratch) {
        MemorySegment g = nat(grad);
        MemorySegment x = nat(in);
        MemorySegment w = nat(weight);
        MemorySegment to = nat(out);
        MemorySegment all = nat(sums);
        MemorySegment pad = nat(scratch);
        long half = (long) n * SIZE;
        int whole = n & -LANES;
        weigh(whole, g, go, x, xo, w, wo, to, oo, all, half, mean, rstd);
        for (int i = whole; i < n; i++) {
            long k = (long) i * SIZE;
            double y = rounded(rounded(get(x, xo + k) - mean) * rstd);
            double one = get(g, go + k);
            set(all, k, get(all, k) + rounded(one * y));
            set(all, half + k, get(all, half + k) + one);
            set(to, oo + k, one * get(w, wo + k));
        }
        double first = rounded(sum(n, to, oo, pad) / n);
        // The sum of h y is that of h (x - mean), times rstd.
        double second = rounded(product(n, to, oo, x, xo, mean, pad) * rstd / n);
        center(whole, to, oo, x, xo, mean, rstd, first, second);
        for (int i = whole; i < n; i++) {
            long k = (long) i * SIZE;
            double y = rounded(rounded(get(x, xo + k) - mean) * rstd);
            double rest = rounded(rounded(get(to, oo + k) - first) - rounded(y * second));
            set(to, oo + k, rest * rstd);
        }
    }

    /** Writes g w, and adds g y and g to the sums. */
    private static <E> void weigh(
            int n,
            MemorySegment g,
            long go,
            MemorySegment x,
            long xo,
            MemorySegment w,
            long wo,
            MemorySegment out,
            long oo,
            MemorySegment sums,
            long half,
            double mean,
            double rstd) {
        g = nat(g);
        x = nat(x);
        w = nat(w);
        out = nat(out);
        sums = nat(sums);
        Vector<E> m = all(mean);
        Vector<E> r = all(rstd);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i * SIZE;
            Vector<E> y = typed(load(x, xo + k, m).sub(m).mul(r));
            Vector<E> one = load(g, go + k, m);
            IO.store(typed(load(sums, k, m).add(one.mul(y))), sums, k);
            IO.store(typed(load(sums, half + k, m).add(one)), sums, half + k);
            IO.store(typed(one.mul(load(w, wo + k, m))), out, oo + k);
        }
    }

    private static <E> void center(
            int n,
            MemorySegment h,
            long ho,
            MemorySegment x,
            long xo,
            double mean,
            double rstd,
            double first,
            double second) {
        h = nat(h);
        x = nat(x);
        Vector<E> m = all(mean);
        Vector<E> r = all(rstd);
        Vector<E> p = all(first);
        Vector<E> q = all(second);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i * SIZE;
            Vector<E> y = typed(load(x, xo + k, m).sub(m).mul(r));
            Vector<E> rest = typed(load(h, ho + k, m).sub(p).sub(y.mul(q)));
            IO.store(typed(rest.mul(r)), h, ho + k);
        }
    }

    @Override
    public void affine(int n, MemorySegment in, long xo, MemorySegment out, long oo, double scale, double shift) {
        MemorySegment x = nat(in);
        MemorySegment to = nat(out);
        int whole = n & -LANES;
        scale(whole, x, xo, to, oo, scale, shift);
        for (int i = whole; i < n; i++) {
            long k = (long) i * SIZE;
            set(to, oo + k, rounded(get(x, xo + k) * scale) + shift);
        }
    }

    private static <E> void scale(
            int n, MemorySegment x, long xo, MemorySegment out, long oo, double scale, double shift) {
        x = nat(x);
        out = nat(out);
        Vector<E> a = all(scale);
        Vector<E> b = all(shift);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i * SIZE;
            IO.store(typed(load(x, xo + k, a).mul(a).add(b)), out, oo + k);
        }
    }

    @Override
    public void products(
            int n,
            MemorySegment g,
            long go,
            MemorySegment x,
            long xo,
            double mean,
            double[] two,
            MemorySegment scratch) {
        MemorySegment pad = nat(scratch);
        two[0] += sum(n, nat(g), go, pad);
        two[1] += product(n, nat(g), go, nat(x), xo, mean, pad);
    }

    @Override
    public void blend(
            int n,
            MemorySegment grad,
            long go,
            MemorySegment in,
            long xo,
            MemorySegment out,
            long oo,
            double a,
            double b,
            double c) {
        MemorySegment g = nat(grad);
        MemorySegment x = nat(in);
        MemorySegment to = nat(out);
        int whole = n & -LANES;
        mix(whole, g, go, x, xo, to, oo, a, b, c);
        for (int i = whole; i < n; i++) {
            long k = (long) i * SIZE;
            set(to, oo + k, rounded(get(g, go + k) * a) + rounded(rounded(get(x, xo + k) * b) + c));
        }
    }

    private static <E> void mix(
            int n,
            MemorySegment g,
            long go,
            MemorySegment x,
            long xo,
            MemorySegment out,
            long oo,
            double a,
            double b,
            double c) {
        g = nat(g);
        x = nat(x);
        out = nat(out);
        Vector<E> p = all(a);
        Vector<E> q = all(b);
        Vector<E> r = all(c);
        for (int i = 0; i < n; i += LANES) {
            long k = (long) i * SIZE;
            Vector<E> rest = typed(load(x, xo + k, p).mul(q).add(r));
            IO.store(typed(load(g, go + k, p).mul(p).add(rest)), out, oo + k);
        }
    }

    private static double sum(int n, MemorySegment x, long xo, MemorySegment pad) {
        int whole = n & -GROUP;
        double sum = 0;
        for (int i = 0; i < whole; i += STRIP) {
            int end = Math.min(STRIP, whole - i);
            for (int column = 0; column < LAST; column += LANES) {
                sums(end, x, xo + (long) (i + column) * SIZE, pad, column);
            }
            sum += tree(pad);
        }
        for (int i = whole; i < n; i++) {
            sum += get(x, xo + (long) i * SIZE);
        }
        return sum;
    }

    private static <E> void sums(int n, MemorySegment x, long xo, MemorySegment pad, int column) {
        x = nat(x);
        pad = nat(pad);
        Vector<E> a = all(0);
        Vector<E> b = a;
        Vector<E> c = a;
        Vector<E> d = a;
        for (int i = 0; i < n; i += GROUP) {
            long k = xo + (long) i * SIZE;
            a = typed(a.add(load(x, k, a)));
            b = typed(b.add(load(x, k + PART, a)));
            c = typed(c.add(load(x, k + 2 * PART, a)));
            d = typed(d.add(load(x, k + 3 * PART, a)));
        }
        keep(a, b, c, d, pad, column);
    }

    private static double squares(int n, MemorySegment x, long xo, double mean, MemorySegment pad) {
        x = nat(x);
        pad = nat(pad);
        int whole = n & -GROUP;
        double sum = 0;
        for (int i = 0; i < whole; i += STRIP) {
            int end = Math.min(STRIP, whole - i);
            for (int column = 0; column < LAST; column += LANES) {
                squares(end, x, xo + (long) (i + column) * SIZE, mean, pad, column);
            }
            sum += tree(pad);
        }
        for (int i = whole; i < n; i++) {
            double distance = rounded(get(x, xo + (long) i * SIZE) - mean);
            sum += rounded(distance * distance);
        }
        return sum;
    }

    private static <E> void squares(int n, MemorySegment x, long xo, double mean, MemorySegment pad, int column) {
        x = nat(x);
        pad = nat(pad);
        Vector<E> m = all(mean);
        Vector<E> a = all(0);
        Vector<E> b = a;
        Vector<E> c = a;
        Vector<E> d = a;
        for (int i = 0; i < n; i += GROUP) {
            long k = xo + (long) i * SIZE;
            Vector<E> p = typed(load(x, k, m).sub(m));
            Vector<E> q = typed(load(x, k + PART, m).sub(m));
            Vector<E> r = typed(load(x, k + 2 * PART, m).sub(m));
            Vector<E> s = typed(load(x, k + 3 * PART, m).sub(m));
            a = typed(a.add(p.mul(p)));
            b = typed(b.add(q.mul(q)));
            c = typed(c.add(r.mul(r)));
            d = typed(d.add(s.mul(s)));
        }
        keep(a, b, c, d, pad, column);
    }

    /** The sum of g (x - mean). */
    private static double product(
            int n, MemorySegment g, long go, MemorySegment x, long xo, double mean, MemorySegment pad) {
        g = nat(g);
        x = nat(x);
        pad = nat(pad);
        int whole = n & -GROUP;
        double sum = 0;
        for (int i = 0; i < whole; i += STRIP) {
            int end = Math.min(STRIP, whole - i);
            for (int column = 0; column < LAST; column += LANES) {
                long k = (long) (i + column) * SIZE;
                product(end, g, go + k, x, xo + k, mean, pad, column);
            }
            sum += tree(pad);
        }
        for (int i = whole; i < n; i++) {
            long k = (long) i * SIZE;
            sum += rounded(get(g, go + k) * rounded(get(x, xo + k) - mean));
        }
        return sum;
    }

    private static <E> void product(
            int n, MemorySegment g, long go, MemorySegment x, long xo, double mean, MemorySegment pad, int column) {
        g = nat(g);
        x = nat(x);
        pad = nat(pad);
        Vector<E> m = all(mean);
        Vector<E> a = all(0);
        Vector<E> b = a;
        Vector<E> c = a;
        Vector<E> d = a;
        for (int i = 0; i < n; i += GROUP) {
            long j = go + (long) i * SIZE;
            long k = xo + (long) i * SIZE;
            a = typed(a.add(load(g, j, m).mul(load(x, k, m).sub(m))));
            b = typed(b.add(load(g, j + PART, m).mul(load(x, k + PART, m).sub(m))));
            c = typed(c.add(
                    load(g, j + 2 * PART, m).mul(load(x, k + 2 * PART, m).sub(m))));
            d = typed(d.add(
                    load(g, j + 3 * PART, m).mul(load(x, k + 3 * PART, m).sub(m))));
        }
        keep(a, b, c, d, pad, column);
    }

    /** The four sums of a column of the last ones, as a tree of halves adds them. */
    private static <E> void keep(Vector<E> a, Vector<E> b, Vector<E> c, Vector<E> d, MemorySegment pad, int column) {
        Vector<E> even = typed(a.add(c));
        Vector<E> odd = typed(b.add(d));
        IO.store(typed(even.add(odd)), pad, (long) column * SIZE);
    }

    private static double tree(MemorySegment pad) {
        return quarter(pad, 0) + quarter(pad, 2) + (quarter(pad, 1) + quarter(pad, 3));
    }

    /** Columns i, i + 8, i + 4 and i + 12 of the last ones, as a tree of halves adds them. */
    private static double quarter(MemorySegment pad, int i) {
        return column(pad, i) + column(pad, i + 8) + (column(pad, i + 4) + column(pad, i + 12));
    }

    private static double column(MemorySegment pad, int i) {
        return get(pad, (long) i * SIZE);
    }

    private static double get(MemorySegment x, long at) {
        return F64 ? x.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at) : x.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at);
    }

    private static void set(MemorySegment x, long at, double value) {
        if (F64) {
            x.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at, value);
        } else {
            x.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at, (float) value);
        }
    }

    // One operation on floats in double and one rounding give what float arithmetic gives.
    private static double rounded(double value) {
        return F64 ? value : (float) value;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E> Vector<E> all(double value) {
        Object lanes;
        if (F64) {
            lanes = DoubleVector.broadcast((VectorSpecies<Double>) SPECIES, value);
        } else {
            lanes = FloatVector.broadcast((VectorSpecies<Float>) SPECIES, (float) value);
        }
        return (Vector<E>) TYPE.cast(lanes);
    }

    // The casts tell C2 the exact class: JDK 21 makes objects of the vectors otherwise once it has seen other widths
    // too.
    @SuppressWarnings("unchecked")
    private static <E> Vector<E> typed(Vector<E> lanes) {
        return (Vector<E>) TYPE.cast(lanes);
    }

    /** Reads a vector of the type of another. */
    @SuppressWarnings({"unchecked", "unused"})
    private static <E> Vector<E> load(MemorySegment x, long at, Vector<E> like) {
        return (Vector<E>) TYPE.cast(IO.load(x, at));
    }
}
