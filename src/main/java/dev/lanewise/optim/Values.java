package dev.lanewise.optim;

import dev.lanewise.internal.error.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks options and reads them from maps. */
final class Values {
    private Values() {}

    static void notNegative(String optimizer, String what, double value) {
        if (!(value >= 0)) {
            throw Check.argument(optimizer, "the " + what + " must not be negative")
                    .got(value)
                    .error();
        }
    }

    static void fraction(String optimizer, String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw Check.argument(optimizer, what + " must be at least 0 and less than 1")
                    .got(value)
                    .error();
        }
    }

    /** Checks the options that Adam and its relatives have in common. */
    static void checkMoments(String optimizer, double lr, double beta1, double beta2, double eps, double weightDecay) {
        notNegative(optimizer, "learning rate", lr);
        fraction(optimizer, "beta1", beta1);
        fraction(optimizer, "beta2", beta2);
        notNegative(optimizer, "eps", eps);
        notNegative(optimizer, "weight decay", weightDecay);
    }

    /** The options that Adam and its relatives have in common, under PyTorch's names, in a new map. */
    static Map<String, Object> ofMoments(double lr, double beta1, double beta2, double eps, double weightDecay) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("lr", lr);
        out.put("betas", List.of(beta1, beta2));
        out.put("eps", eps);
        out.put("weight_decay", weightDecay);
        return out;
    }

    static double number(Map<String, ?> values, String key, double otherwise) {
        return values.get(key) instanceof Number number ? number.doubleValue() : otherwise;
    }

    /** One of the two numbers in a list under a key. */
    static double pair(Map<String, ?> values, String key, int place, double otherwise) {
        boolean given = values.get(key) instanceof List<?> list && list.size() == 2;
        return given ? ((Number) ((List<?>) values.get(key)).get(place)).doubleValue() : otherwise;
    }

    static boolean flag(Map<String, ?> values, String key, boolean otherwise) {
        return values.get(key) instanceof Boolean flag ? flag : otherwise;
    }
}
