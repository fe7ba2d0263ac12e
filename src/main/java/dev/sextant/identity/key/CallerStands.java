package dev.sextant.identity.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The principal may go on, with no more than its credential gives by now.
 *
 * @param datasets that it may touch; null for all
 * @param policy that it is under, as text
 */
public record CallerStands(
        String credential, List<String> scopes, @Nullable List<String> datasets, String policy) {

    public CallerStands {
        scopes = List.copyOf(scopes);
        datasets = datasets == null ? null : List.copyOf(datasets);
    }
}
