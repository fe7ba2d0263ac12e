package dev.sextant.identity.key;

import java.util.List;

/**
 * That the caller may change all the other keys that were asked about.
 *
 * @param keyIds of keys that the tenant never had
 */
public record UnknownKeys(List<String> keyIds) {

    public UnknownKeys {
        keyIds = List.copyOf(keyIds);
    }
}
