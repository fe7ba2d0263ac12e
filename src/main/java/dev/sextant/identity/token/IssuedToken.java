package dev.sextant.identity.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An access token, as RFC 6749, section 5.1, wants it told. It prints without its secrets.
 *
 * @param expiresIn seconds
 * @param refreshToken null where it came of a key
 * @param scope what the token may do, separated by spaces
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IssuedToken(
        String accessToken, String tokenType, long expiresIn, @Nullable String refreshToken, String scope) {

    @Override
    public String toString() {
        return "IssuedToken[accessToken=***, expiresIn=%d, scope=%s]".formatted(expiresIn, scope);
    }
}
