package dev.sextant.identity.token;

/**
 * An access token, as RFC 6749, section 5.1, wants it told. It prints without the token.
 *
 * @param expiresIn seconds
 * @param scope what the token may do, separated by spaces
 */
record IssuedToken(String accessToken, String tokenType, long expiresIn, String scope) {

    @Override
    public String toString() {
        return "IssuedToken[accessToken=***, expiresIn=%d, scope=%s]".formatted(expiresIn, scope);
    }
}
