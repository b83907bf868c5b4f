package dev.lanewise.op;

import dev.lanewise.Tensor;
import java.lang.reflect.Method;
import java.util.Arrays;

/** Writes docs/ops.md from the registry. */
final class OpTable {
    private OpTable() {}

    /** The whole text of docs/ops.md. */
    static String render() {
        StringBuilder text = new StringBuilder("""
            # The operations

            Generated from the registry `dev.lanewise.op.Ops` by `OpTableTest`; do not edit. Floating point means float16,
            bfloat16, float32 and float64; numbers are these and the integers. An operation that is in place too has a
            method whose name ends in `_`.
            """);
        String table = "";
        for (Op op : Ops.all()) {
            if (!family(op).equals(table)) {
                table = family(op);
                text.append("\n## ").append(table).append("\n\n");
                text.append("| operation | what it computes | dtypes | gradient | in place |\n");
                text.append("|---|---|---|---|---|\n");
            }
            text.append(row(op)).append('\n');
        }
        return text.toString();
    }

    /** The line of one op. */
    static String row(Op op) {
        String gradient = op.isDifferentiable() ? "yes" : "no: " + op.whyNotDifferentiable();
        return "| `" + op.name() + "` | " + op.doc().replace("|", "\\|") + " | " + dtypes(op) + " | " + gradient + " | "
                + (hasMethod(op.name() + "_") ? "yes" : "") + " |";
    }

    private static String family(Op op) {
        return op.getClass().getEnclosingClass().getSimpleName();
    }

    private static String dtypes(Op op) {
        return switch (op.dtypes()) {
            case ANY -> "all";
            case NUMERIC -> "numbers";
            case FLOATING -> op instanceof StructuredOp<?> ? "floating point" : "floating point, others as float32";
        };
    }

    /** True if Tensor has a public method of this name. */
    static boolean hasMethod(String name) {
        return Arrays.stream(Tensor.class.getMethods()).map(Method::getName).anyMatch(name::equals);
    }
}
