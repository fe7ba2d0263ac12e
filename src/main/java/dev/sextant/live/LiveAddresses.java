package dev.sextant.live;

import dev.sextant.bus.Address;

/** What may be asked of live queries. All of it stays on the node, by reference. */
public final class LiveAddresses {

    public static final Address<Subscribe, Subscribed> SUBSCRIBE =
            new Address<>("live.subscribe.v1", Subscribe.class, Subscribed.class);

    public static final Address<Unsubscribe, Unsubscribed> UNSUBSCRIBE =
            new Address<>("live.unsubscribe.v1", Unsubscribe.class, Unsubscribed.class);

    private LiveAddresses() {}

    /** Where a place of seats hears news: whoever subscribes answers there. */
    public static Address<Deliver, Delivered> delivery(String place) {
        return new Address<>("live.deliver.v1." + place, Deliver.class, Delivered.class);
    }
}
