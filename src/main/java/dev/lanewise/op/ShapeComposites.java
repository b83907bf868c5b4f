package dev.lanewise.op;

import java.util.List;

/** The functions on shapes and windows that are made of views, copies and joins. */
final class ShapeComposites {
    private ShapeComposites() {}

    static List<Composite> views() {
        return List.of(
                new Composite("reshape", "torch.reshape", "Other sizes over the same elements: a view where possible."),
                new Composite("flatten", "torch.flatten", "Some dimensions made one: a view where possible."),
                new Composite("ravel", "torch.ravel", "All dimensions made one: a view where possible."),
                new Composite("unflatten", "torch.Tensor.unflatten", "View with a dimension split into several."),
                new Composite("viewAs", "torch.Tensor.view_as", "View with the sizes of another tensor."),
                new Composite("reshapeAs", "torch.Tensor.reshape_as", "The sizes of another tensor."),
                new Composite("expandAs", "torch.Tensor.expand_as", "View expanded to the shape of another tensor."),
                new Composite("broadcastTo", "torch.broadcast_to", "View expanded to a shape."),
                new Composite("broadcastTensors", "torch.broadcast_tensors", "Views expanded to one shape."),
                new Composite("movedim", "torch.movedim", "View with dimensions moved to other places."),
                new Composite("moveaxis", "torch.moveaxis", "View with dimensions moved to other places."),
                new Composite("swapaxes", "torch.swapaxes", "View with two dimensions exchanged."),
                new Composite("swapdims", "torch.swapdims", "View with two dimensions exchanged."),
                new Composite("narrow", "torch.narrow", "View of consecutive places along a dimension."),
                new Composite("unbind", "torch.unbind", "Views of all places along a dimension."),
                new Composite("split", "torch.split", "Views of parts of given lengths along a dimension."),
                new Composite("chunk", "torch.chunk", "Views of at most so many equal parts along a dimension."),
                new Composite(
                        "tensorSplit", "torch.tensor_split", "Views of exactly so many parts, or between places."),
                new Composite("hsplit", "torch.hsplit", "Views of equal parts side by side."),
                new Composite("vsplit", "torch.vsplit", "Views of equal parts along dimension 0."),
                new Composite("dsplit", "torch.dsplit", "Views of equal parts along dimension 2."),
                new Composite("atleast1d", "torch.atleast_1d", "View with at least one dimension."),
                new Composite("atleast2d", "torch.atleast_2d", "View with at least two dimensions."),
                new Composite("atleast3d", "torch.atleast_3d", "View with at least three dimensions."),
                new Composite("meshgrid", "torch.meshgrid", "Views with the coordinates of the points of a grid."));
    }

    static List<Composite> copies() {
        return List.of(
                new Composite("hstack", "torch.hstack", "Tensors side by side."),
                new Composite("vstack", "torch.vstack", "Tensors one below the other."),
                new Composite("dstack", "torch.dstack", "Tensors one behind the other."),
                new Composite("columnStack", "torch.column_stack", "Numbers and vectors as columns, side by side."),
                new Composite("cartesianProd", "torch.cartesian_prod", "All ways to pick one element of each vector."),
                new Composite("combinations", "torch.combinations", "All ways to pick some elements of a vector."),
                new Composite("vander", "torch.vander", "Matrix with the powers of a vector as columns."),
                new Composite("tile", "torch.tile", "Copy several times over along the last dimensions."),
                new Composite("repeatInterleave", "torch.repeat_interleave", "Each place several times in a row."),
                new Composite("fliplr", "torch.fliplr", "Copy with dimension 1 reversed."),
                new Composite("flipud", "torch.flipud", "Copy with dimension 0 reversed."),
                new Composite("rot90", "torch.rot90", "Copy turned by 90 degrees in two dimensions."),
                new Composite("diag", "torch.diag", "Matrix with a vector on a diagonal, or a diagonal of a matrix."),
                new Composite("trace", "torch.trace", "Sum of the main diagonal of a matrix."),
                new Composite("fillDiagonal_", "torch.Tensor.fill_diagonal_", "Sets the main diagonal to a number."));
    }

    static List<Composite> windows() {
        return List.of(
                new Composite("fold", "torch.nn.functional.fold", "Image that columns of windows add up to."),
                new Composite("pixelShuffle", "torch.nn.functional.pixel_shuffle", "Channels become places."),
                new Composite("pixelUnshuffle", "torch.nn.functional.pixel_unshuffle", "Places become channels."),
                new Composite("channelShuffle", "torch.nn.functional.channel_shuffle", "Channels of groups in turn."));
    }

    static List<Composite> factories() {
        return List.of(
                factory("empty", "torch.empty", "Elements that are not set."),
                factory("zeros", "torch.zeros", "Zeros."),
                factory("ones", "torch.ones", "Ones."),
                factory("full", "torch.full", "One number everywhere."),
                factory("emptyLike", "torch.empty_like", "As another tensor, elements not set."),
                factory("zerosLike", "torch.zeros_like", "Zeros in the shape of another tensor."),
                factory("onesLike", "torch.ones_like", "Ones in the shape of another tensor."),
                factory("fullLike", "torch.full_like", "One number in the shape of another tensor."),
                factory("newEmpty", "torch.Tensor.new_empty", "The dtype of another tensor, elements not set."),
                factory("newZeros", "torch.Tensor.new_zeros", "Zeros in the dtype of another tensor."),
                factory("newOnes", "torch.Tensor.new_ones", "Ones in the dtype of another tensor."),
                factory("newFull", "torch.Tensor.new_full", "One number in the dtype of another tensor."),
                factory("newTensor", "torch.Tensor.new_tensor", "Values in the dtype of another tensor."),
                factory("eye", "torch.eye", "Unit matrix."),
                factory("arange", "torch.arange", "Numbers one step apart, without the end."),
                factory("linspace", "torch.linspace", "Evenly spaced numbers, with the end."),
                factory("logspace", "torch.logspace", "Powers of evenly spaced numbers."),
                factory("hannWindow", "torch.hann_window", "Hann window."),
                factory("hammingWindow", "torch.hamming_window", "Hamming window."),
                factory("blackmanWindow", "torch.blackman_window", "Blackman window."),
                factory("bartlettWindow", "torch.bartlett_window", "Bartlett window."));
    }

    private static Composite factory(String name, String torch, String doc) {
        return new Composite(name, torch, doc, false);
    }
}
