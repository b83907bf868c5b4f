package dev.lanewise.golden;

import dev.lanewise.testing.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Replays a directory of recorded results and prints one line per family, what failed and what is not supported.
 *
 * <p>Arguments: the directory ({@code golden} of the project if there is none), then families; all that the directory has
 * if none are named. The exit status is 1 if anything failed.
 */
public final class RunGolden {
    /** The recordings that are not operator calls: the file or folder that holds them, and who replays it. */
    private static final Map<String, Function<Path, Report>> OTHERS = new LinkedHashMap<>();

    static {
        OTHERS.put("train", TrainReplay::replay);
        OTHERS.put("files", FilesReplay::replay);
        OTHERS.put("models", directory -> notYet(directory, "models", "running whole models"));
        OTHERS.put("tutorial", TutorialReplay::replay);
        OTHERS.put("rng", RngReplay::replay);
    }

    private RunGolden() {}

    /** Runs the families named on the command line. */
    public static void main(String[] args) {
        Path directory = args.length > 0 ? Path.of(args[0]) : Project.root().resolve("golden");
        if (families(directory).isEmpty()) {
            System.err.println("run-golden: " + directory + " is no directory of recorded results.");
            System.exit(2);
        }
        List<String> named = args.length > 1 ? Arrays.asList(args).subList(1, args.length) : families(directory);
        if (!families(directory).containsAll(named)) {
            System.err.println("run-golden: " + directory + " has no recordings of " + named + "; it has "
                    + families(directory) + ".");
            System.exit(2);
        }
        boolean failed =
                print(named.stream().map(family -> replay(directory, family)).toList());
        System.exit(failed ? 1 : 0);
    }

    /** The families of a directory. */
    static List<String> families(Path directory) {
        List<String> all = new ArrayList<>(Recording.families(directory));
        OTHERS.keySet().stream()
                .filter(name ->
                        Files.exists(directory.resolve(name)) || Files.exists(directory.resolve(name + ".json")))
                .forEach(all::add);
        return all;
    }

    /** Replays one family. */
    static Report replay(Path directory, String family) {
        Function<Path, Report> other = OTHERS.get(family);
        return other == null ? OpReplay.replay(Recording.read(directory, family)) : other.apply(directory);
    }

    private static boolean print(List<Report> reports) {
        int passed = 0;
        int failed = 0;
        int unsupported = 0;
        for (Report report : reports) {
            System.out.println(report.line());
            report.failures().forEach(failure -> System.out.println("  failed " + failure));
            report.unsupported()
                    .forEach((what, count) -> System.out.println("  not supported " + what + " (" + count + ")"));
            passed += report.passed();
            failed += report.failures().size();
            unsupported += report.unsupportedCases();
        }
        System.out.println(Report.line("TOTAL", passed, failed, unsupported));
        return failed > 0;
    }

    /** A folder of recordings that the library has nothing for yet; each file counts as a case. */
    private static Report notYet(Path directory, String folder, String what) {
        Report report = new Report(folder);
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            report.unsupported(
                    what, Math.toIntExact(files.filter(Files::isRegularFile).count()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return report;
    }
}
