package dev.sextant.identity.token;

import dev.sextant.kernel.Principal;
import dev.sextant.kernel.TenantId;
import java.util.Set;

/**
 * An access token that its signature proves to be ours. Whether what it came of still stands is not known from it.
 *
 * @param subject the key or the user that it stands for
 * @param endsAtMillis since 1970; from then on it is expired
 */
public record AccessToken(TenantId tenant, String subject, Source source, Set<String> scopes, long endsAtMillis) {

    /** What a token came of, and ends with. */
    public sealed interface Source {}

    /**
     * Of an API key.
     *
     * @param prefix leads to the key
     */
    public record OfKey(String prefix) implements Source {}

    public record OfSignIn(String signInId, String clientId) implements Source {}

    public AccessToken {
        scopes = Set.copyOf(scopes);
    }

    /** Whoever it stands for, whether that one still stands or not. */
    public Principal holder() {
        return Principal.named(tenant, subject);
    }
}
