package dev.sextant.identity.provider;

/**
 * Asks where to send a browser, so that a provider of the origin's tenant vouches for whoever sits before it.
 *
 * @param redirectUri where the browser comes back to
 * @param state comes back with it; {@code nonce} in the ID token
 * @param codeVerifier of PKCE, to be shown with the code
 */
public record BeginExternal(String providerId, String redirectUri, String state, String nonce, String codeVerifier) {

    @Override
    public String toString() {
        return "BeginExternal[providerId=%s]".formatted(providerId);
    }
}
