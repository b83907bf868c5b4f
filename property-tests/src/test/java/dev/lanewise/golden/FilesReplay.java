package dev.lanewise.golden;

import dev.lanewise.DType;
import dev.lanewise.Tensor;
import dev.lanewise.io.TorchFile;
import dev.lanewise.nn.Parameter;
import dev.lanewise.testing.Golden;
import dev.lanewise.testing.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the files that were recorded with their content, and writes and reads that again. */
final class FilesReplay {
    private FilesReplay() {}

    static Report replay(Path directory) {
        Path folder = directory.resolve("files");
        Map<String, Object> index = Golden.map(Json.parse(read(folder.resolve("index.json"))));
        Report report = new Report("files");
        for (Map<String, Object> file : Golden.maps(index.get("torch_files"))) {
            String name = (String) file.get("file");
            if (name.endsWith(".pt")) {
                report.check(name, "content", () -> check(folder.resolve(name), file));
            } else {
                report.unsupported("reading ." + name.replaceFirst(".*\\.", ""), 1);
            }
        }
        if (index.containsKey("numpy_files")) {
            report.unsupported(
                    "reading files of NumPy",
                    Golden.list(index.get("numpy_files")).size());
        }
        return report;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(Path file, Map<String, Object> recorded) {
        Map<String, Object> content = Golden.map(recorded.get("content"));
        Object value = TorchFile.load(file);
        check(content, value, true, "loaded");
        for (Object names : Golden.list(recorded.get("shared_storage"))) {
            shared((Map<?, ?>) value, Golden.list(names));
        }
        try {
            Path copy = Files.createTempFile("lanewise", ".pt");
            TorchFile.save(value, copy);
            check(content, TorchFile.load(copy), false, "saved and loaded again");
            Files.delete(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A change through one of them is seen through all. */
    private static void shared(Map<?, ?> values, List<Object> names) {
        Tensor first = ((Tensor) values.get(names.get(0))).detach();
        Tensor before = first.clone();
        first.fill_(8);
        for (Object name : names) {
            Tensor view = ((Tensor) values.get(name)).detach();
            Expect.same(true, view.eq(8).all().item() == 1, name + " shares its storage");
        }
        first.copy_(before);
    }

    private static void check(Map<String, Object> recorded, Object got, boolean layout, String what) {
        switch ((String) recorded.get("kind")) {
            case "tensor" -> tensor(recorded, (Tensor) got, layout, what);
            case "dict", "OrderedDict" -> {
                Map<Object, Object> items = new LinkedHashMap<>();
                Golden.list(recorded.get("items"))
                        .forEach(item -> items.put(
                                Golden.list(item).get(0), Golden.list(item).get(1)));
                Expect.same(
                        new ArrayList<>(items.keySet()), new ArrayList<>(((Map<?, ?>) got).keySet()), what + ": keys");
                items.forEach((key, item) ->
                        check(Golden.map(item), ((Map<?, ?>) got).get(key), layout, what + "[" + key + "]"));
            }
            case "list", "tuple" -> {
                List<Map<String, Object>> items = Golden.maps(recorded.get("items"));
                Expect.same(items.size(), ((List<?>) got).size(), what + ": length");
                for (int i = 0; i < items.size(); i++) {
                    check(items.get(i), ((List<?>) got).get(i), layout, what + "[" + i + "]");
                }
            }
            case "float" -> Expect.same(Golden.number(recorded.get("value")), got, what);
            default -> Expect.same(recorded.get("value"), got, what);
        }
    }

    private static void tensor(Map<String, Object> recorded, Tensor got, boolean layout, String what) {
        Expect.same(recorded.get("parameter"), got instanceof Parameter, what + ": is a parameter");
        Expect.same(recorded.get("requires_grad"), got.requiresGrad(), what + ": requires grad");
        Expect.same(
                DType.valueOf(((String) recorded.get("dtype")).toUpperCase(Locale.ROOT)),
                got.dtype(),
                what + ": dtype");
        Expect.same(longs(recorded.get("shape")), list(got.shape().toArray()), what + ": shape");
        if (layout) {
            Expect.same(longs(recorded.get("stride")), list(got.stride()), what + ": stride");
            Expect.same(recorded.get("storage_offset"), got.storageOffset(), what + ": offset");
        }
        List<Object> values = new ArrayList<>();
        RecordedValue.flatten(recorded.get("values"), values);
        if (got.isFloatingPoint()) {
            double[] expected = values.stream().mapToDouble(Golden::number).toArray();
            Expect.same(
                    Arrays.toString(expected),
                    Arrays.toString(got.flatten().to(DType.FLOAT64).toDoubleArray()),
                    what);
        } else {
            Expect.same(
                    values.stream().map(FilesReplay::whole).toList(),
                    list(got.flatten().toLongArray()),
                    what + ": values");
        }
    }

    private static Long whole(Object value) {
        return value instanceof Boolean truth ? (truth ? 1L : 0L) : ((Number) value).longValue();
    }

    private static List<Long> longs(Object value) {
        return list(Golden.longs(value));
    }

    private static List<Long> list(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
