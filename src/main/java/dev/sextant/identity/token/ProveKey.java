package dev.sextant.identity.token;

/**
 * Asks whose a key is; fails where it does not stand, or may not be used from there. It prints without the key.
 *
 * @param clientId the key's id, and {@code clientSecret} that key
 * @param client where the client is: its address
 */
public record ProveKey(String clientId, String clientSecret, String client) {

    @Override
    public String toString() {
        return "ProveKey[clientId=%s, clientSecret=***]".formatted(clientId);
    }
}
