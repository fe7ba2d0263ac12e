package dev.sextant.datasets;

import dev.sextant.query.model.DatasetModel;
import java.time.Instant;

/**
 * A dataset as it is declared.
 *
 * @param isDefault whether events sent to no dataset in particular go here
 * @param version grows with each change of the declaration, from 1
 */
public record Dataset(
        String name,
        String description,
        DatasetModel model,
        boolean isDefault,
        int version,
        Instant createdAt,
        Instant updatedAt) {}
