package dev.sextant.engine.druid;

import dev.sextant.engine.DatasetState;
import java.util.List;
import java.util.SortedMap;

/**
 * What a plan looks at.
 *
 * @param datasource that holds the rows
 * @param versionMin rows of this version or an earlier one are gone: the tenant was dropped
 * @param versionToDeletion what was deleted, each in rows of versions before it
 */
record Snapshot(
        String datasource,
        Place place,
        DatasetState state,
        long versionMin,
        SortedMap<Long, Deletion> versionToDeletion) {

    long version() {
        return state.dataVersion();
    }

    /** Conditions that a row must meet beside its version, with what their marks stand for added to {@code values}. */
    void restrict(StringBuilder sql, String version, List<? super Object> values) {
        if (versionMin > 0) {
            sql.append(" AND ").append(version).append(" > ?");
            values.add(versionMin);
        }
        versionToDeletion.forEach((ordered, deletion) -> {
            if (deletion.stage() == Deletion.Stage.DONE) {
                return;
            }
            sql.append(" AND (").append(version).append(" >= ? OR (");
            sql.append(deletion.sql()).append(") IS NOT TRUE)");
            values.add(ordered);
            values.addAll(deletion.parameters());
        });
    }
}
