package dev.sextant.perf;

import java.util.stream.DoubleStream;

/** How one thing compares with another: the median over all pairs, and the least and the greatest of them. */
record Ratio(String name, double median, double least, double greatest) {

    static Ratio of(String name, double[] ratios) {
        return new Ratio(
                name,
                Pairs.median(DoubleStream.of(ratios)),
                DoubleStream.of(ratios).min().orElseThrow(),
                DoubleStream.of(ratios).max().orElseThrow());
    }
}
