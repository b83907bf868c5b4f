package dev.lanewise.internal.kernel;

import dev.lanewise.internal.parallel.Parallel;

/**
 * A tensor seen as lines: three dimensions in row-major order without gaps, of which the middle one is walked.
 *
 * @param outer number of blocks
 * @param n elements of a line
 * @param inner lines of a block, whose elements are neighbours
 */
public record Tiles(long outer, long n, long inner) {
    private static final int MOST_WIDTH = 256;
    private static final long GRAIN = 1 << 16;

    /** What is done with a tile. */
    interface Body {
        /**
         * Walks some neighbouring lines.
         *
         * @param start position of the first element of the first line
         * @param width number of lines
         */
        void run(long start, int width);
    }

    /** Number of lines. */
    public long lines() {
        return outer * inner;
    }

    /** Lines of a tile at most. */
    int width() {
        return (int) Math.min(inner, MOST_WIDTH);
    }

    /** Rows of a tile that lie in one piece and fit into a strip. */
    int rowsOf(int width) {
        return width == inner ? Strips.SIZE / width : 1;
    }

    /** Runs the body for all tiles, on several threads if there is much to do. */
    void forTiles(Body body) {
        forTiles(MOST_WIDTH, body);
    }

    /** Runs the body for tiles of at most so many lines. */
    void forTiles(int most, Body body) {
        if (n == 0 || lines() == 0) {
            return;
        }
        int width = (int) Math.min(inner, most);
        long perBlock = Math.ceilDiv(inner, (long) width);
        Parallel.forRange(outer * perBlock, Math.max(1, GRAIN / (n * width)), (from, to) -> {
            for (long tile = from; tile < to; tile++) {
                long column = tile % perBlock * width;
                body.run(tile / perBlock * n * inner + column, (int) Math.min(width, inner - column));
            }
        });
    }

    /** Runs the body for groups of at most so many lines that lie in one piece each. */
    void forLines(int most, Body body) {
        if (n == 0 || lines() == 0) {
            return;
        }
        long groups = Math.ceilDiv(outer, (long) most);
        Parallel.forRange(groups, Math.max(1, GRAIN / (n * most)), (from, to) -> {
            for (long group = from; group < to; group++) {
                long line = group * most;
                body.run(line * n, (int) Math.min(most, outer - line));
            }
        });
    }
}
