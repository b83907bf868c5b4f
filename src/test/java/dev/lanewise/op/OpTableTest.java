package dev.lanewise.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testing.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/ops.md says what the registry says. */
class OpTableTest {
    private static final String COMMAND = "mvn -pl src test -Dtest=OpTableTest -Dlanewise.writeDocs=true";

    @Test
    void tableInTheDocsIsNotStale() throws IOException {
        Path file = Project.root().resolve("docs").resolve("ops.md");
        String expected = OpTable.render();
        if (Boolean.getBoolean("lanewise.writeDocs")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertTrue(Files.exists(file), "docs/ops.md is missing. Write it with: " + COMMAND);
        assertEquals(expected, Project.read(file), "docs/ops.md is stale. Write it anew with: " + COMMAND);
    }
}
