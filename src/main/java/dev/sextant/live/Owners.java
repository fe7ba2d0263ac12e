package dev.sextant.live;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which node evaluates which live queries, for all nodes. Safe for all threads. */
public interface Owners {

    /** So many leases share all live queries out among the nodes. */
    int SHARES = 32;

    /** Of a node that stands alone: it evaluates all. */
    Owners ALONE = new Owners() {
        @Override
        public String self() {
            return "";
        }

        @Override
        public Optional<String> ownerOf(String lease) {
            return Optional.empty();
        }
    };

    /** This node. */
    String self();

    /** The node that has a lease, if one is known that can be reached. */
    Optional<String> ownerOf(String lease);

    /** The leases. */
    static Set<String> leases() {
        return IntStream.range(0, SHARES).mapToObj(Owners::lease).collect(Collectors.toUnmodifiableSet());
    }

    static String lease(int share) {
        return "live/" + share;
    }
}
