package dev.sextant.identity.user;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import org.jspecify.annotations.Nullable;

/** Hashes passwords by Argon2id (RFC 9106), slowly on purpose: tens of ms of CPU each. Any thread, but no event loop. */
final class Passwords {

    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private final Argon2Function function;
    private final String nobodys;

    Passwords(int kib, int passes) {
        this.function = Argon2Function.getInstance(kib, passes, LANES, HASH_BYTES, Argon2.ID);
        this.nobodys = hash("the password of nobody");
    }

    /** With a salt of its own, as a PHC string. */
    String hash(String password) {
        return Password.hash(password).addRandomSalt(SALT_BYTES).with(function).getResult();
    }

    /**
     * Takes as long for nobody as for somebody.
     *
     * @param phc null for nobody, whose password is never right
     */
    boolean isRight(String password, @Nullable String phc) {
        String kept = phc == null ? nobodys : phc;
        boolean matches = Password.check(password, kept).with(Argon2Function.getInstanceFromHash(kept));
        return matches && phc != null;
    }
}
