package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the columns of an answer are called, and what they hold. */
final class Columns {

    private final Schema schema;

    Columns(Schema schema) {
        this.schema = schema;
    }

    List<Expected.Column> of(List<JsonNode> dimensions, List<JsonNode> measures) {
        List<Expected.Column> columns = new ArrayList<>();
        dimensions.forEach(dimension -> columns.add(dimension(dimension)));
        measures.forEach(measure -> columns.add(measure(measure)));
        return columns;
    }

    static String field(JsonNode dimension) {
        return dimension.isTextual()
                ? dimension.textValue()
                : dimension.path(dimension.has("time") ? "time" : "field").textValue();
    }

    private Expected.Column dimension(JsonNode dimension) {
        String field = field(dimension);
        String name = dimension.path("as").asText(field);
        return dimension.has("time")
                ? new Expected.Column(
                        name,
                        Kind.TIMESTAMP,
                        true,
                        null,
                        Buckets.grain(dimension.get("grain").textValue()),
                        false)
                : new Expected.Column(name, schema.kind(field), true, schema.unit(field), null, false);
    }

    private Expected.Column measure(JsonNode measure) {
        JsonNode meant =
                measure.has("measure") ? schema.measure(measure.get("measure").textValue()) : measure;
        String aggregate = meant.get("agg").textValue();
        boolean counts = aggregate.startsWith("count");
        @Nullable String field = meant.path("field").textValue();
        @Nullable String ofField = field == null || counts ? null : schema.unit(field);
        return new Expected.Column(
                measure.path("as").asText(nameByDefault(measure)),
                kind(aggregate, field == null ? Kind.STRING : schema.kind(field)),
                false,
                meant.path("unit").asText(ofField),
                null,
                isSketched(meant));
    }

    private static boolean isSketched(JsonNode measure) {
        return !measure.path("exact").asBoolean(true)
                || Oracle.list(measure.path("of")).stream().anyMatch(Columns::isSketched);
    }

    private static Kind kind(String aggregate, Kind field) {
        return switch (aggregate) {
            case "count", "count_distinct" -> Kind.LONG;
            case "sum" -> field == Kind.LONG ? Kind.DECIMAL : Kind.DOUBLE;
            case "min", "max" -> field;
            default -> Kind.DOUBLE;
        };
    }

    static String nameByDefault(JsonNode measure) {
        if (measure.has("measure")) {
            return measure.get("measure").textValue();
        }
        String aggregate = measure.get("agg").textValue();
        if (!measure.has("field")) {
            return aggregate;
        }
        String prefix = aggregate.equals("quantile")
                ? "p"
                        + BigDecimal.valueOf(measure.get("q").doubleValue())
                                .movePointRight(2)
                                .stripTrailingZeros()
                                .toPlainString()
                                .replace('.', '_')
                : aggregate;
        return prefix + "_" + measure.get("field").textValue();
    }
}
