package dev.lanewise;

/**
 * Values chosen along a dimension and their INT64 positions in it; both have the same shape.
 *
 * @param values the values; part of the graph
 * @param indices where they stand
 * @param op PyTorch's name of the function that chose them, such as {@code max}, for the printed text
 */
public record ValuesIndices(Tensor values, Tensor indices, String op) {
    /** Values and positions of a function that is not named in the text. */
    public ValuesIndices(Tensor values, Tensor indices) {
        this(values, indices, "values_indices");
    }

    /** The text PyTorch prints: the name of the type, then both tensors. */
    @Override
    public String toString() {
        return "torch.return_types." + op + "(\nvalues=" + values + ",\nindices=" + indices + ")";
    }
}
