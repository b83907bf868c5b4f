package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DType;
import dev.lanewise.Lanewise;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.nn.BatchNorm1d;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Module;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.Sequential;
import dev.lanewise.optim.Adam;
import dev.lanewise.testing.Project;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are written and read again; those that PyTorch wrote are replayed with the other recordings. */
class TorchFileTest {
    @TempDir
    private Path directory;

    private Object again(Object value) {
        Path file = directory.resolve("value.pt");
        TorchFile.save(value, file);
        return TorchFile.load(file);
    }

    private static Module model() {
        return new Sequential(new Linear(3, 4), new BatchNorm1d(4));
    }

    @Test
    void aCheckpointContinuesWhereItWasSaved() {
        Lanewise.manualSeed(3);
        Tensor x = Tensor.randn(6, 3);
        Module model = model();
        Adam optimizer = new Adam(model.parameters());
        step(model, optimizer, x);
        Object saved = again(Map.of("model", model.stateDict(), "optimizer", optimizer.stateDict()));
        Module other = model();
        Adam continued = new Adam(other.parameters());
        other.loadStateDict(stateDict(((Map<?, ?>) saved).get("model")));
        Map<String, Object> state = new LinkedHashMap<>();
        ((Map<?, ?>) ((Map<?, ?>) saved).get("optimizer")).forEach((key, value) -> state.put((String) key, value));
        continued.loadStateDict(state);
        for (int i = 0; i < 3; i++) {
            assertEquals(step(model, optimizer, x), step(other, continued, x));
        }
        model.stateDict()
                .forEach((name, tensor) ->
                        assertTrue(tensor.equal(other.stateDict().get(name)), name));
    }

    private static double step(Module model, Adam optimizer, Tensor x) {
        Tensor loss = model.forward(x).pow(2).sum();
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        return loss.item();
    }

