package dev.sextant.push;

import dev.sextant.kernel.Principal;

/** By what a socket proved whom it belongs to; kept, to be checked again. It prints without secrets. */
sealed interface Credential {

    /** What an {@code Authorization} header has, wherever it came from. */
    record Bearer(String authorization) implements Credential {
        @Override
        public String toString() {
            return "Bearer[***]";
        }
    }

    /** A ticket that was redeemed: what is left of it is whom it stood for. */
    record Ticket(Principal holder) implements Credential {}
}
