package dev.sextant.query.stream;

import dev.sextant.bus.Address;

/** What may be asked of streams. On this node only: what is answered is the stream itself. */
public final class StreamAddresses {

    public static final Address<AskStream, ResultStream> OPEN =
            new Address<>("stream.open.v1", AskStream.class, ResultStream.class);

    private StreamAddresses() {}
}
