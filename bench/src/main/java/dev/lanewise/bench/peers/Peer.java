package dev.lanewise.bench.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * A system that is measured.
 *
 * @param <T> its tensors or matrices
 */
public interface Peer<T> {
    /** Makes an operand, filled. */
    T operand(Operand operand);

    /** A call that computes a new result; IllegalArgumentException if the system has no such work. */
    Call forward(Work work, List<T> operands);

    /** A call that computes a result and the gradients of all operands but indices; IllegalArgumentException by default. */
    default Call backward(Work work, List<T> operands) {
        throw new IllegalArgumentException("gradients of " + work);
    }

    /** What is running, with its version, in a few words. */
    String version();

    /** Called before the measurement: what a system needs to be warm. */
    default void warm(Call call, long nanos) {
        long end = System.nanoTime() + nanos;
        do {
            call.run();
        } while (System.nanoTime() < end);
    }

    /** Makes the operands and the call of a workload. */
    default Call prepare(Workload workload) {
        List<T> operands = new ArrayList<>();
        for (Operand operand : workload.operands()) {
            operands.add(operand(operand));
        }
        return workload.backward() ? backward(workload.work(), operands) : forward(workload.work(), operands);
    }
}
