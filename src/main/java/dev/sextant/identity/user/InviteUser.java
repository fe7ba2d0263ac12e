package dev.sextant.identity.user;

import java.util.List;

/** Asks for an invitation; it has the shape of the request's body. */
record InviteUser(String email, List<String> roles) {

    InviteUser {
        roles = List.copyOf(roles);
    }
}
