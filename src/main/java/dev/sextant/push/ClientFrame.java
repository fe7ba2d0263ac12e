package dev.sextant.push;

import dev.sextant.kernel.Problem;
import dev.sextant.live.LiveQuestion;
import dev.sextant.live.Resume;
import org.jspecify.annotations.Nullable;

/** What a client says. */
sealed interface ClientFrame {

    /** It prints without the token. */
    record Auth(String token) implements ClientFrame {
        @Override
        public String toString() {
            return "Auth[token=***]";
        }
    }

    /**
     * A wish to subscribe.
     *
     * @param hz null where the client does not say
     */
    record Open(
            String id,
            LiveQuestion question,
            @Nullable Double hz,
            @Nullable Resume resume) implements ClientFrame {}

    /** So many more deltas may be sent. */
    record Ack(String id, long credits) implements ClientFrame {}

    record Close(String id) implements ClientFrame {}

    /**
     * A frame of ours, with something wrong in it.
     *
     * @param id null where it could not be read
     */
    record Refused(@Nullable String id, Problem problem) implements ClientFrame {}

    /** No frame of ours. */
    record Unreadable(String reason) implements ClientFrame {}
}
