package dev.sextant.operations;

import java.time.Duration;

/**
 * {@code operations:} in the configuration file.
 *
 * @param runningMax how many a node runs at a time
 * @param runningPerTenantMax of one tenant's
 * @param openPerTenantMax how many of a tenant's may wait and run
 * @param patience how long one may run
 * @param resultBytesMax how large one result may be
 * @param keep how long results are there after the end
 * @param lease after how long without a sign of life from its node an operation is taken over
 * @param attemptsMax how often one is begun before it is given up
 */
public record OperationsConfig(
        int runningMax,
        int runningPerTenantMax,
        int openPerTenantMax,
        Duration patience,
        int resultBytesMax,
        Duration keep,
        Duration lease,
        int attemptsMax) {

    public static final OperationsConfig DEFAULT = new OperationsConfig(
            4, 2, 100, Duration.ofMinutes(10), 16 << 20, Duration.ofHours(24), Duration.ofSeconds(10), 3);

    public OperationsConfig {
        if (runningMax < 1 || runningPerTenantMax < 1 || openPerTenantMax < 1 || attemptsMax < 1) {
            throw new IllegalArgumentException("operations: numbers of operations and attempts_max must be 1 or more");
        }
        if (resultBytesMax < 1024 || patience.toMillis() < 1 || keep.toMillis() < 1 || lease.toMillis() < 1000) {
            throw new IllegalArgumentException(
                    "operations: result_bytes_max must be 1024 or more, lease 1s or more, patience and keep 1ms or more");
        }
    }
}
