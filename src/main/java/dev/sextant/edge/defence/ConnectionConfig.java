package dev.sextant.edge.defence;

import java.time.Duration;

/**
 * {@code edge.connections:} how many connections there may be, and how slow.
 *
 * @param allMax at once, of all callers
 * @param perAddressMax at once, of one IPv4 address or of one /64 of IPv6
 * @param headPatience from the first byte of a request (of HTTP/1) to the end of its headers; also what a TLS handshake may
 *     take
 * @param bodyPatience from the headers to the end of a body that is read whole
 * @param bytesPerSecondMin what must come of a body, or go of an answer, over a {@code stall}, while we wait for it
 * @param stall how long one may be slower than that
 */
public record ConnectionConfig(
        int allMax,
        int perAddressMax,
        Duration headPatience,
        Duration bodyPatience,
        int bytesPerSecondMin,
        Duration stall) {

    public static final ConnectionConfig DEFAULT = new ConnectionConfig(
            16_000, 1_000, Duration.ofSeconds(10), Duration.ofMinutes(1), 256, Duration.ofSeconds(40));

    public ConnectionConfig {
        require(allMax >= 1, "all_max must be 1 or more");
        require(perAddressMax >= 1, "per_address_max must be 1 or more");
        require(headPatience.toMillis() >= 100, "head_patience must be 100ms or more");
        require(bodyPatience.toMillis() >= 100, "body_patience must be 100ms or more");
        require(bytesPerSecondMin >= 0, "bytes_per_second_min must be 0 or more");
        require(stall.toMillis() >= 100, "stall must be 100ms or more");
    }

    /** What must have moved in a whole stall. */
    long bytesPerStall() {
        return bytesPerSecondMin * stall.toMillis() / 1000;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("edge.connections: " + rule);
        }
    }
}
