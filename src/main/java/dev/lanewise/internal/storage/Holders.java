package dev.lanewise.internal.storage;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts who holds memory, for messages and reports. */
final class Holders {
    private static final int LARGEST_SHOWN = 5;

    private long count;
    private long bytes;

    private Holders() {}

    /** The kinds of storages that hold most, in one line. */
    static String largest() {
        String list = sorted(false).stream()
                .limit(LARGEST_SHOWN)
                .map(entry -> entry.getValue().describe(entry.getKey()))
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? "none" : list;
    }

    /** All kinds of storages that hold memory, with the places where they were created if those are known. */
    static String report() {
        String lines = sorted(true).stream()
                .map(entry -> "\n  " + entry.getValue().describe(entry.getKey()))
                .collect(Collectors.joining());
        return "storages that hold memory: " + (lines.isEmpty() ? "none" : lines)
                + (Trace.ON ? "" : "\n  (-Dlanewise.scopes=trace tells where they were created)");
    }

    /** Bytes in words, for example {@code 1.5 MB}. */
    static String text(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " bytes";
        }
        int step = Math.min(5, (63 - Long.numberOfLeadingZeros(bytes)) / 10);
        return String.format(Locale.ROOT, "%.1f %cB", bytes / (double) (1L << (10 * step)), " KMGTP".charAt(step));
    }

    private static List<Map.Entry<String, Holders>> sorted(boolean bySite) {
        Map<String, Holders> kinds = new HashMap<>();
        Claim.forEach(claim -> {
            if (claim instanceof Lease lease) {
                String site = bySite && lease.site() != null ? " created at " + lease.site() : "";
                Holders kind = kinds.computeIfAbsent(lease.holder() + site, key -> new Holders());
                kind.count++;
                kind.bytes += lease.block.size;
            }
        });
        Comparator<Map.Entry<String, Holders>> byBytes = Comparator.comparingLong(entry -> -entry.getValue().bytes);
        return kinds.entrySet().stream()
                .sorted(byBytes.thenComparing(Map.Entry::getKey))
                .toList();
    }

    private String describe(String kind) {
        return count + " x " + kind + " (" + text(bytes) + ")";
    }
}
