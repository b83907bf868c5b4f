package dev.lanewise.internal.storage;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out how much memory the library may use unless it is told. */
final class MachineMemory {
    private static final String PROPERTY = "lanewise.memory";
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([kmg]?)b?");

    private MachineMemory() {}

    /** The limit from the system property; without it, or if it is none, the one that fits the machine. */
    static long initialLimit() {
        long fitting = Math.min(directMemory(), physicalMemory() / 4 * 3);
        String given = System.getProperty(PROPERTY);
        try {
            return given == null ? fitting : parse(given);
        } catch (IllegalArgumentException e) {
            System.err.println("lanewise: " + e.getMessage() + " Using " + Holders.text(fitting) + ".");
            return fitting;
        }
    }

    /** Bytes of a size such as {@code 256m}. */
    static long parse(String size) {
        Matcher matcher = SIZE.matcher(size.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new IllegalArgumentException("-D" + PROPERTY + ": must be a positive number of bytes, with k, m or g"
                    + " behind it if wanted, got " + size + ".");
        }
        int shift = 10 * ("kmg".indexOf(matcher.group(2)) + (matcher.group(2).isEmpty() ? 0 : 1));
        long number = Long.parseLong(matcher.group(1));
        return number > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : number << shift;
    }

    /** What the JVM allows; without the management module the default of that, which is the largest heap. */
    private static long directMemory() {
        try {
            String option = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .getVMOption("MaxDirectMemorySize")
                    .getValue();
            long bytes = Long.parseLong(option);
            return bytes > 0 ? bytes : Runtime.getRuntime().maxMemory();
        } catch (LinkageError | RuntimeException e) {
            return Runtime.getRuntime().maxMemory();
        }
    }

    private static long physicalMemory() {
        try {
            OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            return machine.getTotalMemorySize();
        } catch (LinkageError | RuntimeException e) {
            return Long.MAX_VALUE;
        }
    }
}
