package dev.sextant.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an engine is asked for the rows of a dataset. */
public interface Wording {

    /** With the names that datasets and fields have. */
    Wording PLAIN = new Wording() {
        @Override
        public String name(Table.Column column) {
            return "\"" + column.name() + "\"";
        }

        @Override
        public String from(String dataset) {
            return "FROM \"" + dataset + "\" WHERE TRUE";
        }

        @Override
        public List<@Nullable Object> bound() {
            return List.of();
        }
    };

    /** As many tenants' datasets share a datasource. */
    Wording POOLED = new Wording() {
        @Override
        public String name(Table.Column column) {
            return "\"" + PooledColumns.of(column) + "\"";
        }

        @Override
        public String from(String dataset) {
            return "FROM \"%s\" WHERE \"%s\" = ? AND \"%s\" = ? AND \"%s\" <= ?"
                    .formatted(PooledColumns.EVENTS, PooledColumns.TENANT, PooledColumns.DATASET, Table.VERSION);
        }

        @Override
        public List<@Nullable Object> bound() {
            return List.of(Bound.TENANT, Bound.DATASET, Bound.VERSION);
        }
    };

    /** A column, quoted. */
    String name(Table.Column column);

    /** The rows of the plan's dataset, up to a condition that is always met. */
    String from(String dataset);

    /** What the marks in {@link #from} stand for. */
    List<@Nullable Object> bound();
}
