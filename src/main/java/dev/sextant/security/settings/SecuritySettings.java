package dev.sextant.security.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant wants. One that never said has none of it.
 *
 * @param allowedOrigins of the web pages that may read answers, such as {@code https://app.example.com}
 * @param keyRules what holds for single API keys
 * @param version grows with each change; 0 where nothing was ever said; also the ETag
 * @param updatedAt null where nothing was ever said
 */
public record SecuritySettings(
        List<String> allowedOrigins,
        List<KeyRule> keyRules,
        Signatures signatures,
        Encryption encryption,
        int version,
        @Nullable Instant updatedAt) {

    /** How much a tenant insists. */
    public enum Demand {
        @JsonProperty("optional")
        OPTIONAL,
        @JsonProperty("required")
        REQUIRED
    }

    /** When we sign answers. */
    public enum Answers {
        @JsonProperty("on_request")
        ON_REQUEST,
        @JsonProperty("always")
        ALWAYS
    }

    /**
     * What holds for one API key, and the tokens that came of it.
     *
     * @param allowedOrigins instead of the tenant's; null for the tenant's
     * @param certificateSha256 the only client certificate that it works with: its SHA-256, as {@code x5t#S256} of RFC 7515; null
     *     for any, and none
     */
    public record KeyRule(
            String keyId,
            @Nullable List<String> allowedOrigins,
            @Nullable String certificateSha256) {}

    /**
     * Signatures of messages (RFC 9421).
     *
     * @param keys public keys (JWK) that requests are signed with; each has a {@code kid}
     */
    public record Signatures(Answers responses, Demand requests, List<JsonNode> keys) {

        public Signatures {
            keys = List.copyOf(keys);
        }
    }

    /**
     * Encryption of bodies (JWE).
     *
     * @param requests whether bodies must be encrypted
     * @param key the public key (JWK) that answers are encrypted for, where the request asks for it; null for none
     */
    public record Encryption(Demand requests, @Nullable JsonNode key) {

        public Encryption {
            key = key == null || key.isNull() ? null : key; // JSON's null is read as a node
        }
    }

    public static final SecuritySettings NONE = new SecuritySettings(
            List.of(),
            List.of(),
            new Signatures(Answers.ON_REQUEST, Demand.OPTIONAL, List.of()),
            new Encryption(Demand.OPTIONAL, null),
            0,
            null);

    public SecuritySettings {
        allowedOrigins = List.copyOf(allowedOrigins);
        keyRules = List.copyOf(keyRules);
    }

    /** The only certificate that this key, or token of it, works with; null for any, and none. */
    public @Nullable String certificate(String actor) {
        KeyRule rule = rule(actor);
        return rule == null ? null : rule.certificateSha256();
    }

    /** The rule of this key, or token of it; null where there is none. */
    public @Nullable KeyRule rule(String actor) {
        for (KeyRule rule : keyRules) {
            if (rule.keyId().equals(actor)) {
                return rule;
            }
        }
        return null;
    }
}
