package dev.sextant.identity.grant;

import java.util.List;

/**
 * Asks for a code: a user of the origin's tenant has let a client act.
 *
 * @param scopes what it may do
 * @param codeChallenge of PKCE by S256 (RFC 7636)
 */
public record BeginSignIn(
        String userId, String clientId, String redirectUri, List<String> scopes, String codeChallenge) {

    public BeginSignIn {
        scopes = List.copyOf(scopes);
    }
}
