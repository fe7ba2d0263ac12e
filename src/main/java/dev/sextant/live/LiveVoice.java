package dev.sextant.live;

import dev.sextant.bus.Bus;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;

/**
 * Tells the places of an audience what happened, each by one message, and notes those that are gone. Other nodes are told that
 * something did, and fetch it.
 */
record LiveVoice(Bus bus, LiveRun run) {

    void tell(Watched watched, News news) {
        Deliver message = new Deliver(watched.id(), news);
        for (String place : watched.audience().places()) {
            if (LiveAddresses.isFollower(place)) {
                Moved moved = new Moved(LiveAddresses.numberOf(place));
                bus.publish(LiveAddresses.moved(LiveAddresses.followerOf(place)), moved, run.origin(watched.key()));
            } else {
                bus.askHere(LiveAddresses.delivery(place), message, run.origin(watched.key()))
                        .onSuccess(delivered -> abandonUnless(delivered.wanted(), watched, place))
                        .onFailure(failure -> abandonUnless(!isGone(failure), watched, place));
            }
        }
    }

    private static void abandonUnless(boolean isWanted, Watched watched, String place) {
        if (!isWanted) {
            watched.abandon(place);
        }
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof ProblemException known && known.problem() instanceof Problem.Unavailable;
    }
}
