package dev.sextant.identity.token;

import org.jspecify.annotations.Nullable;

/**
 * Asks for an access token. It prints without the secret.
 *
 * @param clientId a key's id, and {@code clientSecret} that key
 * @param client where the client is: its address
 * @param scope the scopes wanted, separated by spaces; null for all that the key has
 */
record IssueToken(
        String clientId, String clientSecret, @Nullable String scope, String client) {

    @Override
    public String toString() {
        return "IssueToken[clientId=%s, clientSecret=***, scope=%s]".formatted(clientId, scope);
    }
}
