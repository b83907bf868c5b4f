package dev.lanewise.examples;

import dev.lanewise.Lanewise;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import dev.lanewise.nn.Linear;
import dev.lanewise.optim.SGD;

/** Learns y = 2x + 1 from five points: the shortest program there is. */
public final class QuickStart {
    private QuickStart() {}

    /** Prints the loss as it falls, and the weight and the bias that were found. */
    public static void main(String[] args) {
        Lanewise.manualSeed(0);
        Tensor x = Tensor.of(new double[][] {{-2}, {-1}, {0}, {1}, {2}});
        Tensor y = x.mul(2).add(1);
        var model = new Linear(1, 1);
        var optimizer = new SGD(model.parameters(), 0.1);
        for (int step = 1; step <= 50; step++) {
            Tensor loss = Functional.mseLoss(model.forward(x), y);
            optimizer.zeroGrad();
            loss.backward();
            optimizer.step();
            if (step % 10 == 0) {
                System.out.println("step " + step + ": loss " + loss.item());
            }
        }
        System.out.println(model.weight() + " " + model.bias());
    }
}
