package dev.lanewise.golden;

import dev.lanewise.Tensor;
import dev.lanewise.nn.Bilinear;
import dev.lanewise.nn.GRU;
import dev.lanewise.nn.GRUCell;
import dev.lanewise.nn.LSTM;
import dev.lanewise.nn.LSTMCell;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.MultiheadAttention;
import dev.lanewise.nn.RNN;
import dev.lanewise.nn.RNNCell;
import dev.lanewise.nn.RecurrentLayer;
import dev.lanewise.nn.TransformerDecoderLayer;
import dev.lanewise.testing.Golden;
import java.util.List;
import java.util.Map;

/** Recorded calls of modules: made by the recorded expression, filled with the recorded values, and called. */
final class ModuleReplay {
    private static final PythonCalls TABLE = new PythonCalls();
    private static final String BUFFER = "buf:";

    static {
        RngLayers.fill(TABLE);
    }

    private ModuleReplay() {}

    /** The outputs of the call; the parameters become inputs named {@code p:} and their name. */
    static Object call(Case one, Arguments a) {
        Module module = (Module) TABLE.evaluate(Python.parse(one.construct()));
        a.inputs().values().stream().filter(Tensor::isFloatingPoint).findFirst().ifPresent(x -> module.to(x.dtype()));
        Map<String, Tensor> state = module.stateDict();
        Expect.same(state.size(), one.parameters().size(), "number of parameters and buffers");
        one.parameters()
                .forEach((name, described) ->
                        state.get(name.replace(BUFFER, "")).copy_(one.tensor(Golden.map(described))));
        module.train(!one.note().contains("eval"));
        module.namedParameters().forEach((name, parameter) -> {
            // Of recurrent layers the recording has no gradients of parameters: they had been replaced.
            if (one.grads().get("p:" + name) != null) {
                a.inputs().put("p:" + name, parameter);
            }
        });
        return forward(module, a);
    }

    private static Object forward(Module module, Arguments a) {
        Tensor x = a.tensor(0);
        Tensor second = a.size() > 1 && a.positional().get(1) instanceof Tensor tensor ? tensor : null;
        if (module instanceof RecurrentLayer layer) {
            return outputs(layer, x, a);
        }
        if (module instanceof LSTMCell cell) {
            Tensor[] given = pair(a);
            LSTMCell.State state = cell.forward(x, given[0], given[1]);
            return List.of(state.hidden(), state.cell());
        }
        if (module instanceof RNNCell cell) {
            return cell.forward(x, second);
        }
        if (module instanceof GRUCell cell) {
            return cell.forward(x, second);
        }
        if (module instanceof Bilinear bilinear) {
            return bilinear.forward(x, second);
        }
        if (module instanceof TransformerDecoderLayer decoder) {
            return decoder.forward(x, second);
        }
        if (module instanceof MultiheadAttention attention) {
            MultiheadAttention.Masks masks = new MultiheadAttention.Masks(null, a.tensorOrNull(3, "key_padding_mask"));
            MultiheadAttention.Output out = attention.forward(x, a.tensor(1), a.tensor(2), masks, true, true);
            return List.of(out.output(), out.weights());
        }
        Expect.same(1, a.size(), "number of arguments");
        return module.forward(x);
    }

    private static Object outputs(RecurrentLayer layer, Tensor x, Arguments a) {
        Tensor[] given = pair(a);
        if (layer instanceof LSTM lstm) {
            RecurrentLayer.Output out = lstm.forward(x, given[0], given[1]);
            return List.of(out.output(), out.hidden(), out.cell());
        }
        RecurrentLayer.Output out =
                layer instanceof GRU gru ? gru.forward(x, given[0]) : ((RNN) layer).forward(x, given[0]);
        return List.of(out.output(), out.hidden());
    }

    /** The second argument: nothing, a state, or a pair of states. */
    private static Tensor[] pair(Arguments a) {
        if (a.size() < 2) {
            return new Tensor[2];
        }
        return a.positional().get(1) instanceof List<?> list
                ? list.toArray(Tensor[]::new)
                : new Tensor[] {a.tensor(1), null};
    }
}
