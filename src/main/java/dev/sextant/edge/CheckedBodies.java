package dev.sextant.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.networknt.schema.Schema;
import dev.sextant.http.Body;
import dev.sextant.kernel.Bytes;
import dev.sextant.kernel.Sightings;

/**
 * Checks bodies of JSON against the contract, and remembers those that keep to it and come again: dashboards send the same,
 * byte by byte, over and over. What is remembered depends on the bytes and the schema alone, so it is the same for all callers. One for
 * each event loop.
 */
final class CheckedBodies {

    /** Longer ones hardly come again. */
    private static final int LENGTH_MAX = 16 << 10;

    /** What a body weighs beside its bytes, in multiples of these: its tree. */
    private static final int TREE_PER_BYTE = 30;

    private record Sent(Schema schema, Bytes bytes) implements Comparable<Sent> {

        /** By what the caller chooses: see {@link Bytes}. */
        @Override
        public int compareTo(Sent other) {
            return bytes.compareTo(other.bytes);
        }
    }

    private final Sightings sightings = new Sightings();
    private final Cache<Sent, Body.Json> sentToBody;

    /** Keeps about {@code bytesMax} bytes. */
    CheckedBodies(long bytesMax) {
        this.sentToBody = Caffeine.newBuilder()
                .maximumWeight(bytesMax)
                .weigher((Sent sent, Body.Json body) -> sent.bytes().length() * (1 + TREE_PER_BYTE))
                .executor(Runnable::run)
                .build();
    }

    /**
     * The body that these bytes are. What is refused is not remembered.
     *
     * @throws dev.sextant.kernel.ProblemException as {@link RequestValidator#json} does
     */
    Body.Json json(Schema schema, Bytes bytes) {
        return bytes.length() <= LENGTH_MAX && sightings.again(bytes.hashCode())
                ? sentToBody.get(new Sent(schema, bytes), _ -> RequestValidator.json(schema, bytes))
                : RequestValidator.json(schema, bytes);
    }
}
