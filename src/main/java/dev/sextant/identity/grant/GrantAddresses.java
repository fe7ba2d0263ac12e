package dev.sextant.identity.grant;

import dev.sextant.bus.Address;

/** What may be asked about sign-ins. Ask on the same node: codes and tokens should not travel. */
public final class GrantAddresses {

    public static final Address<BeginSignIn, IssuedCode> BEGIN =
            new Address<>("identity.begin-sign-in.v1", BeginSignIn.class, IssuedCode.class);

    /** Fails with {@code OauthRefused} where it is not good, or may do less. */
    public static final Address<RedeemCode, GrantedSignIn> REDEEM =
            new Address<>("identity.redeem-code.v2", RedeemCode.class, GrantedSignIn.class);

    /** Fails with {@code OauthRefused} where it is not good, or may do less; one that was used ends the sign-in. */
    public static final Address<RefreshSignIn, GrantedSignIn> REFRESH =
            new Address<>("identity.refresh-sign-in.v2", RefreshSignIn.class, GrantedSignIn.class);

    public static final Address<FindRefreshToken, FoundRefreshToken> FIND =
            new Address<>("identity.find-refresh-token.v1", FindRefreshToken.class, FoundRefreshToken.class);

    public static final Address<EndSignIn, EndedSignIn> END =
            new Address<>("identity.end-sign-in.v1", EndSignIn.class, EndedSignIn.class);

    private GrantAddresses() {}
}
