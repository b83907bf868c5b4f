package dev.lanewise.internal.random;

/** The plain form of the loops. */
public final class ScalarLoops implements WordLoops {
    /** The only instance. */
    public static final WordLoops INSTANCE = new ScalarLoops();

    private ScalarLoops() {}

    @Override
    public void twist(int[] state) {
        Mt19937.twist(state);
    }

    @Override
    public void temper(int[] state, int from, int[] out, int at, int n) {
        for (int i = 0; i < n; i++) {
            out[at + i] = Mt19937.temper(state[from + i]);
        }
    }

    @Override
    public void uniforms(int[] words, float[] out, int n, int mask, float unit, float range, float low) {
        for (int i = 0; i < n; i++) {
            out[i] = Math.fma((words[i] & mask) * unit, range, low);
        }
    }

    @Override
    public void normals(float[] d, int n, float mean, float std) {
        BoxMuller.floats(d, n, mean, std);
    }
}
