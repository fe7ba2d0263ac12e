package dev.sextant.engine.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** How Druid reads a datasource's rows from Kafka. */
final class SupervisorSpec {

    /** Where a supervisor tells which specification it has. */
    static final String MARK = "sextant_specification";

    private final String datasource;
    private final DruidConfig config;
    private final Set<String> columns;

    /** @param columns that rows may have; those of numbers are declared */
    SupervisorSpec(String datasource, DruidConfig config, Set<String> columns) {
        this.columns = RowSchema.declared(columns);
        this.datasource = datasource;
        this.config = config;
    }

    /** The body of a request to {@code /druid/indexer/v1/supervisor}. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "kafka");
        ObjectNode spec = json.putObject("spec");
        spec.set("dataSchema", RowSchema.json(datasource, config.datasources().segments(), columns));
        reading(spec.putObject("ioConfig"));
        spec.putObject("tuningConfig")
                .put("type", "kafka")
                .put("maxRowsInMemory", 150_000)
                .put("offsetFetchPeriod", "PT5S")
                .put("logParseExceptions", true);
        json.putObject("context").put(MARK, mark(spec));
        return json;
    }

    /** Tells one specification from another, but for the columns. */
    private String mark(ObjectNode spec) {
        ObjectNode settings = spec.deepCopy();
        settings.set(
                "dataSchema", RowSchema.json(datasource, config.datasources().segments(), Set.of()));
        return digest(settings.toString());
    }

    /** Whether what Druid has does as well: the same settings, and these columns or more. */
    boolean isMetBy(JsonNode there) {
        return there.path("context").path(MARK).equals(json().path("context").path(MARK))
                && RowSchema.declared(there).containsAll(columns);
    }

    /** The same with the columns of another one too: what was declared once stays so. */
    SupervisorSpec with(JsonNode other) {
        Set<String> all = new HashSet<>(columns);
        all.addAll(RowSchema.declared(other));
        return new SupervisorSpec(datasource, config, all);
    }

    private void reading(ObjectNode reading) {
        reading.put("topic", Topics.of(datasource).events());
        reading.putObject("consumerProperties")
                .put("bootstrap.servers", config.kafka().bootstrap())
                .put("isolation.level", "read_committed")
                .put("fetch.min.bytes", "1");
        reading.putObject("inputFormat").put("type", "json");
        reading.put("useEarliestOffset", true)
                .put("taskCount", 1)
                .put("replicas", 1)
                .put("taskDuration", config.datasources().taskDuration().toString())
                .put("startDelay", "PT0S")
                .put("period", "PT1S")
                .put("completionTimeout", "PT30M")
                .put("pollTimeout", 100);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
