package dev.lanewise.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testing.Project;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorials show what their Java blocks print, and both have the same blocks. */
class TutorialTest {
    private static final String COMMAND =
            "mvn -pl src,property-tests test -Dtest=OpTableTest,TutorialTest -Dlanewise.writeDocs=true";

    @TempDir
    Path folder;

    private static Path file(String name) {
        return Project.root().resolve("docs").resolve(name);
    }

    private static Document read(String name) {
        return new Document(Project.read(file(name)).lines().toList());
    }

    private static void write(String name, List<String> lines) throws IOException {
        Files.writeString(file(name), String.join("\n", lines) + "\n");
    }

    @Test
    void shownTextIsWhatTheBlocksPrint() throws IOException, ReflectiveOperationException, URISyntaxException {
        List<Document.Block> blocks = read("tutorial.md").blocks();
        assertTrue(blocks.size() > 30, blocks.size() + " blocks");
        List<List<String>> printed = new BlockProgram(blocks, folder).run();
        assertEquals(blocks.size(), printed.size());
        if (Boolean.getBoolean("lanewise.writeDocs")) {
            write("tutorial.md", read("tutorial.md").withTexts(printed));
            write("tutorial.zh.md", read("tutorial.zh.md").withTexts(printed));
        }
        blocks = read("tutorial.md").blocks();
        for (int i = 0; i < blocks.size(); i++) {
            Document.Block block = blocks.get(i);
            assertEquals(
                    String.join("\n", printed.get(i)),
                    String.join("\n", block.shown()),
                    "docs/tutorial.md is stale after\n" + String.join("\n", block.code()) + "\nWrite it anew with: "
                            + COMMAND);
        }
    }

    @Test
    void bothTutorialsHaveTheSameBlocks() {
        List<Document.Block> english = read("tutorial.md").blocks();
        List<Document.Block> chinese = read("tutorial.zh.md").blocks();
        assertEquals(english.size(), chinese.size(), "number of blocks");
        for (int i = 0; i < english.size(); i++) {
            assertEquals(english.get(i).code(), chinese.get(i).code(), "block " + i);
            assertEquals(english.get(i).shown(), chinese.get(i).shown(), "text of block " + i);
        }
    }
}
