package dev.lanewise.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What the report makes of given figures. */
class ReportTest {
    @TempDir
    Path folder;

    private static Results figures() {
        Results results = new Results();
        Map<String, Double> hardware = new LinkedHashMap<>();
        hardware.put(Probe.FMA_FLOAT, 200.0);
        hardware.put(Probe.FMA_DOUBLE, 100.0);
        for (int size : Probe.SIZES) {
            for (String kind : List.of(Probe.COPY, Probe.ADD, Probe.SUM)) {
                hardware.put(kind + Sizes.text(size), 100.0);
            }
        }
        results.probe(1, hardware);
        results.machine(Map.of("processor", "one \"quoted\" processor"));
        add(results, "sgemm 512", Rival.LANEWISE, 1, 1500, 96);
        add(results, "sgemm 512", Rival.MKL, 1, 1400, 0);
        add(results, "sgemm 512", Rival.OPENBLAS, 1, 3000, 0);
        add(results, "sgemm 16", Rival.MKL, 1, 0.25, 0);
        add(results, "add 1e3", Rival.LANEWISE, 1, 0.064, 112);
        add(results, "add 1e3", Rival.LIBTORCH, 1, 1.96, 32);
        return results;
    }

    private static void add(Results results, String workload, Rival system, int threads, double micros, double bytes) {
        results.add(new Result(workload, system, threads, micros, micros / 2, micros * 2, bytes, "2026-01-02"));
    }

    @Test
    void aTableShowsWhatMissesItsBarInBold() {
        String table = new Tables(figures()).group(Workload.Group.PRODUCTS, 1);
        assertEquals("""
                | work, µs | Lanewise | MKL | OpenBLAS | limit | ours / best | bars | heap bytes |
                |---|---|---|---|---|---|---|---|
                | sgemm 16 | not there yet | 0.250 |  | 0.041 |  |  |  |
                | sgemm 512 | **1,500** | 1,400 | 3,000 | 1,340 | 1.07 | **1.07 > 1.05** MKL | 96 |
                """, table);
        assertEquals("1 of 2 bars reached", new Tables(figures()).score(1));
    }

    @Test
    void aFileOfResultsIsReadAsItWasWritten() throws Exception {
        Path file = folder.resolve("deeper").resolve("results.json");
        figures().write(file);
        Results read = Results.read(file);
        assertEquals("one \"quoted\" processor", read.machine().get("processor"));
        assertEquals(figures().probe(1), read.probe(1));
        Path again = folder.resolve("again.json");
        read.write(again);
        assertEquals(Files.readString(file), Files.readString(again));
        assertTrue(Files.readString(file).contains("\"workload\": \"add 1e3\", \"system\": \"LANEWISE\""));
    }

    @Test
    void onlyTheSectionOfAFileIsReplaced() {
        String file = "before\n<!-- report: written by bench/run-report -->\nold\n<!-- end of report -->\nafter\n";
        String wanted = "before\n<!-- report: written by bench/run-report -->\nnew\n<!-- end of report -->\nafter\n";
        assertEquals(wanted, ReportWriter.REPORT.replace(file, "\nnew\n\n"));
        assertEquals("no section", ReportWriter.REPORT.replace("no section", "new"));
    }

    @Test
    void chartsAreWellFormedAndHaveABarForEachFigure() throws Exception {
        BarChart chart = new BarChart("a < b & c", List.of("ours", "theirs"), 3, 1);
        chart.add("first", 0.5, 9);
        chart.add("second", 2, Double.NaN);
        Element svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())))
                .getDocumentElement();
        // A background, two squares of the legend, three bars.
        assertEquals(6, svg.getElementsByTagName("rect").getLength());
        assertEquals(1, svg.getElementsByTagName("line").getLength());
        assertEquals("a < b & c", svg.getElementsByTagName("text").item(0).getTextContent());
        assertTrue(chart.svg().contains("9.00 →"));
        assertEquals(
                Set.of("products.svg", "elementwise.svg"),
                new Charts(figures(), 1).all().keySet());
    }

    @Test
    void workloadsHaveNamesOfTheirOwnAndSomethingToCompareWith() {
        Set<String> names = new HashSet<>();
        for (Workload workload : Workloads.list()) {
            assertTrue(names.add(workload.name()), workload.name());
            assertFalse(workload.operands().isEmpty(), workload.name());
            assertTrue(Rival.LIBTORCH.takes(workload, 2), workload.name());
        }
        assertTrue(names.size() > 60, "workloads are missing: " + names.size());
    }

    @Test
    void ourOwnWorkloadsRun() {
        LanewisePeer peer = new LanewisePeer(1);
        for (String name :
                List.of("sgemm 16", "add 1e3", "topk 10 of rows 1000×1000", "Linear(1,1), MSE, SGD, batch 16")) {
            assertTrue(peer.prepare(Workloads.named(name)).run() >= 0, name);
        }
    }
}
