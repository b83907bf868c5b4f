package dev.lanewise.data;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.Arrays;
import java.util.List;

/** Data sets one after the other. Source: PyTorch's {@code torch.utils.data.ConcatDataset}. */
public final class ConcatDataset implements Dataset {
    private final List<Dataset> datasets;
    private final long[] ends;

    /** At least one data set; the samples of the first come first. */
    public ConcatDataset(Dataset... datasets) {
        if (datasets.length == 0) {
            throw Check.argument("ConcatDataset", "there must be at least one data set")
                    .got(0)
                    .error();
        }
        this.datasets = List.of(datasets);
        this.ends = new long[datasets.length];
        long end = 0;
        for (int i = 0; i < datasets.length; i++) {
            end = Math.addExact(end, datasets[i].size());
            ends[i] = end;
        }
    }

    /** The data sets, in order. */
    public List<Dataset> datasets() {
        return datasets;
    }

    @Override
    public long size() {
        return ends[ends.length - 1];
    }

    @Override
    public Tensor[] get(long index) {
        if (index < 0 || index >= size()) {
            throw Check.index("ConcatDataset", "number must be in [0, " + size() + ")")
                    .got(index)
                    .error();
        }
        int found = Arrays.binarySearch(ends, index);
        int part = found < 0 ? -found - 1 : found + 1;
        while (index >= ends[part]) {
            part++;
        }
        return datasets.get(part).get(part == 0 ? index : index - ends[part - 1]);
    }
}
