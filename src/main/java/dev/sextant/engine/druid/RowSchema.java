package dev.sextant.engine.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.engine.PooledColumns;
import dev.sextant.engine.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What Druid makes of rows, wherever they come from: the system columns and those of numbers as they are declared, and each
 * other column as it is found, by its type.
 *
 * <p>A column of numbers that is not declared becomes one of texts in a part of a segment where nobody has a value, and then
 * brokers make nothing of it in the whole segment.
 */
final class RowSchema {

    private static final List<String> LONGS =
            List.of(PooledColumns.MICROS, Table.VERSION, Table.RECEIVED_AT, Table.SCHEMA_VERSION);

    private static final List<String> TEXTS = List.of(Table.EVENT_ID, Table.SOURCE, Table.BATCH_ID);

    private RowSchema() {}

    /**
     * {@code dataSchema} of a specification.
     *
     * @param columns that rows may have
     */
    static ObjectNode json(String datasource, DruidConfig.Datasources.Span segments, Set<String> columns) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("dataSource", datasource);
        schema.putObject("timestampSpec").put("column", PooledColumns.MILLIS).put("format", "millis");
        ObjectNode dimensions = schema.putObject("dimensionsSpec");
        dimensions.put("useSchemaDiscovery", true);
        ArrayNode declared = dimensions.putArray("dimensions");
        text(declared, PooledColumns.TENANT);
        text(declared, PooledColumns.DATASET);
        LONGS.forEach(name -> declared.addObject().put("type", "long").put("name", name));
        TEXTS.forEach(name -> text(declared, name));
        declared.addObject().put("type", "json").put("name", Table.PROPERTIES);
        columns.stream()
                .sorted()
                .forEach(name -> PooledColumns.numberType(name)
                        .ifPresent(type -> declared.addObject()
                                .put("type", "auto")
                                .put("name", name)
                                .put("castToType", type)));
        schema.putObject("granularitySpec")
                .put("segmentGranularity", segments.name())
                .put("queryGranularity", "NONE")
                .put("rollup", false);
        return schema;
    }

    /** Of these columns, those that are declared. */
    static Set<String> declared(Set<String> columns) {
        return columns.stream()
                .filter(name -> PooledColumns.numberType(name).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Those that a specification declares. */
    static Set<String> declared(JsonNode specification) {
        return StreamSupport.stream(
                        specification
                                .at("/spec/dataSchema/dimensionsSpec/dimensions")
                                .spliterator(),
                        false)
                .map(column -> column.path("name").asText())
                .filter(name -> PooledColumns.numberType(name).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void text(ArrayNode declared, String name) {
        declared.addObject().put("type", "string").put("name", name).put("multiValueHandling", "ARRAY");
    }
}
