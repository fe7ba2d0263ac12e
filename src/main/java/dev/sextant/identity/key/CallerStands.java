package dev.sextant.identity.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The principal may go on, with no more than its key has by now.
 *
 * @param datasets that the key may touch; null for all
 */
public record CallerStands(
        String actor, List<String> scopes, @Nullable List<String> datasets) {

    public CallerStands {
        scopes = List.copyOf(scopes);
        datasets = datasets == null ? null : List.copyOf(datasets);
    }
}
