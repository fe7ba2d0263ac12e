package dev.sextant.identity.token;

import dev.sextant.bus.Address;

final class TokenAddresses {

    static final Address<IssueToken, IssuedToken> ISSUE =
            new Address<>("identity.issue-token.v2", IssueToken.class, IssuedToken.class);

    private TokenAddresses() {}
}
