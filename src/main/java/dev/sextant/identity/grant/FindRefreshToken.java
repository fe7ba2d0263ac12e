package dev.sextant.identity.grant;

/** Asks what a refresh token is; it stays good. It prints without the token. */
public record FindRefreshToken(String refreshToken) {

    @Override
    public String toString() {
        return "FindRefreshToken[***]";
    }
}
