package dev.lanewise.bench.peers;

/** A workload that is ready to be called again and again. */
@FunctionalInterface
public interface Call {
    /** Computes once and gives the result's memory back, as a program in a loop would; the value depends on the result. */
    long run();
}
