package dev.lanewise.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * What is added to the user's options for JMH: the flags of the forked JVMs and, where the user names no ops, all of the
 * registry, so that a new op is measured without an edit. Without any options there is a short tour.
 */
final class Options {
    private static final String JVM_ARGS = "-jvmArgsAppend";
    private static final String PARAMETER = "-p";
    private static final String OPS = "op=";

    private Options() {}

    /** The options to start JMH with; IllegalArgumentException with one line if an op is not in the registry. */
    static String[] complete(String... args) {
        List<String> options = new ArrayList<>(List.of(args));
        if (options.isEmpty()) {
            System.out.println("A short tour: every benchmark, ops on " + OpBenchmark.TOUR_SIZE + " elements only."
                    + " Choose with a pattern and parameters, for example: GemmBenchmark -p dtype=FLOAT64,"
                    + " or OpBenchmark -p op=exp,sum -p size=1000,1000000. List with -lp, all options with -h.");
            options.addAll(List.of(PARAMETER, "size=" + OpBenchmark.TOUR_SIZE));
        }
        addFlags(options, JvmFlags.text());
        addOps(options);
        return options.toArray(String[]::new);
    }

    /** A jar's manifest cannot add a module, and JMH takes the option only once, so the user's value is merged. */
    private static void addFlags(List<String> options, String flags) {
        int given = options.indexOf(JVM_ARGS);
        if (given >= 0 && given + 1 < options.size()) {
            options.set(given + 1, flags + " " + options.get(given + 1));
        } else {
            options.addAll(0, List.of(JVM_ARGS, flags));
        }
    }

    private static void addOps(List<String> options) {
        boolean chosen = false;
        for (int i = 1; i < options.size(); i++) {
            if (options.get(i - 1).equals(PARAMETER) && options.get(i).startsWith(OPS)) {
                chosen = true;
                check(options.get(i).substring(OPS.length()).split(",", -1));
            }
        }
        if (!chosen) {
            options.addAll(List.of(PARAMETER, OPS + String.join(",", OpCall.names())));
        }
    }

    private static void check(String... names) {
        for (String name : names) {
            if (!OpCall.names().contains(name)) {
                throw new IllegalArgumentException("-p op: must be an elementwise op or a reduction, got '" + name
                        + "'; there are " + String.join(", ", OpCall.names()) + ".");
            }
        }
    }
}
