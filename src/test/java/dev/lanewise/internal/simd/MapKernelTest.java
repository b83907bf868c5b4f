package dev.lanewise.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.DType;
import dev.lanewise.internal.kernel.MapKernel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every template, dtype and form, scalar and with vectors, against plain loops. */
class MapKernelTest {
    private static final int[] SIZES = {
        0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 1000, 1023, 1024, 1025, 5000
    };

    private int checked;

    @Test
    void scalarFormsEqualPlainLoops() {
        for (LaneOp op : TestOps.EXACT) {
            for (DType type : DType.values()) {
                if (TestOps.takes(op, type)) {
                    MapKernel kernel = TestOps.kernel(op, type);
                    check(op, kernel instanceof AutoKernel auto ? auto.scalar() : kernel, type);
                }
            }
        }
        assertTrue(checked > 100_000, "checked " + checked);
    }

    @Test
    void vectorFormsEqualPlainLoops() {
        assumeTrue(Simd.isOn(), Simd.reason());
        for (LaneOp op : TestOps.EXACT) {
            for (DType type : DType.values()) {
                if (op.vectorizes(type)) {
                    check(op, TestOps.warmNow(TestOps.kernel(op, type)), type);
                }
            }
        }
        assertTrue(checked > 100_000, "checked " + checked);
    }

    @Test
    void mappedFilesAreComputedScalar(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("floats"), new byte[4000]);
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 4000, arena);
            Elements a = Elements.random(DType.FLOAT32, 1000, 0, new Random(3));
            MapKernel kernel = TestOps.warmNow(Kernels.unary(new TestOps.Neg(), DType.FLOAT32));
            kernel.run(1000, mapped, 0, a.segment, a.start, 1, a.segment, 0, 1, a.segment, 0, 1);
            for (int i = 0; i < 1000; i++) {
                assertEquals((float) -a.getDouble(i), mapped.get(ValueLayout.JAVA_FLOAT, 4L * i));
            }
        }
    }

    private void check(LaneOp op, MapKernel kernel, DType type) {
        int inputs = TestOps.inputs(op);
        Random random = new Random(7);
        for (int n : SIZES) {
            int forms = n > 100 && n != 1025 ? 1 : 1 << inputs;
            for (int form = (1 << inputs) - 1; form >= (1 << inputs) - forms; form--) {
                int offset = random.nextInt(3) * 5;
                Elements a = Elements.random(type, (form & 1) == 0 ? 1 : n, offset, random);
                Elements b = Elements.random(type, (form & 2) == 0 ? 1 : n, random.nextInt(3), random);
                Elements c = Elements.random(type, (form & 4) == 0 ? 1 : n, 0, random);
                Elements out = new Elements(op instanceof LaneCompare ? DType.BOOL : type, n + 1, offset);
                Elements result = new Elements(out.type, 1, 0);
                run(kernel, form, n, out, a, b, c);
                for (int i = 0; i < n; i++) {
                    long expected =
                            expected(op, type, result, a, i * (form & 1), b, i * (form >> 1 & 1), c, i * (form >> 2));
                    if (out.bits(i) != expected) {
                        assertEquals(
                                expected,
                                out.bits(i),
                                op.getClass() + " " + type + " n " + n + " form " + form + " i " + i);
                    }
                    checked++;
                }
                assertEquals(0, out.bits(n), "wrote behind the end");
            }
        }
    }

    private static void run(MapKernel kernel, int form, int n, Elements out, Elements a, Elements b, Elements c) {
        kernel.run(
                n,
                out.segment,
                out.start,
                a.segment,
                a.start,
                form & 1,
                b.segment,
                b.start,
                form >> 1 & 1,
                c.segment,
                c.start,
                form >> 2 & 1);
    }

    private static long expected(
            LaneOp op, DType type, Elements result, Elements a, int i, Elements b, int j, Elements c, int k) {
        if (op instanceof LaneCompare compare) {
            boolean holds = type.isFloatingPoint()
                    ? compare.test(a.getDouble(i), b.getDouble(j))
                    : compare.test(a.getLong(i), b.getLong(j));
            return holds ? 1 : 0;
        }
        if (type.isFloatingPoint()) {
            result.set(
                    0,
                    op instanceof LaneUnary unary
                            ? unary.scalar(a.getDouble(i))
                            : op instanceof LaneBinary binary
                                    ? binary.scalar(a.getDouble(i), b.getDouble(j))
                                    : ((LaneTernary) op).scalar(a.getDouble(i), b.getDouble(j), c.getDouble(k)));
        } else {
            result.set(
                    0,
                    op instanceof LaneUnary unary
                            ? unary.scalar(a.getLong(i))
                            : op instanceof LaneBinary binary
                                    ? binary.scalar(a.getLong(i), b.getLong(j))
                                    : ((LaneTernary) op).scalar(a.getLong(i), b.getLong(j), c.getLong(k)));
        }
        return result.bits(0);
    }
}
