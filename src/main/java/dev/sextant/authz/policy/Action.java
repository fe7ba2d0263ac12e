package dev.sextant.authz.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What may be done with a resource. */
public enum Action {
    /** See that it is there, and what is in it. */
    READ,
    /** Bring events into a dataset; change what is no dataset. */
    WRITE,
    /** Take events out of a dataset; end what is no dataset. */
    DELETE,
    /** Declare a dataset and its rollups. */
    MANAGE;

    /** Stands for every action. */
    static final String ANY = "*";

    /** In lower case. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Action> of(String text) {
        return Arrays.stream(values())
                .filter(action -> action.text().equals(text))
                .findFirst();
    }
}
