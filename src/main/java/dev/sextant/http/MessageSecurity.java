package dev.sextant.http;

import dev.sextant.kernel.Principal;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What some tenants want beyond TLS: messages that are signed, and messages that only they and we can read. Asked on the
 * event loop, for each request whose caller is known; most want nothing, and pay nothing.
 */
public interface MessageSecurity {

    /** For a node without it. */
    MessageSecurity NONE = new MessageSecurity() {
        @Override
        public Optional<Exchange> begin(Principal principal, Supplier<Head> head) {
            return Optional.empty();
        }

        @Override
        public void requireBond(Principal principal, Supplier<String> certificate) {
            // nobody is bound
        }
    };

    /**
     * A request but for its body.
     *
     * @param path as it came, not decoded
     * @param query as it came, without the question mark; empty where there is none
     * @param certificate the SHA-256 of the client's certificate ({@code x5t#S256}); empty where it has shown none
     */
    record Head(
            String method,
            String scheme,
            String authority,
            String path,
            String query,
            MultiMap headers,
            String certificate) {}

    /** A body as its operation takes it. */
    record Opened(String type, Buffer bytes) {}

    /**
     * What is to be done to this request and its answer; empty for nothing.
     *
     * @param head asked for only where it matters
     * @throws dev.sextant.kernel.ProblemException where the tenant demands what the request has not
     */
    Optional<Exchange> begin(Principal principal, Supplier<Head> head);

    /**
     * What {@link #begin} asks of a caller whose key is bound, where that is known later than the request. Any event loop.
     *
     * @param certificate as in {@link Head}; asked for only where it matters
     * @throws dev.sextant.kernel.ProblemException {@code PolicyDenied}
     */
    void requireBond(Principal principal, Supplier<String> certificate);

    /** One request and its answer. */
    interface Exchange {

        /** Whether the answer is to be encrypted, whatever its type. */
        boolean encrypts();

        /**
         * Whether the answer is to be signed or encrypted: for that it must be whole, so that nothing can be streamed.
         *
         * @param canBeWhole whether there is such an answer; where there is none, only what the request itself asks for counts,
         *     and not what its tenant always wants
         */
        boolean seals(boolean canBeWhole);

        /** Whether the request's body is to be {@link #open opened}; else it is taken as without any of this, zipped or as a stream, too. */
        boolean opens();

        /**
         * Checks the request's signature, and decrypts its body.
         *
         * @param type the media type of {@code body}, without parameters; empty where there is no body
         * @param body whole, as it was sent
         * @return fails with {@code SignatureRefused} or {@code Malformed}
         */
        Future<Opened> open(String type, Buffer body);

        /** Encrypts the answer, and signs it, as the request asks for or the tenant wants. Nothing may change it after. */
        Reply.Encoded close(Reply.Encoded reply);
    }
}
