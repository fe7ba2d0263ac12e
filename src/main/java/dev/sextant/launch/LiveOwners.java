package dev.sextant.launch;

import dev.sextant.cluster.Nodes;
import dev.sextant.live.Owners;
import java.util.Optional;

/** Live queries are evaluated by whoever has their lease, as long as the bus reaches it. */
record LiveOwners(Nodes nodes) implements Owners {

    @Override
    public String self() {
        return nodes.self().name();
    }

    @Override
    public Optional<String> ownerOf(String lease) {
        return nodes.ownerOf(lease).filter(owner -> nodes.self().reached().get().contains(owner));
    }
}
