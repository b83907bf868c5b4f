package dev.lanewise.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a Markdown file that is written by the report, between two comments; the rest is a writer's. */
final class Section {
    private final String begin;
    private final String end;

    Section(String name) {
        begin = "<!-- " + name + ": written by bench/run-report -->";
        end = "<!-- end of " + name + " -->";
    }

    /** The file's text with the section replaced; the text as it is if it has no such section. */
    String replace(String file, String text) {
        int from = file.indexOf(begin);
        int to = file.indexOf(end);
        if (from < 0 || to < from) {
            return file;
        }
        return file.substring(0, from + begin.length()) + "\n" + text.strip() + "\n" + file.substring(to);
    }

    /** Replaces it in a file; false if the file has no such section. */
    boolean write(Path file, String text) throws IOException {
        String before = Files.readString(file);
        String after = replace(before, text);
        if (!after.equals(before)) {
            Files.writeString(file, after);
        }
        return before.contains(begin) && before.contains(end);
    }
}
