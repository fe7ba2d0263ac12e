package dev.sextant.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.live.LiveQuestion.OfMetrics;
import dev.sextant.live.LiveQuestion.OfQuery;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node asks the one that evaluates a live query how far it is, and to be told when it goes on.
 *
 * @param follower the node that asks
 * @param number by which it knows the live query
 * @param body what was asked, where that was a query; else it was {@code metrics}
 * @param resume how far it was told; null where it knows nothing yet
 */
record Fetch(
        String follower,
        long number,
        @Nullable JsonNode body,
        @Nullable OfMetrics metrics,
        double hz,
        @Nullable Resume resume) {

    /** Who asks. */
    record Follower(String node, long number) {}

    static Fetch of(Follower follower, LiveQuestion question, double hz, @Nullable Resume resume) {
        return switch (question) {
            case OfQuery asked -> new Fetch(follower.node(), follower.number(), asked.body(), null, hz, resume);
            case OfMetrics asked -> new Fetch(follower.node(), follower.number(), null, asked, hz, resume);
        };
    }

    LiveQuestion asked() {
        return body == null || body.isNull()
                ? Objects.requireNonNull(metrics, "One of the two was asked")
                : new OfQuery(body);
    }

    /** Where it sits among those who look at the live query. */
    Seat seat() {
        return new Seat(LiveAddresses.followerPlace(follower, number), 0);
    }
}
