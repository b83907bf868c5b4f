package dev.lanewise.nn;

import dev.lanewise.Tensor;
import dev.lanewise.internal.error.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Parameters in a list, named 0, 1, 2 ….
 *
 * <p>Source: PyTorch's {@code torch.nn.ParameterList}.
 */
public final class ParameterList extends Module implements Iterable<Parameter> {
    private int size;

    /** Tensors in a list; those that are no parameters are made parameters over the same memory. */
    public ParameterList(List<? extends Tensor> values) {
        extend(values);
    }

    /** These tensors; none for an empty list. */
    public ParameterList(Tensor... values) {
        this(Arrays.asList(values));
    }

    /** Adds a parameter at the end. Changes and returns this list. */
    public ParameterList append(Tensor value) {
        registerParameter(Integer.toString(size), value);
        size++;
        return this;
    }

    /** Adds parameters at the end. Changes and returns this list. */
    public ParameterList extend(List<? extends Tensor> values) {
        values.forEach(this::append);
        return this;
    }

    /** The parameter at a position; negative positions count from the end. */
    public Parameter get(int position) {
        int at = position < 0 ? position + size : position;
        if (at < 0 || at >= size) {
            throw Check.index("get", "position must be inside the list")
                    .expected("-" + size + " to " + (size - 1))
                    .got(position)
                    .error();
        }
        return parameter(Integer.toString(at));
    }

    /** Number of parameters. */
    public int size() {
        return size;
    }

    @Override
    public Iterator<Parameter> iterator() {
        List<Parameter> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(get(i));
        }
        return all.iterator();
    }

    @Override
    protected String extraRepr() {
        List<String> lines = new ArrayList<>();
        int place = 0;
        for (Parameter parameter : this) {
            lines.add("  (" + place++ + "): Parameter containing: [torch."
                    + parameter.dtype().shortName() + " of size " + ParameterDict.sizes(parameter) + "]");
        }
        return String.join("\n", lines);
    }
}
