package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.RollupTable;
import dev.sextant.engine.Table;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Field;
import dev.sextant.query.rollup.Served;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table that a query reads: the dataset's events, or a rollup of them.
 *
 * @param path its name, after that of its schema if it is in one
 */
record Scanned(List<String> path, List<Table.Column> columns) {

    static Scanned events(String dataset, DatasetModel model) {
        return new Scanned(
                List.of(dataset),
                Stream.concat(Table.STORED.stream(), model.table(dataset).columns().stream())
                        .toList());
    }

    static Scanned rollup(String dataset, Served served) {
        Stream<Table.Column> columns = served.model().dimensions().stream().map(Scanned::column);
        return new Scanned(
                List.of(
                        RollupTable.SCHEMA,
                        RollupTable.table(dataset, served.rollup().name())),
                Stream.concat(Stream.of(new Table.Column(Table.TIME, FieldType.TIMESTAMP)), columns)
                        .toList());
    }

    private static Table.Column column(Field field) {
        return new Table.Column(field.name(), field.type());
    }
}
