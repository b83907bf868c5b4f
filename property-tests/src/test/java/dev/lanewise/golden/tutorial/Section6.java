package dev.lanewise.golden.tutorial;

import dev.lanewise.Index;
import dev.lanewise.Tensor;
import dev.lanewise.data.NumPyRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Indexing, shapes, and joining tensors. */
final class Section6 {
    private Section6() {}

    static Map<String, Consumer<Steps>> snippets() {
        return Map.of(
                "6", Section6::indexing,
                "7.1", Section6::reshape,
                "7.2", Section6::squeeze,
                "7.3", Section6::permute,
                "7.4", Section6::view,
                "8.1", Section6::cat,
                "8.2", Section6::stack);
    }

    private static void indexing(Steps s) {
        Tensor data = s.assign("data", Tensor.randint(0, 10, 4, 5));
        s.print(data);
        s.print(data.get(0));
        s.print(data.index(":, 0"));
        s.print(data.index("[0, 1], [1, 2]"));
        s.print(data.index(Index.of(Tensor.of(new long[][] {{0}, {1}})), Index.at(1L, 2L)));
        s.print(data.index(":3, :2"));
        s.print(data.index("2:, :2"));
        s.print(data.index(data.index(":, 2").gt(5)));
        s.print(data.index(Index.all(), Index.of(data.get(1).gt(5))));
        Tensor cube = s.assign("data", Tensor.randint(0, 10, 3, 4, 5));
        s.print(cube);
        s.print(cube.index("0, :, :"));
        s.print(cube.index(":, 0, :"));
        s.print(cube.index(":, :, 0"));
    }

    private static void reshape(Steps s) {
        Tensor data = s.assign("data", Tensor.of(new long[][] {{10, 20, 30}, {40, 50, 60}}));
        s.print(data.shape(), data.shape().size(0), data.shape().size(1));
        s.print(data.size(), data.size(0), data.size(1));
        Tensor row = s.assign("new_data", data.reshape(1, 6));
        s.print(row.shape());
        s.print(row);
    }

    private static void squeeze(Steps s) {
        Tensor data1 = s.assign("mydata1", Tensor.of(1, 2, 3, 4, 5));
        s.print("mydata1--->", data1.shape(), data1);
        Tensor data2 = s.assign("mydata2", data1.unsqueeze(0));
        s.print("在0维度上 拓展维度:", data2, data2.shape());
        Tensor data3 = s.assign("mydata3", data1.unsqueeze(1));
        s.print("在1维度上 拓展维度:", data3, data3.shape());
        Tensor data4 = s.assign("mydata4", data1.unsqueeze(-1));
        s.print("在-1维度上 拓展维度:", data4, data4.shape());
        Tensor data5 = s.assign("mydata5", data4.squeeze());
        s.print("压缩维度:", data5, data5.shape());
    }

    private static void permute(Steps s) {
        Tensor data = s.assign(
                "data", Tensor.of(new NumPyRandom(s.seed()).randint(0, 10, 60)).reshape(3, 4, 5));
        s.print(data);
        s.print("data shape:", data.size());
        Tensor data2 = s.assign("mydata2", data.transpose(1, 2));
        s.print("mydata2.shape--->", data2.shape());
        Tensor data3 = s.assign("mydata3", data.transpose(0, 1));
        Tensor data4 = s.assign("mydata4", data3.transpose(1, 2));
        s.print("mydata4.shape--->", data4.shape());
        Tensor data5 = s.assign("mydata5", data.permute(1, 2, 0));
        s.print("mydata5.shape--->", data5.shape());
        Tensor data6 = s.assign("mydata6", data.permute(1, 2, 0));
        s.print("mydata6.shape--->", data6.shape());
        boolean equal = Arrays.equals(data4.toLongArray(), data6.toLongArray());
        s.print(equal, data6.stride(), data6.isContiguous());
    }

    private static void view(Steps s) {
        Tensor data = s.assign("data", Tensor.of(new long[][] {{10, 20, 30}, {40, 50, 60}}));
        s.print("data--->", data, data.shape());
        s.print(data.isContiguous());
        Tensor data2 = s.assign("mydata2", data.view(3, 2));
        s.print("mydata2--->", data2, data2.shape());
        s.print("mydata2.is_contiguous()--->", data2.isContiguous());
        Tensor data3 = s.assign("mydata3", data.transpose(0, 1));
        s.print("mydata3--->", data3, data3.shape());
        s.print("mydata3.is_contiguous()--->", data3.isContiguous());
        s.print(data3.contiguous().isContiguous());
        Tensor data4 = s.assign("mydata4", data3.contiguous().view(2, 3));
        s.print("mydata4--->", data4.shape(), data4);
    }

    private static void cat(Steps s) {
        Tensor data1 = s.assign("data1", Tensor.randint(0, 10, 1, 2, 3));
        Tensor data2 = s.assign("data2", Tensor.randint(0, 10, 1, 2, 3));
        s.print(data1);
        s.print(data2);
        for (int dim = 0; dim < 3; dim++) {
            Tensor joined = s.assign("new_data", Tensor.cat(List.of(data1, data2), dim));
            s.print(joined);
            s.print(joined.shape());
        }
    }

    private static void stack(Steps s) {
        Tensor data1 = s.assign("data1", Tensor.randint(0, 10, 2, 3));
        Tensor data2 = s.assign("data2", Tensor.randint(0, 10, 2, 3));
        s.print(data1);
        s.print(data2);
        for (int dim = 0; dim < 3; dim++) {
            Tensor joined = s.assign("new_data", Tensor.stack(List.of(data1, data2), dim));
            s.print(joined);
            s.print(joined.shape());
        }
    }
}
