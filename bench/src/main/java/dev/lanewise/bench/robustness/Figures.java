package dev.lanewise.bench.robustness;

/**
 * What one run measured.
 *
 * @param nanos the median time of a call
 * @param bytes heap bytes that a call allocates
 */
record Figures(double nanos, long bytes) {
    private static final String MARK = "robustness ";

    /** The line by which a worker tells its parent. */
    String text() {
        return MARK + nanos + " " + bytes;
    }

    /** What the line says, or null if it is another line. */
    static Figures parse(String line) {
        if (!line.startsWith(MARK)) {
            return null;
        }
        String[] parts = line.substring(MARK.length()).split(" ", 2);
        return new Figures(Double.parseDouble(parts[0]), Long.parseLong(parts[1]));
    }
}
