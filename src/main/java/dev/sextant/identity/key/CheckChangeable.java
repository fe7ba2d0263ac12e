package dev.sextant.identity.key;

import java.util.List;

/**
 * Asks whether the caller may say what holds for these keys of the tenant, for rooms that keep rules of keys.
 *
 * @param keyIds those whose rules would change
 */
public record CheckChangeable(List<String> keyIds) {

    public CheckChangeable {
        keyIds = List.copyOf(keyIds);
    }
}
