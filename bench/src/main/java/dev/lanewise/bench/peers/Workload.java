package dev.lanewise.bench.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * Something to measure on every system that can do it.
 *
 * @param group the table of the report it stands in
 * @param name its name, unique
 * @param work what is computed
 * @param operands from what
 * @param backward whether the gradients are part of it
 * @param cost what it costs at least
 * @param bars what we want to reach
 */
public record Workload(
        Group group, String name, Work work, List<Operand> operands, boolean backward, Cost cost, List<Bar> bars) {
    /** A table of the report. */
    public enum Group {
        PRODUCTS("Matrix products"),
        ELEMENTWISE("Elementwise, with a new result"),
        REDUCTIONS("Reductions, running sums, sorting"),
        ROWS("Rows and layouts"),
        LAYERS("Layers"),
        STEPS("Training steps");

        final String title;

        Group(String title) {
            this.title = title;
        }
    }

    static Workload of(Group group, String name, Work work, Operand... operands) {
        return new Workload(group, name, work, List.of(operands), false, Cost.UNKNOWN, List.of());
    }

    Workload withCost(Cost value) {
        return new Workload(group, name, work, operands, backward, value, bars);
    }

    /** With one more bar. */
    Workload atMost(double ratio, Bar.Against against) {
        List<Bar> all = new ArrayList<>(bars);
        all.add(new Bar(ratio, against));
        return new Workload(group, name, work, operands, backward, cost, List.copyOf(all));
    }

    Workload atMost(double ratio) {
        return atMost(ratio, Bar.Against.BEST);
    }

    /** The same with the gradients, at three times the cost unless said otherwise. */
    Workload withGradients() {
        Cost more = new Cost(3 * cost.flops(), 3 * cost.read(), 3 * cost.written(), cost.wide());
        return new Workload(group, name + " with gradients", work, operands, true, more, List.of());
    }
}
