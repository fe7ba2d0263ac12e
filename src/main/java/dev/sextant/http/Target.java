package dev.sextant.http;

import java.util.List;

/**
 * What a call is for, as the contract names it.
 *
 * @param method in upper case
 * @param path as it was asked, decoded
 * @param scopes all of which the caller needs
 */
public record Target(String operationId, String method, String path, List<String> scopes) {

    /** Whether whoever may read may call it. */
    public boolean readsOnly() {
        return !scopes.isEmpty() && scopes.stream().allMatch(scope -> scope.endsWith(":read"));
    }
}
