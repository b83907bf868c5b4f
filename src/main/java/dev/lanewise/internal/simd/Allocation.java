package dev.lanewise.internal.simd;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much heap a thread has allocated, where the VM tells. */
final class Allocation {
    private Allocation() {}

    /** Bytes allocated by the calling thread since it began; -1 if this VM does not tell. */
    static long ofThisThread() {
        try {
            return Counter.read();
        } catch (LinkageError absent) {
            return -1;
        }
    }

    /** Apart, because the class it uses is missing from some runtimes. */
    private static final class Counter {
        private static final ThreadMXBean BEAN = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

        static long read() {
            return BEAN != null && BEAN.isThreadAllocatedMemorySupported() ? BEAN.getCurrentThreadAllocatedBytes() : -1;
        }
    }
}
