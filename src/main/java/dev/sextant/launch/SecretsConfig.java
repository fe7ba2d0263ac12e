package dev.sextant.launch;

import dev.sextant.kernel.Secret;
import dev.sextant.launch.children.DataFolder;
import java.util.function.Supplier;

/**
 * {@code secrets:} in the configuration file: what all nodes of a cluster must have in common. A server that stands alone
 * draws its own, and keeps them in its data folder.
 *
 * @param masterKey 256 random bits in base64url, or more of them; seals what must not be read from the stores alone
 * @param platformKey the text of the platform's first API key
 */
public record SecretsConfig(Secret masterKey, Secret platformKey) {

    private static final int MASTER_KEY_LENGTH_MIN = 43;

    public static final SecretsConfig DEFAULT = new SecretsConfig(new Secret(""), new Secret(""));

    public SecretsConfig {
        String key = masterKey.value();
        if (!key.isEmpty() && !key.matches("[A-Za-z0-9_-]{%d,}".formatted(MASTER_KEY_LENGTH_MIN))) {
            throw new IllegalArgumentException(
                    "secrets: master_key must be 32 random bytes in base64url, 43 characters at least");
        }
    }

    boolean areGiven() {
        return !masterKey.value().isEmpty() && !platformKey.value().isEmpty();
    }

    Secret masterKey(DataFolder folder) {
        return masterKey.value().isEmpty() ? folder.masterKey() : masterKey;
    }

    /** @param maker of one that was never needed before */
    Secret platformKey(DataFolder folder, Supplier<Secret> maker) {
        return platformKey.value().isEmpty() ? folder.secret("platform_key", maker) : platformKey;
    }
}
