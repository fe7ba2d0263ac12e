package dev.sextant.identity.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client that was just made. It prints without its secret.
 *
 * @param clientSecret told this once; null for a public client
 */
record CreatedClient(
        String id,
        @Nullable String clientSecret,
        String name,
        OauthClient.Type type,
        List<String> redirectUris,
        List<String> scopes,
        Instant createdAt) {

    CreatedClient {
        redirectUris = List.copyOf(redirectUris);
        scopes = List.copyOf(scopes);
    }

    static CreatedClient of(OauthClient made, @Nullable String secret) {
        return new CreatedClient(
                made.id(), secret, made.name(), made.type(), made.redirectUris(), made.scopes(), made.createdAt());
    }

    @Override
    public String toString() {
        return "CreatedClient[id=%s, clientSecret=***]".formatted(id);
    }
}
