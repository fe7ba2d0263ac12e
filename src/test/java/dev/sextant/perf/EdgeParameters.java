package dev.sextant.perf;

/**
 * How the edge is measured.
 *
 * @param pairs how often each of two is measured beside the other
 * @param seconds how long one measurement takes
 * @param warmUpSeconds how long each runs before the first measurement
 * @param connections of wrk, where throughput is compared; latency is compared over one
 * @param events in the dataset
 */
record EdgeParameters(int pairs, int seconds, int warmUpSeconds, int connections, int events) {

    private static final EdgeParameters DEFAULT = new EdgeParameters(7, 4, 15, 64, 200_000);

    /** Flags with their values, after the name of the benchmark. */
    static EdgeParameters read(String[] arguments) {
        EdgeParameters read = DEFAULT;
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            read = read.with(arguments[i], Integer.parseInt(arguments[i + 1]));
        }
        return read;
    }

    Pairs.Rounds rounds() {
        return new Pairs.Rounds(pairs, seconds, warmUpSeconds);
    }

    private EdgeParameters with(String flag, int value) {
        return switch (flag) {
            case "--pairs" -> new EdgeParameters(value, seconds, warmUpSeconds, connections, events);
            case "--seconds" -> new EdgeParameters(pairs, value, warmUpSeconds, connections, events);
            case "--warm-up" -> new EdgeParameters(pairs, seconds, value, connections, events);
            case "--connections" -> new EdgeParameters(pairs, seconds, warmUpSeconds, value, events);
            default -> throw new IllegalArgumentException("Unknown flag " + flag);
        };
    }
}
