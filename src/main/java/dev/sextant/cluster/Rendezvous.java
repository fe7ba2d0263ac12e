package dev.sextant.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * Shares things out among nodes so that each node comes to the same, and little moves when nodes come and go: only what a node
 * that went had, and what one that came gets. Source: Thaler, Ravishankar (1998), highest random weight. Pure.
 */
final class Rendezvous {

    private Rendezvous() {}

    /** Whose it is; nobody's where there are none. */
    static Optional<String> ownerOf(String thing, Collection<String> nodes) {
        return nodes.stream()
                .max(Comparator.comparing((String node) -> weight(thing, node), Arrays::compareUnsigned)
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The two are told apart by a byte that is in no UTF-8. */
    private static byte[] weight(String thing, String node) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(thing.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0xff);
            return digest.digest(node.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has SHA-256", e);
        }
    }
}
