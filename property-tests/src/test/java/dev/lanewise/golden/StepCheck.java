package dev.lanewise.golden;

import dev.lanewise.golden.tutorial.Steps;
import dev.lanewise.testing.Golden;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Compares the steps of one snippet with the recorded ones, in order; each is one case of the report. */
final class StepCheck implements Steps {
    private final Report report;
    private final Map<String, Object> snippet;
    private final Deque<Map<String, Object>> rest = new ArrayDeque<>();

    StepCheck(Report report, Map<String, Object> snippet) {
        this.report = report;
        this.snippet = snippet;
        for (Map<String, Object> step : Golden.maps(snippet.get("steps"))) {
            if (step.containsKey("assigned") || step.containsKey("args") || step.containsKey("printed_first10")) {
                rest.add(step);
            }
        }
    }

    @Override
    public long seed() {
        return ((Number) snippet.get("seed")).longValue();
    }

    @Override
    public <T> T assign(String name, T value) {
        step(step -> {
            Map<String, Object> assigned = Golden.map(step.get("assigned"));
            Expect.same(assigned == null ? null : assigned.get("name"), name, "variable");
            RecordedValue.check(Golden.map(assigned.get("value")), value, 0, name);
        });
        return value;
    }

    @Override
    public void print(Object... values) {
        step(step -> checkPrinted(step, true, 0, values));
    }

    @Override
    public void printAbout(double tolerance, Object... values) {
        step(step -> checkPrinted(step, true, tolerance, values));
    }

    @Override
    public void printArrays(Object... values) {
        step(step -> checkPrinted(step, false, 0, values));
    }

    private void checkPrinted(Map<String, Object> step, boolean text, double tolerance, Object... values) {
        List<Map<String, Object>> args = Golden.maps(step.get("args"));
        Expect.same(args.size(), values.length, "number of printed values");
        boolean isVolatile = Boolean.TRUE.equals(step.get("volatile"));
        for (int i = 0; i < values.length; i++) {
            if (!isVolatile || !"other".equals(args.get(i).get("kind"))) {
                RecordedValue.check(args.get(i), values[i], tolerance, "value " + i);
            }
        }
        String printed = (String) step.get("printed");
        if (text && printed != null) {
            String got = Printed.line(values);
            if (isVolatile) {
                // an address stands in the text; what comes before is compared
                String start = printed.substring(0, printed.indexOf(" object at "));
                Expect.same(true, got.startsWith(start), got + " starts with " + start);
            } else if (tolerance == 0) {
                Expect.same(printed, got, "printed text");
            } else {
                Expect.same(null, PrintedNumbers.difference(printed, got, tolerance), "printed text");
            }
        }
    }

    @Override
    public void skip(String why) {
        rest.remove();
        report.unsupported("snippet " + snippet.get("id") + ": " + why, 1);
    }

    @Override
    public void trace(double[][] rows, String[] lines) {
        step(step -> {
            List<Object> recorded = Golden.list(snippet.get("trace"));
            Expect.same(recorded.size(), rows.length, "rows");
            for (int i = 0; i < rows.length; i++) {
                double[] wanted = Golden.doubles(recorded.get(i));
                Expect.same(Arrays.toString(wanted), Arrays.toString(rows[i]), "row " + i);
            }
            List<Object> first = Golden.list(step.get("printed_first10"));
            List<Object> last = Golden.list(step.get("printed_last10"));
            Expect.same(first, List.of(lines).subList(0, first.size()), "first lines");
            Expect.same(last, List.of(lines).subList(lines.length - last.size(), lines.length), "last lines");
        });
    }

    private interface Body {
        void run(Map<String, Object> step);
    }

    private void step(Body body) {
        if (rest.isEmpty()) {
            throw new AssertionError("more steps than recorded");
        }
        Map<String, Object> step = rest.remove();
        String id = "snippet " + snippet.get("id") + ", step " + step.get("n") + " " + step.get("code");
        report.check(id, "snippet " + snippet.get("id"), () -> body.run(step));
    }

    /** To be called after the last step: all that was recorded must have been seen. */
    void finish() {
        Expect.same(0, rest.size(), "recorded steps left");
    }
}
