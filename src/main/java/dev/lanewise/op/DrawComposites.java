package dev.lanewise.op;

import java.util.List;

/** The table of functions that draw random numbers or fill tensors; no gradient flows through them. */
final class DrawComposites {
    private DrawComposites() {}

    static List<Composite> all() {
        return List.of(
                of("rand", "torch.rand", "Numbers uniform in [0, 1)."),
                of("randLike", "torch.rand_like", "Numbers uniform in [0, 1) in the shape of a tensor."),
                of("randn", "torch.randn", "Standard normal numbers."),
                of("randnLike", "torch.randn_like", "Standard normal numbers in the shape of a tensor."),
                of("randint", "torch.randint", "Integers uniform between bounds."),
                of("randintLike", "torch.randint_like", "Integers uniform between bounds in the shape of a tensor."),
                of("randperm", "torch.randperm", "The numbers from 0 in random order."),
                of("normal", "torch.normal", "Normal numbers, with means and deviations from tensors or numbers."),
                of("bernoulli", "torch.bernoulli", "Ones with given probabilities, else zeros."),
                of("multinomial", "torch.multinomial", "Positions drawn with given weights."),
                of("poisson", "torch.poisson", "Counts with given means."),
                of("uniform_", "torch.Tensor.uniform_", "Uniform numbers between bounds, drawn into the tensor."),
                of("normal_", "torch.Tensor.normal_", "Normal numbers, drawn into the tensor."),
                of("random_", "torch.Tensor.random_", "Integers, drawn into the tensor."),
                of("bernoulli_", "torch.Tensor.bernoulli_", "Ones with a probability, drawn into the tensor."),
                of("exponential_", "torch.Tensor.exponential_", "Exponential numbers, drawn into the tensor."),
                of("geometric_", "torch.Tensor.geometric_", "Numbers of trials, drawn into the tensor."),
                of("cauchy_", "torch.Tensor.cauchy_", "Cauchy's numbers, drawn into the tensor."),
                of("logNormal_", "torch.Tensor.log_normal_", "Exponentials of normal numbers, drawn into the tensor."),
                of("fill_", "torch.Tensor.fill_", "One number for all elements."),
                of("zero_", "torch.Tensor.zero_", "Zeros for all elements."));
    }

    /** Functions that gradients flow through. */
    static List<Composite> differentiable() {
        return List.of(
                new Composite("rdiv", "", "A number divided by each element."),
                new Composite("rpow", "", "A number to the power of each element."),
                new Composite("sumToSize", "torch.Tensor.sum_to_size", "Sums over what broadcasting would add."),
                new Composite(
                        "nonzeroTuple", "torch.nonzero", "Positions that are not 0, one tensor per dimension.", false),
                new Composite("typeAs", "torch.Tensor.type_as", "Copy in the dtype of another tensor."),
                new Composite("l1Loss", "torch.nn.functional.l1_loss", "Absolute difference of prediction and target."),
                new Composite("crossEntropy", "torch.nn.functional.cross_entropy", "Log-softmax, then nllLoss."),
                new Composite("dropout", "torch.nn.functional.dropout", "Zeros for random elements, the rest scaled."),
                new Composite("dropout1d", "torch.nn.functional.dropout1d", "Zeros for random channels."),
                new Composite("dropout2d", "torch.nn.functional.dropout2d", "Zeros for random channels of images."),
                new Composite("dropout3d", "torch.nn.functional.dropout3d", "Zeros for random channels of volumes."),
                new Composite(
                        "alphaDropout",
                        "torch.nn.functional.alpha_dropout",
                        "Dropout that keeps mean and variance of self-normalising networks."),
                new Composite(
                        "featureAlphaDropout",
                        "torch.nn.functional.feature_alpha_dropout",
                        "Alpha dropout of whole channels."),
                new Composite(
                        "gumbelSoftmax",
                        "torch.nn.functional.gumbel_softmax",
                        "Softmax of logits with Gumbel's noise."));
    }

    private static Composite of(String name, String torch, String doc) {
        return new Composite(name, torch, doc, false);
    }
}
