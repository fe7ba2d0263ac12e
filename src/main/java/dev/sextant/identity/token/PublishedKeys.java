package dev.sextant.identity.token;

import java.time.Instant;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The signing keys in use, the newest first. */
record PublishedKeys(List<PublishedKey> data) {

    /** How a key is used. */
    enum State {
        /** It will sign soon. */
        @JsonProperty("announced")
        ANNOUNCED,
        @JsonProperty("signing")
        SIGNING,
        /** It signs no more; what it signed is believed until it is over. */
        @JsonProperty("checking")
        CHECKING
    }

    record PublishedKey(String id, Instant createdAt, State state) {}

    PublishedKeys {
        data = List.copyOf(data);
    }

    static PublishedKeys of(List<KeptSigningKey> newestFirst, KeptSigningKey signing) {
        return new PublishedKeys(newestFirst.stream()
                .map(key -> new PublishedKey(key.key().getKeyID(), key.createdAt(), state(key, signing)))
                .toList());
    }

    private static State state(KeptSigningKey key, KeptSigningKey signing) {
        if (key.equals(signing)) {
            return State.SIGNING;
        }
        return key.createdAt().isBefore(signing.createdAt()) ? State.CHECKING : State.ANNOUNCED;
    }
}
