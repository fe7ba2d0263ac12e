package dev.sextant.identity.client;

import dev.sextant.bus.Address;

/** What may be asked about OAuth clients. Ask on the same node: secrets should not travel. */
public final class ClientAddresses {

    public static final Address<FindClient, KnownClient> FIND =
            new Address<>("identity.find-client.v1", FindClient.class, KnownClient.class);
    public static final Address<AuthenticateClient, KnownClient> AUTHENTICATE =
            new Address<>("identity.authenticate-client.v1", AuthenticateClient.class, KnownClient.class);

    static final Address<CreateClient, CreatedClient> CREATE =
            new Address<>("identity.create-client.v1", CreateClient.class, CreatedClient.class);
    static final Address<ListClients, ClientPage> LIST =
            new Address<>("identity.list-clients.v1", ListClients.class, ClientPage.class);
    static final Address<GetClient, OauthClient> GET =
            new Address<>("identity.get-client.v1", GetClient.class, OauthClient.class);
    static final Address<DeleteClient, DeletedClient> DELETE =
            new Address<>("identity.delete-client.v1", DeleteClient.class, DeletedClient.class);

    private ClientAddresses() {}
}
