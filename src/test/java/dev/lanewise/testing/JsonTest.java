package dev.lanewise.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void readsEveryKindOfValue() {
        Map<String, Object> object = Golden.map(Json.parse(
                " {\"a\": [1, -2.5e3, true, false, null, []], \"b\\n\\u00e9\\\"\": {}, \"c\": \"\\/\\\\\"} "));
        assertEquals(List.of("a", "b\n\u00e9\"", "c"), List.copyOf(object.keySet()));
        List<Object> array = Golden.list(object.get("a"));
        assertEquals(List.of(1L, -2500.0, true, false), array.subList(0, 4));
        assertNull(array.get(4));
        assertEquals(List.of(), array.get(5));
        assertEquals("/\\", object.get("c"));
    }

    @Test
    void keepsWholeNumbersExact() {
        assertEquals(Long.MAX_VALUE, Json.parse("9223372036854775807"));
        assertEquals(Long.MIN_VALUE, Json.parse("-9223372036854775808"));
        assertEquals(new BigInteger("18446744073709551615"), Json.parse("18446744073709551615"));
        assertEquals(0.1, Json.parse("0.1"));
        assertEquals(-0.0, Json.parse("-0.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "[1 2]", "{\"a\" 1}", "tru", "1 2", "\"a", "{\"a\":1,}"})
    void refusesWhatIsNotJson(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.parse(text));
    }

    @Test
    void readsRecordedArrays() {
        Map<String, Npz.Array> arrays = Golden.npz("train/linear_regression_seed0.npz");
        assertEquals(List.of("x", "y"), List.copyOf(arrays.keySet()));
        assertEquals(100, arrays.get("x").toDoubles().length);
    }
}
