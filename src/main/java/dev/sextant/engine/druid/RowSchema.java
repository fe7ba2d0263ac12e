package dev.sextant.engine.druid;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.engine.PooledColumns;
import dev.sextant.engine.Table;
import java.util.List;

/**
 * What Druid makes of rows, wherever they come from: the system columns as they are declared, and each other column as it is
 * found, by its type.
 */
final class RowSchema {

    private static final List<String> LONGS =
            List.of(PooledColumns.MICROS, Table.VERSION, Table.RECEIVED_AT, Table.SCHEMA_VERSION);

    private static final List<String> TEXTS = List.of(Table.EVENT_ID, Table.SOURCE, Table.BATCH_ID);

    private RowSchema() {}

    /** {@code dataSchema} of a specification. */
    static ObjectNode json(String datasource, DruidConfig.Datasources.Span segments) {
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
        schema.putObject("granularitySpec")
                .put("segmentGranularity", segments.name())
                .put("queryGranularity", "NONE")
                .put("rollup", false);
        return schema;
    }

    private static void text(ArrayNode declared, String name) {
        declared.addObject().put("type", "string").put("name", name).put("multiValueHandling", "ARRAY");
    }
}
