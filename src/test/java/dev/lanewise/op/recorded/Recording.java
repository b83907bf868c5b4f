package dev.lanewise.op.recorded;

import dev.lanewise.testing.Golden;
import dev.lanewise.testing.Json;
import dev.lanewise.testing.Npz;
import dev.lanewise.testing.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The recorded cases of one family of operators. */
record Recording(String family, Map<String, Object> tolerances, List<Case> cases, Map<String, Object> notCopied) {
    /** A directory of the same format to be read instead of the test resources. */
    private static final String DIRECTORY = System.getProperty("lanewise.golden");

    private static final List<String> COPIED = List.of(
            "unary",
            "binary",
            "pointwise",
            "reduce",
            "shape",
            "indexing",
            "matmul",
            "inplace",
            "create",
            "double_grad",
            "activation",
            "loss");

    /** The families there are. */
    static List<String> families() {
        if (DIRECTORY == null) {
            return COPIED;
        }
        Path index = Path.of(DIRECTORY, "ops", "index.json");
        Map<String, Object> json = Golden.map(Json.parse(Project.read(index)));
        return Golden.maps(json.get("families")).stream()
                .map(family -> (String) family.get("family"))
                .toList();
    }

    /** Reads a family. */
    static Recording read(String family) {
        Map<String, Object> json;
        Map<String, Npz.Array> arrays;
        if (DIRECTORY == null) {
            json = Golden.json("ops/" + family + ".json");
            arrays = Golden.npz("ops/" + family + ".npz");
        } else {
            Path file = Path.of(DIRECTORY, "ops", family + ".json");
            json = Golden.map(Json.parse(Project.read(file)));
            Path npz = Path.of(DIRECTORY, "ops", family + ".npz");
            arrays = Files.exists(npz) ? Npz.read(npz) : Map.of();
        }
        Map<String, Object> tolerances = Golden.map(json.get("default_tolerance"));
        List<Case> cases = Golden.maps(json.get("cases")).stream()
                .map(one -> new Case(one, arrays, tolerances))
                .toList();
        Object rest = json.get("not_copied");
        return new Recording(family, tolerances, cases, rest == null ? Map.of() : Golden.map(rest));
    }
}
