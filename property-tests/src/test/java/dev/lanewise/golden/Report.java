package dev.lanewise.golden;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of one family: how many cases passed, which failed and how, which are not supported and why. */
final class Report {
    private final String family;
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> unsupported = new TreeMap<>();
    private int passed;

    Report(String family) {
        this.family = family;
    }

    /** Runs one case; an {@link Unsupported} or any other exception is noted under its id. */
    void check(String id, String what, Runnable body) {
        try {
            body.run();
            passed++;
        } catch (Unsupported e) {
            unsupported.merge(what + ": " + e.getMessage(), 1, Integer::sum);
        } catch (RuntimeException | AssertionError e) {
            failures.add(id + ": " + e.toString().replace('\n', ' '));
        }
    }

    /** Notes cases that nothing was tried for. */
    void unsupported(String what, int count) {
        unsupported.merge(what, count, Integer::sum);
    }

    String family() {
        return family;
    }

    int passed() {
        return passed;
    }

    List<String> failures() {
        return Collections.unmodifiableList(failures);
    }

    /** What is not supported with the number of cases, by operator and reason. */
    Map<String, Integer> unsupported() {
        return Collections.unmodifiableMap(unsupported);
    }

    int unsupportedCases() {
        return unsupported.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The one line that sums it up. */
    String line() {
        return line(family, passed, failures.size(), unsupportedCases());
    }

    static String line(String name, int passed, int failed, int unsupported) {
        return name + ": " + passed + " passed, " + failed + " failed, " + unsupported + " not supported";
    }
}
