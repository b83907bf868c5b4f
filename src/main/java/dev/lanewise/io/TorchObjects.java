package dev.lanewise.io;

import dev.lanewise.DType;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Parameter;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What PyTorch's classes and functions in a pickle stand for; none of them is executed. */
final class TorchObjects implements PickleReader.Classes {
    private static final String UTILS = "torch._utils";
    private static final String REBUILD = "_rebuild_tensor_v2";
    private static final String REBUILD_PARAMETER = "_rebuild_parameter";
    private static final Map<String, DType> DTYPES = new HashMap<>();
    private static final Map<String, DType> STORAGES = new HashMap<>();

    static {
        for (DType dtype : DType.values()) {
            DTYPES.put(dtype.toString(), dtype);
            STORAGES.put("torch." + StoredNumbers.CLASSES.get(dtype), dtype);
        }
    }

    /** Where the numbers of a storage come from. */
    @FunctionalInterface
    interface Source {
        /** Fills the storage of a key, or remembers to do so. */
        void fill(String key, StoredNumbers storage) throws IOException;
    }

    private final Source source;
    private final Map<String, StoredNumbers> storages = new HashMap<>();

    TorchObjects(Source source) {
        this.source = source;
    }

    @Override
    public Object named(PickleReader.Global name) {
        DType dtype = DTYPES.get(name.path());
        return dtype == null ? name : dtype;
    }

    @Override
    public Object call(PickleReader.Global function, List<?> arguments) throws IOException {
        return switch (function.path()) {
            case UTILS + "." + REBUILD, UTILS + "._rebuild_tensor" -> tensor(arguments);
            case UTILS + "." + REBUILD_PARAMETER ->
                new Parameter((Tensor) arguments.get(0), (Boolean) arguments.get(1));
            case "collections.OrderedDict", "builtins.dict", "__builtin__.dict" -> dictionary(arguments);
            case "torch.Size" -> Shape.of(longs(arguments.get(0)));
            case "torch.device" -> arguments.get(0);
            case "builtins.set", "__builtin__.set" -> new LinkedHashSet<>((List<?>) arguments.get(0));
            default ->
                throw new MalformedFileException("file must hold tensors, numbers, texts, lists and maps only, got a "
                        + function.path() + " (save its state_dict() instead)");
        };
    }

    private static Map<Object, Object> dictionary(List<?> arguments) {
        Map<Object, Object> out = new LinkedHashMap<>();
        for (Object pair : arguments.isEmpty() ? List.of() : (List<?>) arguments.get(0)) {
            out.put(((List<?>) pair).get(0), ((List<?>) pair).get(1));
        }
        return out;
    }

    /** Arguments: storage, offset, sizes, strides and, in the newer form, whether it requires grad. */
    private static Tensor tensor(List<?> arguments) throws IOException {
        StoredNumbers storage = (StoredNumbers) arguments.get(0);
        try {
            Tensor view = storage.view(longs(arguments.get(2)), longs(arguments.get(3)), (Long) arguments.get(1));
            return arguments.size() > 4 && (Boolean) arguments.get(4) ? view.requiresGrad_() : view;
        } catch (IllegalArgumentException e) {
            throw new MalformedFileException("file must hold tensors that fit into their storages ("
                    + e.getMessage().replaceFirst("\\.$", "") + ")");
        }
    }

    private static long[] longs(Object list) {
        return ((List<?>) list).stream().mapToLong(item -> (Long) item).toArray();
    }

    /** An id: "storage", its class, its key, the device it was on, its length. */
    @Override
    public Object persistent(Object id) throws IOException {
        List<?> parts = (List<?>) id;
        PickleReader.Global type = (PickleReader.Global) parts.get(1);
        DType dtype = STORAGES.get(type.path());
        if (dtype == null) {
            throw new MalformedFileException("file must hold tensors of a known dtype, got a " + type.path());
        }
        String key = (String) parts.get(2);
        StoredNumbers known = storages.get(key);
        if (known == null) {
            known = new StoredNumbers(dtype, (Long) parts.get(4));
            storages.put(key, known);
            source.fill(key, known);
        }
        return known;
    }
}
