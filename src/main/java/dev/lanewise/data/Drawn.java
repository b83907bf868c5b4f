package dev.lanewise.data;

import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/** Hands out numbers that come in portions, each made when the one before is used up. */
abstract class Drawn implements PrimitiveIterator.OfLong {
    private long[] portion = {};
    private int at;
    private boolean over;

    /** The next portion, which may be empty; null after the last. */
    abstract long[] draw();

    @Override
    public boolean hasNext() {
        while (!over && at == portion.length) {
            long[] next = draw();
            over = next == null;
            portion = over ? portion : next;
            at = over ? at : 0;
        }
        return !over;
    }

    @Override
    public long nextLong() {
        if (!hasNext()) {
            throw new NoSuchElementException("Sampler: the pass is over.");
        }
        return portion[at++];
    }
}
