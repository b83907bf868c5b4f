package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.testing.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The drawing of the packages in docs/architecture.md: who may use whom. Read from the sources of the library. */
class RoomTest {
    private static final String ROOT = "dev.lanewise";
    private static final String INTERNAL = ROOT + ".internal.";

    /** The lower half from the bottom up: a room may use only those before it. */
    private static final List<String> LOWER = List.of(
            "error",
            "text",
            "math",
            "shape",
            "iter",
            "parallel",
            "storage",
            "random",
            "kernel",
            "simd",
            "gemm",
            "linalg");

    /** What the lower half may know of the upper. */
    private static final Set<String> VOCABULARY = Set.of(
            "DType",
            "Shape",
            "ShapeException",
            "DTypeException",
            "IndexException",
            "GradException",
            "ClosedException",
            "MemoryException");

    /** What the users' library may use, apart from its own package. */
    private static final Map<String, Set<String>> ON_TOP = Map.of(
            ROOT + ".nn", Set.of(ROOT, ROOT + ".autograd", INTERNAL + "error", INTERNAL + "text"),
            ROOT + ".optim", Set.of(ROOT, ROOT + ".nn", INTERNAL + "error", INTERNAL + "text"),
            ROOT + ".data", Set.of(ROOT, INTERNAL + "error", INTERNAL + "random"),
            ROOT + ".io", Set.of(ROOT, ROOT + ".nn", INTERNAL + "error"),
            ROOT + ".train",
                    Set.of(
                            ROOT,
                            ROOT + ".nn",
                            ROOT + ".optim",
                            ROOT + ".data",
                            ROOT + ".io",
                            ROOT + ".metrics",
                            INTERNAL + "error"),
            ROOT + ".metrics", Set.of(ROOT, INTERNAL + "error"));

    /** The classes of the users' library that call declared ops. */
    private static final Set<String> CALLS_OPS = Set.of(
            ROOT + ".nn.Functional",
            ROOT + ".nn.Activations",
            ROOT + ".nn.Losses",
            ROOT + ".nn.ClassLosses",
            ROOT + ".nn.CtcArguments",
            ROOT + ".nn.EmbeddingFunctions",
            ROOT + ".nn.Attention",
            ROOT + ".nn.Bags",
            ROOT + ".nn.Normalization",
            ROOT + ".nn.Convolutions",
            ROOT + ".nn.Pooling",
            ROOT + ".optim.Moments",
            ROOT + ".optim.SGD",
            ROOT + ".optim.Adamax",
            ROOT + ".optim.NAdam",
            ROOT + ".optim.RAdam",
            ROOT + ".optim.RMSprop",
            ROOT + ".optim.Adagrad",
            ROOT + ".optim.Adadelta",
            ROOT + ".optim.ASGD",
            ROOT + ".optim.Rprop",
            ROOT + ".optim.Lion",
            ROOT + ".nn.Recurrence",
            ROOT + ".nn.Resizing");

    private static final Set<String> VECTOR_ROOMS = Set.of(INTERNAL + "simd", ROOT + ".op");
    private static final int MOST_LINES = 500;

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern NAME = Pattern.compile("\\b(dev\\.lanewise(?:\\.[a-z]\\w*)*)\\.([A-Z]\\w*)");
    private static final Pattern TEXT_OR_COMMENT =
            Pattern.compile("\"(?:\\\\.|[^\"\\\\\\n])*\"|/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

    /** One file: where it belongs and what it names. */
    private record Source(String room, String type, String code, int lines) {}

    private static List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        for (Path file : Project.mainSources()) {
            String text = Project.read(file);
            Matcher matcher = PACKAGE.matcher(text);
            if (matcher.find()) {
                String type = file.getFileName().toString().replace(".java", "");
                String code = TEXT_OR_COMMENT.matcher(text).replaceAll(" ");
                sources.add(new Source(
                        matcher.group(1), type, code, (int) text.lines().count()));
            }
        }
        assertTrue(sources.size() > 100, "only " + sources.size() + " source files were found");
        return sources;
    }

    @Test
    void lowerHalfKnowsOnlyWhatIsBelowIt() {
        Set<String> wrong = new TreeSet<>();
        int checked = 0;
        for (Source source : sources()) {
            if (!source.room().startsWith(INTERNAL)) {
                continue;
            }
            int level = level(source.room());
            for (Map.Entry<String, String> use : uses(source).entrySet()) {
                checked++;
                String room = use.getValue();
                boolean known = room.equals(ROOT) && VOCABULARY.contains(simpleName(use.getKey()));
                boolean below = room.startsWith(INTERNAL) && level(room) < level;
                if (!known && !below) {
                    wrong.add(source.room() + "." + source.type() + " uses " + use.getKey());
                }
            }
        }
        assertEquals(Set.of(), wrong);
        assertTrue(checked > 50, "only " + checked + " uses were checked");
    }

    @Test
    void usersLibraryStandsOnThePublicApi() {
        Set<String> wrong = new TreeSet<>();
        int checked = 0;
        for (Source source : sources()) {
            Set<String> allowed = ON_TOP.get(source.room());
            if (allowed == null) {
                continue;
            }
            boolean callsOps = CALLS_OPS.contains(source.room() + "." + source.type());
            for (Map.Entry<String, String> use : uses(source).entrySet()) {
                checked++;
                if (!allowed.contains(use.getValue())
                        && !(callsOps && use.getValue().equals(ROOT + ".op"))) {
                    wrong.add(source.room() + "." + source.type() + " uses " + use.getKey());
                }
            }
        }
        assertEquals(Set.of(), wrong);
        assertTrue(checked > 20, "only " + checked + " uses were checked");
    }

    @Test
    void nothingBelowUsesTheUsersLibrary() {
        Set<String> wrong = new TreeSet<>();
        for (Source source : sources()) {
            if (!ON_TOP.containsKey(source.room())) {
                uses(source).forEach((name, room) -> {
                    if (ON_TOP.containsKey(room)) {
                        wrong.add(source.room() + "." + source.type() + " uses " + name);
                    }
                });
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void vectorApiStaysInItsRooms() {
        Set<String> rooms = new TreeSet<>();
        for (Source source : sources()) {
            if (source.code().contains("jdk.incubator.vector") && !source.type().equals("module-info")) {
                rooms.add(source.room());
            }
        }
        assertEquals(new TreeSet<>(VECTOR_ROOMS), rooms);
    }

    @Test
    void filesAreShort() {
        Set<String> wrong = new TreeSet<>();
        for (Source source : sources()) {
            if (source.lines() > MOST_LINES) {
                wrong.add(source.room() + "." + source.type() + " has " + source.lines() + " lines");
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<String> all = new TreeSet<>();
        Set<String> described = new TreeSet<>();
        for (Source source : sources()) {
            all.add(source.room());
            if (source.type().equals("package-info")) {
                described.add(source.room());
            }
        }
        assertEquals(all, described);
    }

    /** The types of other packages that a file names, with their packages. */
    private static Map<String, String> uses(Source source) {
        Map<String, String> uses = new TreeMap<>();
        Matcher matcher = NAME.matcher(source.code());
        while (matcher.find()) {
            if (!matcher.group(1).equals(source.room())) {
                uses.put(matcher.group(), matcher.group(1));
            }
        }
        return uses;
    }

    private static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static int level(String room) {
        int level = LOWER.indexOf(room.substring(INTERNAL.length()));
        assertTrue(level >= 0, room + " is not in the drawing of the lower half");
        return level;
    }
}
