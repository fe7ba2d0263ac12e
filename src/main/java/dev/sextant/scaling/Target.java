package dev.sextant.scaling;

import org.jspecify.annotations.Nullable;

/**
 * A part of the platform; in a wish, what is null stays as it is.
 *
 * @param queryConcurrency queries at once, which also get so much more of the threads' time
 * @param ingestEps events a second, as a measure of the time that storing them gets
 * @param pushConnections sockets on each node
 * @param replicas nodes
 */
record Target(
        @Nullable Integer queryConcurrency,
        @Nullable Integer ingestEps,
        @Nullable Integer pushConnections,
        @Nullable Integer replicas) {

    static final Target USUAL = new Target(null, null, null, null);

    /** This one, with what it leaves open as {@code present} has it. */
    Target over(Target present) {
        return new Target(
                queryConcurrency == null ? present.queryConcurrency() : queryConcurrency,
                ingestEps == null ? present.ingestEps() : ingestEps,
                pushConnections == null ? present.pushConnections() : pushConnections,
                replicas == null ? present.replicas() : replicas);
    }
}
