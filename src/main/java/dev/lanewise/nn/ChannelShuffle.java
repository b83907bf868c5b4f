package dev.lanewise.nn;

import dev.lanewise.Tensor;

/**
 * Channels of all groups in turn; see {@link Functional#channelShuffle}.
 *
 * <p>Source: PyTorch's {@code torch.nn.ChannelShuffle}.
 */
public final class ChannelShuffle extends Module {
    private final long groups;

    /** The layer with its only parameter. */
    public ChannelShuffle(long groups) {
        this.groups = groups;
    }

    @Override
    public Tensor forward(Tensor input) {
        return noted(input, Functional.channelShuffle(input, groups));
    }

    @Override
    protected String extraRepr() {
        return "groups=" + groups;
    }
}
