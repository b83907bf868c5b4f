package dev.lanewise.bench.peers;

import java.util.Map;

/** The shortest time that the hardware allows, from what {@link Probe} found. */
final class Limits {
    private static final double NANOS_A_MICRO = 1e3;

    private final Map<String, Double> found;

    Limits(Map<String, Double> found) {
        this.found = found;
    }

    /** Microseconds; NaN where the cost is not known or nothing was measured. */
    double micros(Workload workload) {
        Cost cost = workload.cost();
        double bytes = cost.read() + cost.written();
        if (found.isEmpty() || cost.flops() + bytes == 0) {
            return Double.NaN;
        }
        double peak = found.get(cost.wide() ? Probe.FMA_DOUBLE : Probe.FMA_FLOAT);
        double computing = cost.flops() / peak;
        double moving = bytes == 0 ? 0 : bytes / bandwidth(bytes, cost.written() == 0);
        // A step computes first and then changes its parameters; an op does both at once.
        boolean apart = workload.group() == Workload.Group.STEPS;
        return (apart ? computing + moving : Math.max(computing, moving)) / NANOS_A_MICRO;
    }

    /** GB/s for that many bytes, between the measured sizes on a logarithmic scale. */
    private double bandwidth(double bytes, boolean readOnly) {
        double before = Double.NaN;
        double beforeBytes = 0;
        for (int size : Probe.SIZES) {
            String name = Sizes.text(size);
            double here;
            double hereBytes;
            if (readOnly) {
                here = found.get(Probe.SUM + name);
                hereBytes = (double) size * Float.BYTES;
            } else {
                here = Math.max(found.get(Probe.COPY + name), found.get(Probe.ADD + name));
                hereBytes = 3.0 * size * Float.BYTES;
            }
            if (bytes <= hereBytes) {
                double part =
                        Double.isNaN(before) ? 1 : Math.log(bytes / beforeBytes) / Math.log(hereBytes / beforeBytes);
                return Double.isNaN(before) ? here : before * Math.pow(here / before, part);
            }
            before = here;
            beforeBytes = hereBytes;
        }
        return before;
    }
}
