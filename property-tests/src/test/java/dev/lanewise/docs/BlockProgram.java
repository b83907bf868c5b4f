package dev.lanewise.docs;

import dev.lanewise.PrintOptions;
import dev.lanewise.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the Java blocks of a document, one class per section, and runs them one after the other. */
final class BlockProgram {
    /** Printed between the outputs of two blocks; no text has it. */
    private static final String MARK = "\u0001";

    private final List<Document.Block> blocks;
    private final Path folder;

    BlockProgram(List<Document.Block> blocks, Path folder) {
        this.blocks = blocks;
        this.folder = folder;
    }

    /** What each block printed, in lines. */
    List<List<String>> run() throws IOException, ReflectiveOperationException, URISyntaxException {
        compile();
        List<List<String>> out = new ArrayList<>();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            for (int section : sections()) {
                out.addAll(printed(loader.loadClass(name(section))));
            }
        }
        return out;
    }

    private Set<Integer> sections() {
        return blocks.stream().map(Document.Block::section).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(int section) {
        return "Section" + section;
    }

    private void compile() throws IOException, URISyntaxException {
        List<Path> files = new ArrayList<>();
        for (int section : sections()) {
            Path file = folder.resolve(name(section) + ".java");
            files.add(Files.writeString(file, source(section)));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path library = Path.of(
                Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> options = new ArrayList<>(
                List.of("-nowarn", "-Xlint:none", "-proc:none", "-cp", library.toString(), "-d", folder.toString()));
        // On JDK 21 alone the library itself was compiled so.
        if (ManagementFactory.getRuntimeMXBean().getInputArguments().contains("--enable-preview")) {
            options.addAll(List.of("--enable-preview", "-source", "21"));
        }
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new AssertionError("The blocks do not compile:\n" + messages);
            }
        }
    }

    /** The imports of all blocks, and the blocks of the section as one method, so that they share variables. */
    private String source(int section) {
        StringBuilder out = new StringBuilder();
        blocks.stream()
                .flatMap(block -> block.code().stream())
                .filter(line -> line.startsWith("import "))
                .distinct()
                .forEach(line -> out.append(line).append('\n'));
        out.append("public class ").append(name(section)).append(" {\npublic static void run() throws Exception {\n");
        for (Document.Block block : blocks) {
            if (block.section() == section) {
                block.code().stream()
                        .filter(line -> !line.startsWith("import "))
                        .forEach(line -> out.append(line).append('\n'));
                out.append("System.out.print(\"\\u0001\");\n");
            }
        }
        return out.append("}\n}\n").toString();
    }

    private static List<List<String>> printed(Class<?> section) throws ReflectiveOperationException {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            section.getMethod("run").invoke(null);
        } finally {
            System.setOut(before);
            PrintOptions.setCurrent(PrintOptions.DEFAULT);
        }
        String[] parts = bytes.toString(StandardCharsets.UTF_8).split(MARK, -1);
        return Arrays.stream(parts, 0, parts.length - 1)
                .map(part -> part.replace("\r\n", "\n").lines().toList())
                .toList();
    }
}
