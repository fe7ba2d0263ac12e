package dev.sextant.http;

import dev.sextant.kernel.Principal;

/** Which pages of other sites may read our answers (CORS). Asked on the event loop. */
public interface OriginRules {

    /** For a node that answers none. */
    OriginRules NONE = new OriginRules() {
        @Override
        public boolean isKnown(String origin) {
            return false;
        }

        @Override
        public boolean allows(Principal principal, String origin) {
            return false;
        }
    };

    /** Whether anybody allows it: all that can be said of a caller who is not known yet. */
    boolean isKnown(String origin);

    /** Whether the caller's tenant allows it to this caller. */
    boolean allows(Principal principal, String origin);
}
