package dev.sextant.perf;

/**
 * How the defences are measured.
 *
 * @param seconds of each load of the good tenant
 * @param connections that dribble
 * @param perSecond requests of the good tenant; five times as many come with bad keys
 */
record DefenceParameters(int pairs, int seconds, int connections, int perSecond) {

    private static final DefenceParameters DEFAULT = new DefenceParameters(7, 15, 5_000, 200);

    /** Flags with their values, after the name of the benchmark. */
    static DefenceParameters read(String[] arguments) {
        DefenceParameters read = DEFAULT;
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            read = read.with(arguments[i], Integer.parseInt(arguments[i + 1]));
        }
        return read;
    }

    private DefenceParameters with(String flag, int value) {
        return switch (flag) {
            case "--pairs" -> new DefenceParameters(value, seconds, connections, perSecond);
            case "--seconds" -> new DefenceParameters(pairs, value, connections, perSecond);
            case "--connections" -> new DefenceParameters(pairs, seconds, value, perSecond);
            case "--per-second" -> new DefenceParameters(pairs, seconds, connections, value);
            default -> throw new IllegalArgumentException("Unknown flag " + flag);
        };
    }
}