    private static Map<String, Tensor> stateDict(Object value) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, tensor) -> out.put((String) key, (Tensor) tensor));
        return out;
    }

    @Test
    void everyKindOfValueComesBack() {
        Map<Object, Object> all = new LinkedHashMap<>();
        all.put("null", null);
        all.put("truth", true);
        all.put(7L, -3L);
        all.put("long", Long.MIN_VALUE);
        all.put("big", BigInteger.ONE.shiftLeft(80));
        all.put("double", -0.0);
        all.put("nan", Double.NaN);
        all.put("text", "é 漢字 \ud83d\ude00");
        all.put("size", Shape.of(2, 3));
        all.put("dtype", DType.BFLOAT16);
        all.put("list", Arrays.asList(1L, null, List.of()));
        all.put("map", Map.of("a", Map.of()));
        assertEquals(all, again(all));
        assertEquals(List.of(1L, 2L), again(new int[] {1, 2}));
        assertEquals(List.of(0.5, 0.25), again(new float[] {0.5f, 0.25f}));
        assertEquals(List.of(List.of("x")), again(new String[][] {{"x"}}));
    }

    @Test
    void tensorsOfEveryDtypeAndLayout() {
        for (DType dtype : DType.values()) {
            Tensor x = Tensor.arange(24).to(dtype).view(4, 6);
            List<Tensor> views = List.of(
                    x,
                    x.t(),
                    x.slice(1, 1, 6, 2),
                    x.select(0, 2),
                    x.get(0).get(0),
                    x.narrow(0, 0, 0),
                    x.select(0, 0).expand(3, 6));
            List<?> loaded = (List<?>) again(views);
            for (int i = 0; i < views.size(); i++) {
                Tensor got = (Tensor) loaded.get(i);
                assertEquals(dtype, got.dtype());
                assertEquals(views.get(i).shape(), got.shape());
                assertTrue(views.get(i).equal(got), dtype + " " + i);
            }
        }
    }

    @Test
    void memoryThatIsSharedIsWrittenOnceAndSharedAgain() throws IOException {
        Parameter tied = new Parameter(Tensor.ones(1000));
        Tensor data = tied.detach();
        Map<?, ?> loaded = (Map<?, ?>) again(Map.of("a", tied, "b", tied, "c", data));
        assertTrue(Files.size(directory.resolve("value.pt")) < 6000);
        Parameter a = assertInstanceOf(Parameter.class, loaded.get("a"));
        assertSame(a, loaded.get("b"));
        assertTrue(a.requiresGrad());
        ((Tensor) loaded.get("c")).fill_(5);
        assertEquals(5_000, a.sum().item());
    }

    @Test
    void numbersBeginWhereTheyCanBeMapped() throws IOException {
        again(List.of(Tensor.ones(3), Tensor.ones(DType.UINT8, 5), Tensor.ones(7)));
        byte[] bytes = Files.readAllBytes(directory.resolve("value.pt"));
        int found = 0;
        try (ZipFile zip = new ZipFile(directory.resolve("value.pt").toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                byte[] name = entry.getName().getBytes(StandardCharsets.US_ASCII);
                for (int at = 0; at < bytes.length - name.length; at++) {
                    boolean header = bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] == 3;
                    if (header && Arrays.equals(bytes, at + 30, at + 30 + name.length, name, 0, name.length)) {
                        int extra = (bytes[at + 28] & 0xff) | (bytes[at + 29] & 0xff) << 8;
                        assertEquals(0, (at + 30 + name.length + extra) % 64, entry.getName());
                        found++;
                    }
                }
            }
        }
        assertEquals(6, found);
    }

    @Test
    void aFileThatIsReplacedIsReplacedAsAWhole() throws IOException {
        Path file = directory.resolve("model.pt");
        TorchFile.save(1, file);
        assertRefused(
                "TorchFile.save: values must be tensors, numbers, texts, truth values, null, lists or maps,"
                        + " got java.lang.Object [at: a.1].",
                () -> TorchFile.save(Map.of("a", List.of(1, new Object())), file));
        assertEquals(1L, TorchFile.load(file));
        try (var files = Files.list(directory)) {
            assertEquals(1, files.count());
        }
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertRefused(
                "TorchFile.save: values must not be nested deeper than 500. Does a list or map contain itself?",
                () -> TorchFile.save(endless, file));
        Path nowhere = directory.resolve("missing/model.pt");
        assertRefused("TorchFile.save: directory must exist, got " + nowhere + ".", () -> TorchFile.save(1, nowhere));
    }

    @Test
    void damagedAndForeignFilesAreRefusedInOneLine() throws IOException {
        Path file = directory.resolve("bad.pt");
        assertRefused("TorchFile.load: file must exist, got " + file + ".", () -> TorchFile.load(file));
        Files.writeString(file, "zebra");
        String refused = assertThrows(IllegalArgumentException.class, () -> TorchFile.load(file))
                .getMessage();
        assertEquals("TorchFile.load: file must hold pickled data, got the opcode 122 [file: " + file + "].", refused);
        byte[] whole = Files.readAllBytes(Project.root().resolve("golden/files/legacy.pt"));
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(IllegalArgumentException.class, () -> TorchFile.load(file), "cut at " + length);
        }
        Files.writeString(file, "cos\nsystem\n(S'true'\ntR.");
        assertRefused(
                "TorchFile.load: file must hold tensors, numbers, texts, lists and maps only, got a os.system"
                        + " (save its state_dict() instead) [file: " + file + "].",
                () -> TorchFile.load(file));
        TorchFile.save(List.of(1), file);
        assertRefused(
                "TorchFile.load: a state dict must be a map of names to tensors, got another value [file: " + file
                        + "]. Use load for other values.",
                () -> TorchFile.loadStateDict(file));
    }

    @Test
    void aStateDictIsReadByName() {
        Path file = directory.resolve("model.pt");
        Module model = model();
        TorchFile.save(model.stateDict(), file);
        Map<String, Tensor> loaded = TorchFile.loadStateDict(file);
        assertEquals(List.copyOf(model.stateDict().keySet()), List.copyOf(loaded.keySet()));
        assertArrayEquals(
                model.parameters().get(0).detach().toFloatArray(),
                loaded.get("0.weight").toFloatArray());
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
