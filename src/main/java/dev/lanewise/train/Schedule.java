package dev.lanewise.train;

import dev.lanewise.optim.LRScheduler;
import dev.lanewise.optim.ReduceLROnPlateau;
import java.util.Map;

/** What a {@link Trainer} does to the learning rates after each epoch; a checkpoint keeps its state. */
public interface Schedule {
    /** Sets the rates of the next epoch, by the loss of the validation data, or of the training data if there is none. */
    void step(double loss);

    /** What is needed to go on later: texts, numbers, tensors, and lists and maps of them. */
    Map<String, Object> stateDict();

    /** Takes over what {@link #stateDict()} gave. */
    void loadStateDict(Map<String, ?> state);

    /** The schedule that makes a step of a scheduler, whatever the loss is. */
    static Schedule of(LRScheduler scheduler) {
        return new Schedule() {
            @Override
            public void step(double loss) {
                scheduler.step();
            }

            @Override
            public Map<String, Object> stateDict() {
                return scheduler.stateDict();
            }

            @Override
            public void loadStateDict(Map<String, ?> state) {
                scheduler.loadStateDict(state);
            }
        };
    }

    /** The schedule that tells a scheduler the loss. */
    static Schedule of(ReduceLROnPlateau scheduler) {
        return new Schedule() {
            @Override
            public void step(double loss) {
                scheduler.step(loss);
            }

            @Override
            public Map<String, Object> stateDict() {
                return scheduler.stateDict();
            }

            @Override
            public void loadStateDict(Map<String, ?> state) {
                scheduler.loadStateDict(state);
            }
        };
    }
}
