package dev.sextant.identity.key;

import dev.sextant.bus.Address;

/** What may be asked of the keys of a tenant. Ask on the same node: a key's text should not travel. */
public final class KeyAddresses {

    public static final Address<CreateKey, CreatedKey> CREATE =
            new Address<>("identity.create-key.v2", CreateKey.class, CreatedKey.class);

    public static final Address<EnsureKey, EnsuredKey> ENSURE =
            new Address<>("identity.ensure-key.v1", EnsureKey.class, EnsuredKey.class);

    public static final Address<CheckCaller, CallerStands> CHECK =
            new Address<>("identity.check-caller.v2", CheckCaller.class, CallerStands.class);

    public static final Address<CheckChangeable, UnknownKeys> CHECK_CHANGEABLE =
            new Address<>("identity.check-changeable.v1", CheckChangeable.class, UnknownKeys.class);

    static final Address<ListKeys, KeyPage> LIST =
            new Address<>("identity.list-keys.v2", ListKeys.class, KeyPage.class);
    static final Address<GetKey, ApiKey> GET = new Address<>("identity.get-key.v2", GetKey.class, ApiKey.class);
    static final Address<UpdateKey, ApiKey> UPDATE =
            new Address<>("identity.update-key.v2", UpdateKey.class, ApiKey.class);
    static final Address<RotateKey, RotatedKey> ROTATE =
            new Address<>("identity.rotate-key.v1", RotateKey.class, RotatedKey.class);
    static final Address<RevokeKey, RevokedKey> REVOKE =
            new Address<>("identity.revoke-key.v1", RevokeKey.class, RevokedKey.class);
    static final Address<ReportLeak, EndedByLeak> REPORT_LEAK =
            new Address<>("identity.report-leak.v2", ReportLeak.class, EndedByLeak.class);

    private KeyAddresses() {}
}
