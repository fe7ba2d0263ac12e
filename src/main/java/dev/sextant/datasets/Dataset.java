package dev.sextant.datasets;

import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.rollup.Rollup;
import java.time.Instant;
import java.util.List;

/**
 * A dataset as it is declared.
 *
 * @param rollups by their names
 * @param isDefault whether events sent to no dataset in particular go here
 * @param version grows with each change of the declaration, from 1
 */
public record Dataset(
        String name,
        String description,
        DatasetModel model,
        List<Rollup> rollups,
        boolean isDefault,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    public Dataset {
        rollups = List.copyOf(rollups);
    }

    /** The same, seen by that model. */
    Dataset with(DatasetModel seen) {
        return new Dataset(name, description, seen, rollups, isDefault, version, createdAt, updatedAt);
    }
}
