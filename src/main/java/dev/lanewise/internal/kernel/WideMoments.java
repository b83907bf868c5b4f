package dev.lanewise.internal.kernel;

import dev.lanewise.DType;
import java.lang.foreign.MemorySegment;

/** Sums, or sums of squared distances, in double: for the few elements whose squares are no floats. */
final class WideMoments implements FoldKernel {
    private final DType type;
    private final boolean squares;

    WideMoments(DType type, boolean squares) {
        this.type = type;
        this.squares = squares;
    }

    @Override
    public void fold(int rows, int width, MemorySegment x, long offset, long rowBytes, Results results, int at) {
        Strips strips = Strips.local();
        double[] in = strips.doubles(1);
        double[] sums = results.doubles();
        for (int row = 0; row < rows; row++) {
            strips.load(1, type, x, offset + row * rowBytes, 1, width);
            for (int w = 0; w < width; w++) {
                double distance = squares ? in[w] - results.shifts()[at + w] : in[w];
                sums[at + w] += squares ? distance * distance : distance;
            }
        }
    }

    @Override
    public void line(int n, MemorySegment x, long offset, Results results) {
        long size = 1L << type.shift();
        for (int done = 0; done < n; done += GROUP) {
            fold(1, Math.min(GROUP, n - done), x, offset + done * size, 0, results, 0);
        }
    }

    @Override
    public void map(double[] x, int n) {
        throw new UnsupportedOperationException("moments map while they add");
    }

    @Override
    public void map(long[] x, int n) {
        throw new UnsupportedOperationException("moments are of floating-point numbers");
    }

    @Override
    public void merge(double[] a, int at, double[] b, int from, int n) {
        for (int i = 0; i < n; i++) {
            a[at + i] += b[from + i];
        }
    }

    @Override
    public void merge(long[] a, int at, long[] b, int from, int n) {
        throw new UnsupportedOperationException("moments are of floating-point numbers");
    }

    @Override
    public void tree(double[] a, int n) {
        for (int i = 1; i < n; i++) {
            a[0] += a[i];
        }
    }

    @Override
    public void tree(long[] a, int n) {
        throw new UnsupportedOperationException("moments are of floating-point numbers");
    }
}
