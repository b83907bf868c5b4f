package dev.lanewise.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PythonTextTest {
    @Test
    void printsFloatsAsPythonDoes() {
        assertEquals("0.5", PythonText.of(0.5));
        assertEquals("0.0", PythonText.of(0));
        assertEquals("-0.0", PythonText.of(-0.0));
        assertEquals("1.0", PythonText.of(1));
        assertEquals("0.1", PythonText.of(0.1));
        assertEquals("0.001", PythonText.of(1e-3));
        assertEquals("0.0001", PythonText.of(1e-4));
        assertEquals("1e-05", PythonText.of(1e-5));
        assertEquals("1e-08", PythonText.of(1e-8));
        assertEquals("-1.5e-07", PythonText.of(-1.5e-7));
        assertEquals("1.25e+100", PythonText.of(1.25e100));
        assertEquals("1234567.0", PythonText.of(1234567));
        assertEquals("1000000000000000.0", PythonText.of(1e15));
        assertEquals("1e+16", PythonText.of(1e16));
        assertEquals("0.30000000000000004", PythonText.of(0.1 + 0.2));
    }

    @Test
    void printsWhatIsNoNumber() {
        assertEquals("nan", PythonText.of(Double.NaN));
        assertEquals("inf", PythonText.of(Double.POSITIVE_INFINITY));
        assertEquals("-inf", PythonText.of(Double.NEGATIVE_INFINITY));
        assertEquals("True", PythonText.of(true));
        assertEquals("False", PythonText.of(false));
    }
}
