package dev.sextant.identity.client;

import java.util.List;

/** Asks for a new client of the origin's tenant; it has the shape of the request's body. */
record CreateClient(String name, OauthClient.Type type, List<String> redirectUris, List<String> scopes) {

    CreateClient {
        redirectUris = List.copyOf(redirectUris);
        scopes = List.copyOf(scopes);
    }
}
