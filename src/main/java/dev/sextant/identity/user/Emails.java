package dev.sextant.identity.user;

import java.util.Locale;

/** Addresses of mail, as they are compared. Pure. */
public final class Emails {

    private Emails() {}

    /** In lower case, without space around it. */
    public static String canonical(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
