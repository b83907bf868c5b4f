package dev.lanewise.op;

/**
 * A function of the library that is made of declared ops, and whose derivative is theirs.
 *
 * @param name name of the method on Tensor, Linalg or nn.Functional
 * @param torch what PyTorch calls it, for example {@code torch.hstack}
 * @param doc one sentence that says what it computes
 * @param differentiable false if no gradient flows through it
 */
public record Composite(String name, String torch, String doc, boolean differentiable) {
    /** A function that gradients flow through. */
    public Composite(String name, String torch, String doc) {
        this(name, torch, doc, true);
    }
}
