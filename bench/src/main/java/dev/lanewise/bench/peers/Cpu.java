package dev.lanewise.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The processor as Linux describes it. */
final class Cpu {
    private static final Path INFO = Path.of("/proc/cpuinfo");

    private Cpu() {}

    /** The model's name, or the architecture where there is none. */
    static String name() {
        return field("model name", System.getProperty("os.arch"));
    }

    /**
     * OpenBLAS takes processors that are newer than itself for old ones; its kernels for the instructions that are there
     * are named to it.
     */
    static Map<String, String> openBlasKernels() {
        String flags = " " + field("flags", "") + " ";
        if (flags.contains(" avx512_bf16 ")) {
            return Map.of("OPENBLAS_CORETYPE", "Cooperlake");
        }
        return flags.contains(" avx512f ") ? Map.of("OPENBLAS_CORETYPE", "SkylakeX") : Map.of();
    }

    private static String field(String key, String otherwise) {
        try {
            for (String line : Files.readAllLines(INFO)) {
                if (line.startsWith(key)) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException e) {
            return otherwise;
        }
        return otherwise;
    }
}
