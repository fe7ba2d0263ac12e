package dev.sextant.store;

/** What was to be done is another node's by now; nothing was done. */
public final class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FencedException(Fence fence) {
        super("Another node has the lease %s by now".formatted(fence.lease()), null, false, false);
    }
}
