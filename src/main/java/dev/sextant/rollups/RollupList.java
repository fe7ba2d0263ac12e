package dev.sextant.rollups;

import java.util.List;

/** All rollups of a dataset, by name. */
record RollupList(List<RollupReport> data) {
    RollupList {
        data = List.copyOf(data);
    }
}
