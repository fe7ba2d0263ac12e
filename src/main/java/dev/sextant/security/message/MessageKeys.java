package dev.sextant.security.message;

import com.nimbusds.jose.jwk.ECKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds the keys that requests may be encrypted for, the newest first, from the moment they are read. Any thread. */
final class MessageKeys {

    private volatile List<ECKey> keys = List.of();

    void use(List<ECKey> newestFirst) {
        keys = List.copyOf(newestFirst);
    }

    @Nullable
    ECKey find(String keyId) {
        for (ECKey key : keys) {
            if (key.getKeyID().equals(keyId)) {
                return key;
            }
        }
        return null;
    }

    /** The public halves (JWK), the newest first. */
    List<String> published() {
        return keys.stream().map(key -> key.toPublicJWK().toJSONString()).toList();
    }
}
