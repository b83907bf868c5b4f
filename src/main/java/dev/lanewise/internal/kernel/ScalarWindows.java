package dev.lanewise.internal.kernel;

/** The readable form of {@link WindowLoops}. */
final class ScalarWindows implements WindowLoops {
    @Override
    public void split(int n, float[] line, float[] out, int even, int odd) {
        for (int i = 0; i < n; i++) {
            out[even + i] = line[2 * i];
            out[odd + i] = line[2 * i + 1];
        }
    }

    @Override
    public void max(int n, float[] in, int from, int[] offsets, int count, float[] out, int at) {
        for (int i = 0; i < n; i++) {
            float best = Float.NEGATIVE_INFINITY;
            for (int j = 0; j < count; j++) {
                float value = in[from + offsets[j] + i];
                best = value > best || Float.isNaN(value) ? value : best;
            }
            out[at + i] = best;
        }
    }

    @Override
    public void maxAt(
            int n,
            float[] in,
            int from,
            int[] offsets,
            int[] places,
            int count,
            int[] steps,
            int[] none,
            int base,
            float[] out,
            int[] positions,
            int at) {
        for (int i = 0; i < n; i++) {
            float best = Float.NEGATIVE_INFINITY;
            int position = none[i] + base;
            for (int j = 0; j < count; j++) {
                float value = in[from + offsets[j] + i];
                if (value > best || Float.isNaN(value)) {
                    best = value;
                    position = places[j] + steps[i] + base;
                }
            }
            out[at + i] = best;
            positions[at + i] = position;
        }
    }

    @Override
    public void sum(int n, float[] in, int from, int[] offsets, int count, float[] out, int at) {
        for (int i = 0; i < n; i++) {
            float sum = 0;
            for (int j = 0; j < count; j++) {
                sum += in[from + offsets[j] + i];
            }
            out[at + i] = sum;
        }
    }
}
