package dev.sextant.authz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether something may be done.
 *
 * @param checks at least one
 * @param roles by whoever has these; null for the caller
 */
record CheckAccess(List<Check> checks, @Nullable List<String> roles) {

    record Check(String action, String resource) {}

    CheckAccess {
        checks = List.copyOf(checks);
    }
}
