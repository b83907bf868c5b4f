package dev.lanewise.op;

import java.util.ArrayList;
import java.util.List;

/** The functions of layers that are made of ops: normalisations, convolutions and pools. */
final class LayerComposites {
    private static final String TORCH = "torch.nn.functional.";

    private LayerComposites() {}

    static List<Composite> all() {
        List<Composite> all = new ArrayList<>();
        all.add(new Composite("layerNorm", TORCH + "layer_norm", "Normalised over the last dimensions."));
        all.add(new Composite("groupNorm", TORCH + "group_norm", "Normalised over groups of channels."));
        all.add(new Composite("batchNorm", TORCH + "batch_norm", "Each channel normalised over the batch."));
        all.add(new Composite("instanceNorm", TORCH + "instance_norm", "Each channel of each sample normalised."));
        all.add(new Composite(
                "localResponseNorm", TORCH + "local_response_norm", "Over the mean square of channels around."));
        for (int d = 1; d <= 3; d++) {
            all.add(new Composite("conv" + d + "d", TORCH + "conv" + d + "d", "Convolution."));
            all.add(new Composite(
                    "convTranspose" + d + "d", TORCH + "conv_transpose" + d + "d", "Transposed convolution."));
            all.add(new Composite(
                    "maxPool" + d + "d", TORCH + "max_pool" + d + "d", "Largest element of each window."));
            all.add(new Composite(
                    "maxPool" + d + "dWithIndices",
                    TORCH + "max_pool" + d + "d_with_indices",
                    "Largest element of each window, and its position."));
            all.add(new Composite("avgPool" + d + "d", TORCH + "avg_pool" + d + "d", "Mean of each window."));
            all.add(new Composite(
                    "adaptiveAvgPool" + d + "d",
                    TORCH + "adaptive_avg_pool" + d + "d",
                    "Means of as many windows as asked for."));
            all.add(new Composite(
                    "adaptiveMaxPool" + d + "d",
                    TORCH + "adaptive_max_pool" + d + "d",
                    "Largest elements of as many windows as asked for."));
            all.add(new Composite(
                    "adaptiveMaxPool" + d + "dWithIndices",
                    TORCH + "adaptive_max_pool" + d + "d_with_indices",
                    "Largest elements of as many windows as asked for, and their positions."));
            all.add(new Composite(
                    "maxUnpool" + d + "d", TORCH + "max_unpool" + d + "d", "Zeros and the maxima where they stood."));
        }
        all.add(new Composite("lpPool1d", TORCH + "lp_pool1d", "Power average of each window."));
        all.add(new Composite("lpPool2d", TORCH + "lp_pool2d", "Power average of each window."));
        return all;
    }
}
