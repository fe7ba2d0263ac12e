package dev.sextant.audit.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check of a log has found.
 *
 * @param fromIndex the first record that was looked at
 * @param toIndex the one after the last
 * @param nextIndex where to go on; null where the end was reached
 * @param withdrawnKeys those that signed heads within, by their ids
 * @param failures the first hundred of them
 */
record LogReport(
        boolean valid,
        long treeSize,
        String rootHash,
        long fromIndex,
        long toIndex,
        @Nullable Long nextIndex,
        List<WithdrawnKey> withdrawnKeys,
        List<LogFailure> failures) {

    LogReport {
        withdrawnKeys = List.copyOf(withdrawnKeys);
        failures = List.copyOf(failures);
    }
}
