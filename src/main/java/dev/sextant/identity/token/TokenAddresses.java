package dev.sextant.identity.token;

import dev.sextant.bus.Address;

/** What may be asked about tokens. */
public final class TokenAddresses {

    static final Address<IssueToken, TokenOfKey> ISSUE =
            new Address<>("identity.issue-token.v3", IssueToken.class, TokenOfKey.class);
    static final Address<SignToken, IssuedToken> SIGN =
            new Address<>("identity.sign-token.v1", SignToken.class, IssuedToken.class);
    /** Ask on the same node: keys should not travel. */
    public static final Address<ProveKey, ProvenKey> PROVE_KEY =
            new Address<>("identity.prove-key.v1", ProveKey.class, ProvenKey.class);

    static final Address<RotateKeys, PublishedKeys> ROTATE =
            new Address<>("identity.rotate-keys.v1", RotateKeys.class, PublishedKeys.class);

    private TokenAddresses() {}
}
