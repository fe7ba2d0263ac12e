package dev.sextant.identity.provider;

import java.time.Duration;

/**
 * {@code identity.providers:} in the configuration file.
 *
 * @param providersMax how many a tenant may have
 * @param allowLoopback whether a provider may be reached by plain HTTP on this machine; for tests and trials
 * @param allowPrivate whether a provider may stand at an address of a private network
 * @param patience how long one question to a provider may take
 * @param bodyBytesMax how much it may answer
 */
public record ProviderConfig(
        int providersMax, boolean allowLoopback, boolean allowPrivate, Duration patience, int bodyBytesMax) {

    public static final ProviderConfig DEFAULT = new ProviderConfig(10, false, false, Duration.ofSeconds(4), 256 << 10);

    public ProviderConfig {
        if (providersMax < 1 || providersMax > 100) {
            throw new IllegalArgumentException("identity.providers: providers_max must be 1 to 100");
        }
        if (patience.toMillis() < 1 || bodyBytesMax < 1024) {
            throw new IllegalArgumentException(
                    "identity.providers: patience must be 1 ms or more, body_bytes_max 1024 or more");
        }
    }
}
