package dev.lanewise.op;

import dev.lanewise.Linalg;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Functional;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;

/** Writes docs/ops.md from the registry. */
final class OpTable {
    private OpTable() {}

    /** The whole text of docs/ops.md. */
    static String render() {
        StringBuilder text = new StringBuilder("""
            # The operations

            Generated from the registry `dev.lanewise.op.Ops` by `OpTableTest`; do not edit. Floating point means float16,
            bfloat16, float32 and float64; numbers are these and the integers. An operation that is in place too has a
            method whose name ends in `_`. Errors are the largest measured, in units in the last place of the true value.
            """);
        String table = "";
        for (Op op : Ops.all()) {
            if (!family(op).equals(table)) {
                table = family(op);
                text.append("\n## ").append(table).append("\n\n");
                text.append(
                        "| operation | PyTorch's name | what it computes | dtypes | gradient | in place | max error (ulp) |\n");
                text.append("|---|---|---|---|---|---|---|\n");
            }
            text.append(row(op)).append('\n');
        }
        text.append(
                "\n## Functions made of these\n\n| function | PyTorch's name | what it computes | gradient | in place |\n");
        text.append("|---|---|---|---|---|\n");
        Ops.composites().forEach(one -> text.append(row(one)).append('\n'));
        return text.toString();
    }

    /** The line of one op. */
    static String row(Op op) {
        String gradient = op.isDifferentiable() ? "yes" : "no: " + op.whyNotDifferentiable();
        String name = op.reachedBy() == null ? "" : " (" + op.reachedBy() + ")";
        return "| `" + op.name() + "` |" + torch(op.torchName()) + " | " + sentence(op.doc()) + name + " | "
                + dtypes(op) + " | " + gradient + " | " + inPlace(op.name()) + " | " + error(op) + " |";
    }

    private static String error(Op op) {
        return op.errorDouble() == 0 ? "" : op.errorSingle() + " float32, " + op.errorDouble() + " float64";
    }

    private static String row(Composite one) {
        return "| `" + one.name() + "` |" + torch(one.torch()) + " | " + sentence(one.doc()) + " | "
                + (one.differentiable() ? "yes" : "no") + " | " + inPlace(one.name()) + " |";
    }

    private static String torch(String name) {
        return name.isEmpty() ? "" : " `" + name + "`";
    }

    private static String sentence(String doc) {
        return doc.replace("|", "\\|");
    }

    private static String inPlace(String name) {
        return hasMethod(name + "_") ? "yes" : "";
    }

    private static String family(Op op) {
        return op.getClass().getEnclosingClass().getSimpleName();
    }

    private static String dtypes(Op op) {
        return switch (op.dtypes()) {
            case ANY -> "all";
            case NUMERIC -> "numbers";
            case INTEGERS -> "integers";
            case BITS -> "integers and bool";
            case FLOATING -> op instanceof StructuredOp<?> ? "floating point" : "floating point, others as float32";
        };
    }

    /** True if Tensor, Linalg or nn.Functional has a public method of this name. */
    static boolean hasMethod(String name) {
        return Stream.of(Tensor.class, Linalg.class, Functional.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .map(Method::getName)
                .anyMatch(name::equals);
    }
}
