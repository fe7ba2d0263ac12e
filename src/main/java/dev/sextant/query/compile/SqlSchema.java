package dev.sextant.query.compile;

import dev.sextant.engine.Dialect;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * A tenant's datasets as statements see them: each a table whose columns are its fields, by their own names, the time
 * first. There is nothing else to see.
 */
final class SqlSchema {

    /**
     * A field of a dataset.
     *
     * @param column where the engine keeps it
     */
    record Column(String name, String column, FieldType type) {}

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");

    private final Map<String, List<Column>> datasetToColumns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, DatasetModel> datasetToModel = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    SqlSchema(Map<String, DatasetModel> datasets) {
        datasetToModel.putAll(datasets);
        datasets.forEach((name, model) -> datasetToColumns.put(name, columns(name, model)));
    }

    /** The table of a dataset, and what lies between it and who reads it. */
    Scanned scanned(String dataset) {
        return Scanned.events(dataset, Objects.requireNonNull(datasetToModel.get(dataset)), Dialect.DUCKDB);
    }

    private static List<Column> columns(String dataset, DatasetModel model) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(model.roles().time(), Table.TIME, FieldType.TIMESTAMP));
        model.table(dataset)
                .columns()
                .forEach(column -> columns.add(new Column(column.name(), column.name(), column.type())));
        Table.SYSTEM.stream()
                .filter(column -> !column.name().equals(Table.TIME) && !model.hides(column.name()))
                .forEach(column -> columns.add(new Column(column.name(), column.name(), column.type())));
        return List.copyOf(columns);
    }

    Collection<String> datasets() {
        return datasetToColumns.keySet();
    }

    /** The fields of the datasets that a statement names, but for {@code name}: what else may have been meant by it. */
    Collection<String> fieldsBeside(String name, String statement) {
        Set<String> words = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        WORD.matcher(statement).results().forEach(word -> words.add(word.group()));
        return datasetToColumns.entrySet().stream()
                .filter(dataset -> words.contains(dataset.getKey()))
                .flatMap(dataset -> dataset.getValue().stream())
                .map(Column::name)
                .filter(field -> !field.equalsIgnoreCase(name))
                .distinct()
                .toList();
    }

    List<Column> columns(String dataset) {
        return datasetToColumns.getOrDefault(dataset, List.of());
    }

    int width(String dataset) {
        return Math.max(1, columns(dataset).size());
    }

    String unknown(String kind, String name, Collection<String> known) {
        String told = Names.unknown(kind, name, known);
        return told.endsWith("?") ? told.substring(0, told.length() - 1) : told;
    }

    CalciteSchema calcite() {
        CalciteSchema schema = CalciteSchema.createRootSchema(false, false);
        datasetToColumns.forEach((name, columns) -> schema.add(name.toLowerCase(Locale.ROOT), new AbstractTable() {
            @Override
            public RelDataType getRowType(RelDataTypeFactory factory) {
                return row(columns, factory);
            }
        }));
        return schema;
    }

    private static RelDataType row(List<Column> columns, RelDataTypeFactory factory) {
        RelDataTypeFactory.Builder row = factory.builder();
        for (Column column : columns) {
            row.add(column.name(), SqlTypes.of(column.type()))
                    .nullable(!column.column().equals(Table.TIME));
        }
        return row.build();
    }
}
