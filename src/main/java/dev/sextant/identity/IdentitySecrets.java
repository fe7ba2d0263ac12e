package dev.sextant.identity;

import dev.sextant.identity.key.KeyText;
import dev.sextant.kernel.Secret;
import java.security.SecureRandom;

/**
 * What identity must keep to itself, the same on every node.
 *
 * @param master closes the keys that sign tokens; whoever loses it loses those keys
 * @param platformKey the text of the platform's first API key, see {@link #makePlatformKey}
 */
public record IdentitySecrets(Secret master, Secret platformKey) {

    /** The text of a new API key. It becomes one when a node starts with it. */
    public static Secret makePlatformKey() {
        return new Secret(KeyText.make(new SecureRandom()).value());
    }
}
