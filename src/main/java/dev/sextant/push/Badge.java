package dev.sextant.push;

import dev.sextant.kernel.Principal;

/** Whom a socket belongs to, and by what. */
record Badge(Credential credential, Principal principal) {

    /** Whether whoever has the other one may go on with what this one began. */
    boolean hasRightsOf(Principal other) {
        return principal.tenant().equals(other.tenant())
                && principal.reach().equals(other.reach())
                && principal.policy().equals(other.policy());
    }
}
