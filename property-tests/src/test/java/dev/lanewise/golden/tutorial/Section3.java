package dev.lanewise.golden.tutorial;

import dev.lanewise.Index;
import dev.lanewise.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.function.Consumer;

/** Java arrays and buffers: copies and shared memory. */
final class Section3 {
    private static final String CLASS_NAMES = "names of Python classes";

    private Section3() {}

    static Map<String, Consumer<Steps>> snippets() {
        return Map.of("3.1", Section3::toArrays, "3.2", Section3::fromArrays, "3.3", Section3::item);
    }

    private static void toArrays(Steps s) {
        Tensor tensor = s.assign("data_tensor", Tensor.of(2, 3, 4));
        LongBuffer buffer = s.assign("data_numpy", tensor.longBuffer());
        s.skip(CLASS_NAMES);
        s.skip(CLASS_NAMES);
        buffer.put(0, 100);
        s.print(tensor);
        s.printArrays(buffer);
        tensor = s.assign("data_tensor", Tensor.of(2, 3, 4));
        long[] array = s.assign("data_numpy", tensor.toLongArray());
        s.skip(CLASS_NAMES);
        s.skip(CLASS_NAMES);
        array[0] = 100;
        s.print(tensor);
        s.printArrays((Object) array);
    }

    private static void fromArrays(Steps s) {
        LongBuffer buffer = ByteBuffer.allocateDirect(3 * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
        buffer.put(0, new long[] {2, 3, 4});
        s.assign("data_numpy", buffer);
        Tensor tensor = s.assign("data_tensor", Tensor.wrap(buffer));
        tensor.indexPut_(100, Index.at(0));
        s.print(tensor);
        s.printArrays(buffer);
        long[] array = s.assign("data_numpy", new long[] {2, 3, 4});
        tensor = s.assign("data_tensor", Tensor.of(array));
        tensor.indexPut_(100, Index.at(0));
        s.print(tensor);
        s.printArrays((Object) array);
    }

    private static void item(Steps s) {
        Tensor data = s.assign("data", Tensor.of(30));
        s.print(data.itemLong());
        data = s.assign("data", Tensor.scalar(30));
        s.print(data.itemLong());
    }
}
