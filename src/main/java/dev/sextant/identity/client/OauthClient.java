package dev.sextant.identity.client;

import java.time.Instant;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * An OAuth client, without its secret.
 *
 * @param redirectUris where answers may go, exactly
 * @param scopes what users may let it do
 */
record OauthClient(
        String id, String name, Type type, List<String> redirectUris, List<String> scopes, Instant createdAt) {

    /** Whether it can keep a secret. */
    enum Type {
        /** In a browser or on somebody's machine. */
        @JsonProperty("public")
        PUBLIC,
        /** On a server. */
        @JsonProperty("confidential")
        CONFIDENTIAL
    }

    OauthClient {
        redirectUris = List.copyOf(redirectUris);
        scopes = List.copyOf(scopes);
    }
}
