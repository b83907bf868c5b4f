package dev.lanewise.docs;

import java.util.ArrayList;
import java.util.List;

/** A document in Markdown: its sections with their Java blocks, and the text block that may follow each. */
final class Document {
    private static final String JAVA = "```java";
    private static final String TEXT = "```text";
    private static final String END = "```";

    private final List<String> lines;
    private final List<Block> blocks = new ArrayList<>();

    /**
     * A Java block.
     *
     * @param section the number of the section it stands in, from 0
     * @param code its lines
     * @param shown the text shown after it, empty if there is none
     * @param end the line after its closing fence
     * @param textEnd the line after the closing fence of its text, or {@code end} if there is none
     */
    record Block(int section, List<String> code, List<String> shown, int end, int textEnd) {}

    Document(List<String> lines) {
        this.lines = lines;
        int section = 0;
        for (int i = 0; i < lines.size(); i++) {
            section += lines.get(i).startsWith("## ") ? 1 : 0;
            if (lines.get(i).equals(JAVA)) {
                int end = fence(i) + 1;
                int next = end + 1 < lines.size() && lines.get(end).isEmpty() ? end + 1 : end;
                boolean shows = next < lines.size() && lines.get(next).equals(TEXT);
                int textEnd = shows ? fence(next) + 1 : end;
                List<String> shown = shows ? lines.subList(next + 1, textEnd - 1) : List.of();
                blocks.add(new Block(section, lines.subList(i + 1, end - 1), shown, end, textEnd));
                i = textEnd - 1;
            }
        }
    }

    private int fence(int open) {
        int close = open + 1;
        while (!lines.get(close).equals(END)) {
            close++;
        }
        return close;
    }

    List<Block> blocks() {
        return blocks;
    }

    /** The document with other texts after its Java blocks, one per block; an empty one is left out. */
    List<String> withTexts(List<List<String>> texts) {
        List<String> out = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            out.addAll(lines.subList(from, block.end()));
            if (!texts.get(i).isEmpty()) {
                out.add("");
                out.add(TEXT);
                out.addAll(texts.get(i));
                out.add(END);
            }
            from = block.textEnd();
        }
        out.addAll(lines.subList(from, lines.size()));
        return out;
    }
}
