package dev.sextant.edge.defence;

import java.time.Duration;

/**
 * {@code edge.bans:} when whoever tries too much that fails is refused for a while. What failed is forgotten by half every
 * {@code halfLife}.
 *
 * @param failuresMax credentials that were refused, of one address: the one after another, not the same again and again,
 *     which counts a tenth
 * @param missesMax things asked for that are not there, or another tenant's, by one caller
 * @param ban how long the first ban is; each further one is twice as long, up to {@code banMax}
 * @param provenFor how long a credential goes on working from an address where it did before the ban
 * @param remembered addresses and callers that are remembered
 */
public record BanConfig(
        int failuresMax,
        int missesMax,
        Duration halfLife,
        Duration ban,
        Duration banMax,
        Duration provenFor,
        int remembered) {

    public static final BanConfig DEFAULT = new BanConfig(
            100,
            1_000,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofMinutes(15),
            100_000);

    public BanConfig {
        require(failuresMax >= 1, "failures_max must be 1 or more");
        require(missesMax >= 1, "misses_max must be 1 or more");
        require(halfLife.toMillis() >= 1, "half_life must be 1ms or more");
        require(ban.toMillis() >= 1, "ban must be 1ms or more");
        require(banMax.compareTo(ban) >= 0, "ban_max must be as long as ban, or longer");
        require(provenFor.toMillis() >= 1, "proven_for must be 1ms or more");
        require(remembered >= 1, "remembered must be 1 or more");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("edge.bans: " + rule);
        }
    }
}
