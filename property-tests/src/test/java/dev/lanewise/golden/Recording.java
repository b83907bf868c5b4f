package dev.lanewise.golden;

import dev.lanewise.testing.Golden;
import dev.lanewise.testing.Json;
import dev.lanewise.testing.Npz;
import dev.lanewise.testing.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The recorded cases of one family of operators. */
record Recording(String family, List<Case> cases) {
    /** The families in a directory of recordings. */
    static List<String> families(Path directory) {
        Path ops = directory.resolve("ops");
        if (!Files.isDirectory(ops)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(ops)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json") && !name.equals("index.json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a family. */
    static Recording read(Path directory, String family) {
        Path ops = directory.resolve("ops");
        Map<String, Object> json = Golden.map(Json.parse(Project.read(ops.resolve(family + ".json"))));
        Path npz = ops.resolve(family + ".npz");
        Map<String, Npz.Array> arrays = Files.exists(npz) ? Npz.read(npz) : Map.of();
        List<Case> cases = Golden.maps(json.get("cases")).stream()
                .map(one -> new Case(one, arrays))
                .toList();
        return new Recording(family, cases);
    }
}
