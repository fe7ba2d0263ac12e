package dev.sextant.query.compile;

import dev.sextant.engine.Dialect;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.PooledColumns;
import dev.sextant.engine.RollupTable;
import dev.sextant.engine.Table;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Field;
import dev.sextant.query.model.Sight;
import dev.sextant.query.rollup.Served;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The table that a query reads: the dataset's events, or a rollup of them.
 *
 * @param path its name, after that of its schema if it is in one
 * @param columns all that the table has
 * @param sight what lies between the table and who reads it: see {@link ScanTree}; null where nothing does
 * @param dialect of the engine that has it
 */
record Scanned(
        List<String> path,
        List<Table.Column> columns,
        @Nullable Sight sight,
        Dialect dialect) {

    static Scanned events(String dataset, DatasetModel model, Dialect dialect) {
        Sight sight = model.sight();
        DatasetModel whole = sight == null ? model : sight.whole();
        return new Scanned(List.of(dataset), columns(whole, dataset), sight, dialect);
    }

    /** Whether other datasets' events may lie in the same table. */
    boolean isPooled() {
        return dialect == Dialect.DRUID;
    }

    /** As the engine calls it, after its schema. */
    List<String> table() {
        return isPooled() ? List.of(PooledColumns.EVENTS) : path;
    }

    static Scanned rollup(String dataset, Served served) {
        Stream<Table.Column> columns = served.model().dimensions().stream().map(Scanned::column);
        return new Scanned(
                List.of(
                        RollupTable.SCHEMA,
                        RollupTable.table(dataset, served.rollup().name())),
                Stream.concat(Stream.of(new Table.Column(Table.TIME, FieldType.TIMESTAMP)), columns)
                        .toList(),
                null,
                Dialect.DUCKDB);
    }

    private static List<Table.Column> columns(DatasetModel model, String dataset) {
        return Stream.concat(Table.STORED.stream(), model.table(dataset).columns().stream())
                .toList();
    }

    private static Table.Column column(Field field) {
        return new Table.Column(field.name(), field.type());
    }
}
