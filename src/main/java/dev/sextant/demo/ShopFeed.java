package dev.sextant.demo;

import dev.sextant.demo.shop.ShopStream;
import dev.sextant.kernel.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What happens in the shop; nothing is left out, so that a shop that was closed for a while has its whole history. */
record ShopFeed(ShopStream stream) implements LiveFeed {

    @Override
    public List<byte[]> due(Instant now, int eventsMax) {
        return events(stream, now, SOURCE).limit(eventsMax).toList();
    }

    /** The events before {@code until}, as JSON. */
    static Stream<byte[]> events(ShopStream stream, Instant until, String source) {
        return Stream.generate(() -> stream.next(until))
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .map(event -> Json.write(new Sourced(source, event)));
    }
}
