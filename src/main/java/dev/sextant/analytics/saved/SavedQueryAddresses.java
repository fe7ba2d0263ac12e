package dev.sextant.analytics.saved;

import dev.sextant.bus.Address;

final class SavedQueryAddresses {

    static final Address<CreateSavedQuery, SavedQuery> CREATE =
            new Address<>("saved_queries.create.v1", CreateSavedQuery.class, SavedQuery.class);
    static final Address<GetSavedQuery, SavedQuery> GET =
            new Address<>("saved_queries.get.v1", GetSavedQuery.class, SavedQuery.class);
    static final Address<ListSavedQueries, SavedQueryList> LIST =
            new Address<>("saved_queries.list.v1", ListSavedQueries.class, SavedQueryList.class);
    static final Address<ReplaceSavedQuery, SavedQuery> REPLACE =
            new Address<>("saved_queries.replace.v1", ReplaceSavedQuery.class, SavedQuery.class);
    static final Address<DeleteSavedQuery, SavedQuery> DELETE =
            new Address<>("saved_queries.delete.v1", DeleteSavedQuery.class, SavedQuery.class);

    private SavedQueryAddresses() {}
}
