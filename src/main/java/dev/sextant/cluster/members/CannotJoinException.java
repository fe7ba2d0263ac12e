package dev.sextant.cluster.members;

/** Why this node is not one of the cluster, in one sentence for the person who started it. */
public final class CannotJoinException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotJoinException(String sentence) {
        super(sentence);
    }
}
