package dev.sextant.live;

import dev.sextant.bus.Address;
import dev.sextant.bus.Topic;

/** What may be asked of live queries. What is public stays on the node, by reference. */
public final class LiveAddresses {

    public static final Address<Subscribe, Subscribed> SUBSCRIBE =
            new Address<>("live.subscribe.v2", Subscribe.class, Subscribed.class);

    public static final Address<Unsubscribe, Unsubscribed> UNSUBSCRIBE =
            new Address<>("live.unsubscribe.v1", Unsubscribe.class, Unsubscribed.class);

    private static final String FOLLOWER = "follower:";

    private LiveAddresses() {}

    /** Where a node is asked by those that follow what it evaluates. Between nodes. */
    static Address<Fetch, Fetched> fetch(String node) {
        return new Address<>("live.fetch.v1." + node, Fetch.class, Fetched.class);
    }

    static Address<FetchPart, FetchedPart> fetchPart(String node) {
        return new Address<>("live.fetch_part.v1." + node, FetchPart.class, FetchedPart.class);
    }

    /** Where a node that follows hears that there is something to fetch. */
    static Topic<Moved> moved(String node) {
        return new Topic<>("live.moved.v1." + node, Moved.class);
    }

    /** The place of seats of a node that follows; {@code number} is by which that node knows the live query. */
    static String followerPlace(String node, long number) {
        return FOLLOWER + number + ":" + node;
    }

    static boolean isFollower(String place) {
        return place.startsWith(FOLLOWER);
    }

    static String followerOf(String place) {
        return place.substring(place.indexOf(':', FOLLOWER.length()) + 1);
    }

    static long numberOf(String place) {
        return Long.parseLong(place.substring(FOLLOWER.length(), place.indexOf(':', FOLLOWER.length())));
    }

    /** Where a place of seats hears news: whoever subscribes answers there. */
    public static Address<Deliver, Delivered> delivery(String place) {
        return new Address<>("live.deliver.v1." + place, Deliver.class, Delivered.class);
    }
}
