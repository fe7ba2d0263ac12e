package dev.sextant.identity.user;

import org.jspecify.annotations.Nullable;

/**
 * Asks whether a password is the one that was hashed. It prints without either.
 *
 * @param phc null to do the same work for nobody
 */
record CheckPassword(String password, @Nullable String phc) {

    @Override
    public String toString() {
        return "CheckPassword[***]";
    }
}
