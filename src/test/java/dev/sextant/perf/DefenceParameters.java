package dev.sextant.perf;

/**
 * How the defences are measured.
 *
 * @param connections that dribble
 */
record DefenceParameters(int pairs, int connections) {

    private static final DefenceParameters DEFAULT = new DefenceParameters(7, 5_000);

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
            case "--pairs" -> new DefenceParameters(value, connections);
            case "--connections" -> new DefenceParameters(pairs, value);
            default -> throw new IllegalArgumentException("Unknown flag " + flag);
        };
    }
}
