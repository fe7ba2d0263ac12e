package dev.sextant.authz;

import java.util.List;

/**
 * Whether something may be done.
 *
 * @param allowed whether all of it may
 * @param results one for each check, in their order
 */
record AccessReport(boolean allowed, List<Boolean> results) {

    AccessReport {
        results = List.copyOf(results);
    }

    static AccessReport of(List<Boolean> results) {
        return new AccessReport(results.stream().allMatch(allowed -> allowed), results);
    }
}
