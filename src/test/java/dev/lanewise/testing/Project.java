package dev.lanewise.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the project that the tests were built from. */
public final class Project {
    private Project() {}

    /** The root of the project, looked for from the working directory upwards. */
    public static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null) {
            if (Files.exists(sources(directory).resolve("module-info.java"))) {
                return directory;
            }
            directory = directory.getParent();
        }
        throw new IllegalStateException("Project: no src/main/java/module-info.java above the working directory.");
    }

    /** The Java files of the library. */
    public static List<Path> mainSources() {
        try (Stream<Path> files = Files.walk(sources(root()))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a file, its lines ending in {@code \n}. */
    public static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path sources(Path root) {
        return root.resolve("src").resolve("main").resolve("java");
    }
}
