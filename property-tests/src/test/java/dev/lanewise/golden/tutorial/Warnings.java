package dev.lanewise.golden.tutorial;

import dev.lanewise.Tensor;
import dev.lanewise.golden.Unsupported;
import dev.lanewise.nn.LSTM;
import dev.lanewise.nn.RecurrentOptions;
import java.util.Map;

/** Calls that PyTorch warned of, or did not, by their Python code. */
public final class Warnings {
    private static final String SIGNATURE = "a warning about an argument left out, which the signature demands";

    private static final Map<String, Runnable> TABLE = Map.of(
            "torch.nn.functional.mse_loss(torch.zeros(3, 1), torch.zeros(3, 4))",
            () -> none("a warning that is given once per JVM, on standard error"),
            "torch.zeros(2, 3, 4).T",
            () -> Tensor.zeros(2, 3, 4).t(),
            "torch.tensor(torch.ones(2))",
            () -> Tensor.of((Object) Tensor.ones(2)),
            "torch.nn.functional.softmax(torch.zeros(2, 3))",
            () -> none(SIGNATURE),
            "torch.meshgrid(torch.arange(2), torch.arange(3))",
            () -> none(SIGNATURE),
            "torch.ones(1).std()",
            () -> Tensor.ones(1).std(),
            "torch.tensor([7, -7]) // 2",
            () -> Tensor.of(7, -7).floorDivide(2),
            "torch.nn.LSTM(2, 3, num_layers=1, dropout=0.5)",
            () -> new LSTM(2, 3, RecurrentOptions.DEFAULT.dropout(0.5)));

    private Warnings() {}

    /** Makes the call; {@link Unsupported} if it has no counterpart. */
    public static void call(String code) {
        Runnable call = TABLE.get(code);
        if (call == null) {
            String why = code.endsWith("x.grad")
                    ? "a warning: grad() of a tensor that is no leaf is null"
                    : "a warning about the order of optimizer and scheduler";
            throw new Unsupported(why);
        }
        call.run();
    }

    private static void none(String why) {
        throw new Unsupported(why);
    }
}
