package dev.sextant.identity.grant;

/** Asks for the next refresh token in place of this one. It prints without the token. */
public record RefreshSignIn(String refreshToken, String clientId) {

    @Override
    public String toString() {
        return "RefreshSignIn[clientId=%s, refreshToken=***]".formatted(clientId);
    }
}
