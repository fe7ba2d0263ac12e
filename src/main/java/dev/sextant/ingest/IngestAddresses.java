package dev.sextant.ingest;

import dev.sextant.bus.Address;
import dev.sextant.bus.Topic;

/** What may be asked and heard of events that come in. */
public final class IngestAddresses {

    public static final Address<AppendEvents, DatasetReceipt> APPEND =
            new Address<>("ingest.append.v2", AppendEvents.class, DatasetReceipt.class);

    static final Address<DeleteEvents, DeletionReceipt> DELETE =
            new Address<>("ingest.delete.v1", DeleteEvents.class, DeletionReceipt.class);

    public static final Topic<EventsAccepted> ACCEPTED = new Topic<>("ingest.accepted.v1", EventsAccepted.class);

    private IngestAddresses() {}
}
