package dev.sextant.identity.user;

/** Asks to become a user by an invitation; it has the shape of the request's body, and prints without its secrets. */
record AcceptInvitation(String token, String name, String password) {

    @Override
    public String toString() {
        return "AcceptInvitation[token=***, name=%s, password=***]".formatted(name);
    }
}
