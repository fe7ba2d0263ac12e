package dev.sextant.identity.session;

/**
 * A browser that was sent to a provider, and is awaited back. It prints without its secrets.
 *
 * @param browser the digest of its cookie: another browser that brings the answer is refused
 */
record ExternalAttempt(
        String providerId, AuthorizationQuery query, String nonce, String codeVerifier, String browser) {

    @Override
    public String toString() {
        return "ExternalAttempt[providerId=%s]".formatted(providerId);
    }
}
