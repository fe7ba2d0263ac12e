package dev.sextant.idempotency;

import java.time.Duration;

/**
 * {@code idempotency:} in the configuration file.
 *
 * @param keep how long a key stands for what was done under it
 * @param lease after how long without a sign of life from its node a request is taken up again by whoever sends it again
 * @param answerBytesMax the largest answer that is kept; who comes again for a larger one is told of its status only
 */
public record IdempotencyConfig(Duration keep, Duration lease, int answerBytesMax) {

    public static final IdempotencyConfig DEFAULT =
            new IdempotencyConfig(Duration.ofHours(24), Duration.ofSeconds(10), 1 << 20);

    public IdempotencyConfig {
        if (keep.toMillis() < 1 || lease.toMillis() < 100 || answerBytesMax < 1024) {
            throw new IllegalArgumentException(
                    "idempotency: keep must be 1ms or more, lease 100ms or more, answer_bytes_max 1024 or more");
        }
    }
}
