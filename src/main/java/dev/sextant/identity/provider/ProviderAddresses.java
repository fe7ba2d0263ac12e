package dev.sextant.identity.provider;

import dev.sextant.bus.Address;

/** What may be asked about identity providers. Ask on the same node: secrets should not travel. */
public final class ProviderAddresses {

    public static final Address<ListProviders, ProviderList> LIST =
            new Address<>("identity.list-providers.v1", ListProviders.class, ProviderList.class);
    public static final Address<BeginExternal, ExternalAddress> BEGIN =
            new Address<>("identity.begin-external.v1", BeginExternal.class, ExternalAddress.class);
    public static final Address<FinishExternal, Vouched> FINISH =
            new Address<>("identity.finish-external.v1", FinishExternal.class, Vouched.class);

    static final Address<PutProvider, IdentityProvider> PUT =
            new Address<>("identity.put-provider.v1", PutProvider.class, IdentityProvider.class);
    static final Address<GetProvider, IdentityProvider> GET =
            new Address<>("identity.get-provider.v1", GetProvider.class, IdentityProvider.class);
    static final Address<DeleteProvider, DeletedProvider> DELETE =
            new Address<>("identity.delete-provider.v1", DeleteProvider.class, DeletedProvider.class);

    private ProviderAddresses() {}
}
