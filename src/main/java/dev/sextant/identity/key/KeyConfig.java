package dev.sextant.identity.key;

/**
 * {@code identity.keys:} in the configuration file.
 *
 * @param keysMax how many keys of a tenant may be alive at once
 * @param leakReportsPerMinute how many reports of leaks are taken from one network
 * @param lookupsMax look-ups of credentials under way at once on a node; further ones are turned away
 * @param lookupMillis how long one may take
 */
public record KeyConfig(int keysMax, int leakReportsPerMinute, int lookupsMax, int lookupMillis) {

    public static final KeyConfig DEFAULT = new KeyConfig(1_000, 20, 256, 2_000);

    public KeyConfig {
        if (keysMax < 1 || leakReportsPerMinute < 1 || lookupsMax < 1 || lookupMillis < 1) {
            throw new IllegalArgumentException("identity.keys: all limits must be 1 or more");
        }
    }
}
