package dev.sextant.identity.ticket;

import java.time.Duration;

/**
 * {@code identity.tickets:} in the configuration file.
 *
 * @param lifetime from when it is issued until it is redeemed; 1 second to 5 minutes
 */
public record TicketConfig(Duration lifetime) {

    public static final TicketConfig DEFAULT = new TicketConfig(Duration.ofSeconds(30));

    public TicketConfig {
        if (lifetime.toSeconds() < 1 || lifetime.toSeconds() > 300) {
            throw new IllegalArgumentException("identity.tickets: lifetime must be 1 second to 5 minutes");
        }
    }
}
