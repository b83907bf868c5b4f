package dev.lanewise.internal.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.internal.parallel.OtherVm;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConvolutionBitsTest {
    @Test
    void allWidthsAndThreadsGiveTheBitsOfScalarCode() throws Exception {
        Map<String, String> outputs = OtherVm.allWays(ConvolutionBits.class);
        String first = outputs.values().iterator().next();
        assertEquals(2 * 11, first.lines().count());
        outputs.forEach((way, output) -> assertEquals(first, output, way));
    }
}
