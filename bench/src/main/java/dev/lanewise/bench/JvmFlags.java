package dev.lanewise.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The flags that a JVM needs to run Lanewise with SIMD; the build writes them into a resource. */
public final class JvmFlags {
    private JvmFlags() {}

    /** The flags, blanks between them. */
    public static String text() {
        try (InputStream in = JvmFlags.class.getResourceAsStream("jvm-args.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One flag each. */
    public static List<String> list() {
        return List.of(text().split("\\s+", -1));
    }
}
