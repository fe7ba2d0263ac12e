package dev.sextant.identity.session;

import dev.sextant.identity.client.KnownClient;
import java.util.List;
import java.util.regex.Pattern;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Says whether a client's request is good. Pure. What is wrong with the client itself or where it wants to be answered is told
 * to the user, since nothing can be sent there; all else is told to the client.
 */
final class AuthorizationRules {

    private static final Predicate<String> S256 =
            Pattern.compile("[A-Za-z0-9_-]{43}").asMatchPredicate();
    private static final Predicate<String> SCOPES =
            Pattern.compile("[a-z_]+:[a-z_]+( [a-z_]+:[a-z_]+)*").asMatchPredicate();

    /** What comes of it. */
    sealed interface Verdict {}

    record Good(AuthorizationRequest request) implements Verdict {}

    /** The client is told: its {@code error} of RFC 6749, section 4.1.2.1. */
    record BackToClient(String error, String description) implements Verdict {}

    /** The user is told, and the browser stays here. */
    record Dead(String why) implements Verdict {}

    private AuthorizationRules() {}

    static Verdict judge(AuthorizationQuery query, KnownClient client) {
        if (!client.redirectUris().contains(query.redirectUri())) {
            return new Dead("The program wants to be answered at an address that is not registered for it.");
        }
        if (!query.responseType().equals("code")) {
            return new BackToClient("unsupported_response_type", "response_type must be code");
        }
        if (!query.codeChallengeMethod().equals("S256") || !S256.test(query.codeChallenge())) {
            return new BackToClient(
                    "invalid_request", "PKCE is needed: code_challenge_method S256, code_challenge of 43 characters");
        }
        return scopes(query, client);
    }

    private static Verdict scopes(AuthorizationQuery query, KnownClient client) {
        if (query.scope().isEmpty()) {
            return new Good(new AuthorizationRequest(query, client, client.scopes()));
        }
        if (!SCOPES.test(query.scope())) {
            return new BackToClient("invalid_scope", "scope must be scopes separated by single spaces");
        }
        List<String> asked = Stream.of(query.scope().split(" ", -1)).distinct().sorted().toList();
        return client.scopes().containsAll(asked)
                ? new Good(new AuthorizationRequest(query, client, asked))
                : new BackToClient("invalid_scope", "the client is not registered for all scopes that it asks for");
    }
}
