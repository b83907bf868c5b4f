package dev.lanewise.bench.rivals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Unpacks the official libtorch, which one artifact has, and names it to the Java binding, which is another artifact and
 * would load a build of its own.
 */
final class TorchLibrary {
    private static final String FOLDER = "pytorch/cpu/linux-x86_64/";
    private static final List<String> FILES =
            List.of("libgomp-98b21ff3.so.1", "libc10.so", "libtorch_cpu.so", "libtorch.so");

    private TorchLibrary() {}

    /** Must be called before the first class of the binding is used. */
    static void prepare() {
        Path target = Path.of(System.getProperty("user.home"), ".javacpp", "lanewise-bench", "libtorch-2.7.1");
        try {
            Files.createDirectories(target);
            for (String file : FILES) {
                unpack(file, target.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty("org.bytedeco.javacpp.pathsFirst", "true");
        System.setProperty("org.bytedeco.javacpp.platform.preloadpath", target.toString());
    }

    private static void unpack(String file, Path target) throws IOException {
        if (Files.exists(target)) {
            return;
        }
        Path partial = target.resolveSibling(file + ".part" + ProcessHandle.current().pid());
        try (InputStream in = TorchLibrary.class.getClassLoader().getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IOException("no " + FOLDER + file + " on the class path");
            }
            Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
