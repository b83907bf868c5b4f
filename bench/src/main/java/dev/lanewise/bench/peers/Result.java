package dev.lanewise.bench.peers;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One figure of the report.
 *
 * @param workload the workload's name
 * @param system who computed
 * @param threads on how many threads
 * @param micros median time of a call in microseconds
 * @param low the shortest iteration
 * @param high the longest iteration
 * @param heapBytes allocated on the Java heap by each call
 * @param date the day of the measurement
 */
record Result(
        String workload,
        Rival system,
        int threads,
        double micros,
        double low,
        double high,
        double heapBytes,
        String date) {
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("workload", workload);
        fields.put("system", system.name());
        fields.put("threads", threads);
        fields.put("us", rounded(micros));
        fields.put("low", rounded(low));
        fields.put("high", rounded(high));
        fields.put("heapBytes", Math.round(heapBytes));
        fields.put("date", date);
        return fields;
    }

    static Result of(Map<String, String> fields) {
        return new Result(
                fields.get("workload"),
                Rival.valueOf(fields.get("system")),
                Integer.parseInt(fields.get("threads")),
                Double.parseDouble(fields.get("us")),
                Double.parseDouble(fields.get("low")),
                Double.parseDouble(fields.get("high")),
                Double.parseDouble(fields.get("heapBytes")),
                fields.get("date"));
    }

    /** Five significant digits: more would only make the file differ. */
    private static double rounded(double value) {
        return value == 0
                ? 0
                : new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(5))
                        .doubleValue();
    }
}
