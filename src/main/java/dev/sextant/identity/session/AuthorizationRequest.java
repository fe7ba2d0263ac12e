package dev.sextant.identity.session;

import dev.sextant.identity.client.KnownClient;
import java.util.List;

/**
 * A request of a client that may be put to a user.
 *
 * @param scopes what it asks for; what the user may not do is left out later
 */
record AuthorizationRequest(AuthorizationQuery query, KnownClient client, List<String> scopes) {

    AuthorizationRequest {
        scopes = List.copyOf(scopes);
    }

    /** The same step again, by this browser. */
    String at(String path) {
        return path + "?" + query.text();
    }
}
