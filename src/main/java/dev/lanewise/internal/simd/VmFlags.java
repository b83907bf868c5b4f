package dev.lanewise.internal.simd;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** Flags of the running VM, where it tells them. */
final class VmFlags {
    private VmFlags() {}

    /** The value of a VM flag; null if this VM has no such flag or does not tell. */
    static String get(String name) {
        try {
            return Diagnostics.value(name);
        } catch (IllegalArgumentException | LinkageError unknown) {
            return null;
        }
    }

    /** Apart, because the class it uses is missing from some runtimes. */
    private static final class Diagnostics {
        static String value(String name) {
            HotSpotDiagnosticMXBean bean = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return bean == null ? null : bean.getVMOption(name).getValue();
        }
    }
}
