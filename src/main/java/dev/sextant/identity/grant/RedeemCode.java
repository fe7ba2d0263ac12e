package dev.sextant.identity.grant;

import org.jspecify.annotations.Nullable;

/**
 * Asks for what a code is good for. Whatever does not fit uses it up, but for the scope. It prints without its secrets.
 *
 * @param scope the scopes wanted, separated by spaces; null for all that there are
 */
public record RedeemCode(
        String code,
        String clientId,
        String redirectUri,
        String codeVerifier,
        @Nullable String scope) {

    @Override
    public String toString() {
        return "RedeemCode[clientId=%s, code=***]".formatted(clientId);
    }
}
