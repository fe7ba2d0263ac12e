package dev.sextant.identity.token;

import org.jspecify.annotations.Nullable;

/** Holds the signing keys of this node, from the moment they are read. Any thread. */
final class SigningKeyRing {

    private volatile @Nullable SigningKeys keys;

    void use(SigningKeys read) {
        keys = read;
    }

    /** @throws IllegalStateException before they are read; a node takes no calls before that */
    SigningKeys keys() {
        SigningKeys present = keys;
        if (present == null) {
            throw new IllegalStateException("The signing keys are not read yet");
        }
        return present;
    }
}
