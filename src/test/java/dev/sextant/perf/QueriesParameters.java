package dev.sextant.perf;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How queries are measured.
 *
 * @param parts which of {@link #ALL}
 * @param rounds of what is compared
 * @param data a data folder that is kept from run to run; null for one of this run only
 */
record QueriesParameters(
        Set<String> parts,
        Pairs.Rounds rounds,
        int events,
        int tenants,
        @Nullable Path data) {

    static final Set<String> ALL = Set.of("shapes", "throughput", "live", "neighbour", "clients", "distinct", "burst");

    private static final QueriesParameters DEFAULT =
            new QueriesParameters(ALL, new Pairs.Rounds(7, 2, 3), 5_000_000, 50, null);

    /** Flags with their values, after the name of the benchmark. */
    static QueriesParameters read(String[] arguments) {
        QueriesParameters read = DEFAULT;
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            read = read.with(arguments[i], arguments[i + 1]);
        }
        return read;
    }

    private QueriesParameters with(String flag, String value) {
        return switch (flag) {
            case "--only" -> new QueriesParameters(Set.of(value.split(",")), rounds, events, tenants, data);
            case "--pairs" ->
                new QueriesParameters(
                        parts,
                        new Pairs.Rounds(Integer.parseInt(value), rounds.seconds(), rounds.warmUpSeconds()),
                        events,
                        tenants,
                        data);
            case "--events" -> new QueriesParameters(parts, rounds, Integer.parseInt(value), tenants, data);
            case "--data" -> new QueriesParameters(parts, rounds, events, tenants, Path.of(value));
            default -> throw new IllegalArgumentException("Unknown flag " + flag);
        };
    }
}
