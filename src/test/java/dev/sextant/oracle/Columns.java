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

    /** Those of the rows, in their order. */
    List<Expected.Column> of(JsonNode query) {
        List<JsonNode> measures = Oracle.list(query.path("measures"));
        List<Expected.Column> columns = new ArrayList<>();
        Oracle.list(query.path("fields")).forEach(field -> columns.add(dimension(field, "field")));
        Oracle.list(query.path("dimensions")).forEach(dimension -> columns.add(dimension(dimension, "dimension")));
        if (query.has("others")) {
            String name = query.at("/others/as").asText("is_other");
            columns.add(new Expected.Column(name, Kind.BOOLEAN, "dimension", null, null, false));
        }
        measures.forEach(measure -> columns.add(measure(measure, measures)));
        if (query.has("compare")) {
            measures.forEach(measure -> columns.addAll(compared(measure(measure, measures))));
        }
        return columns;
    }

    private static List<Expected.Column> compared(Expected.Column measure) {
        Expected.Column previous = new Expected.Column(
                measure.name() + "_previous", measure.kind(), "measure", measure.unit(), null, measure.sketched());
        Expected.Column change = new Expected.Column(
                measure.name() + "_change_pct", Kind.DOUBLE, "measure", "percent", null, measure.sketched());
        return measure.kind().isNumber() ? List.of(previous, change) : List.of(previous);
    }

    static String name(JsonNode dimension) {
        String field = dimension.isTextual()
                ? dimension.textValue()
                : dimension.path(dimension.has("time") ? "time" : "field").textValue();
        return dimension.path("as").asText(field);
    }

    private Expected.Column dimension(JsonNode dimension, String role) {
        boolean isBucket = dimension.has("time");
        String grain = isBucket ? Span.brief(dimension.get("grain").textValue()) : null;
        return new Expected.Column(
                name(dimension),
                isBucket ? Kind.TIMESTAMP : schema.kind(dimension),
                role,
                isBucket ? null : schema.unit(dimension),
                grain,
                false);
    }

    static String measureName(JsonNode measure) {
        return measure.path("as").asText(nameByDefault(measure));
    }

    /** The query's own measure of that name, or else the model's. */
    static JsonNode named(String name, Schema schema, List<JsonNode> measures) {
        return measures.stream()
                .filter(measure -> measureName(measure).equals(name))
                .findFirst()
                .orElseGet(() -> schema.measure(name));
    }

    Kind measureKind(JsonNode measure, List<JsonNode> measures) {
        return measure(measure, measures).kind();
    }

    private Expected.Column measure(JsonNode measure, List<JsonNode> measures) {
        JsonNode meant = schema.meant(measure);
        String aggregate = meant.get("agg").textValue();
        boolean computed = aggregate.equals("expression");
        boolean hasInput = !computed && (meant.has("field") || meant.has("expr"));
        @Nullable String ofField = hasInput && !counts(meant) ? schema.unit(meant) : null;
        Kind kind = computed
                ? schema.formula(meant.get("expr").textValue()).kind()
                : kind(aggregate, hasInput ? schema.kind(meant) : Kind.STRING);
        return new Expected.Column(
                measureName(measure),
                kind,
                "measure",
                meant.path("unit").asText(ofField),
                null,
                isSketched(meant, measures));
    }

    static boolean counts(JsonNode meant) {
        return meant.get("agg").textValue().startsWith("count");
    }

    boolean isSketched(JsonNode measure, List<JsonNode> measures) {
        if (measure.has("measure")) {
            return isSketched(schema.meant(measure), measures);
        }
        if (measure.get("agg").textValue().equals("expression")) {
            return schema.formula(measure.get("expr").textValue()).names().stream()
                    .anyMatch(name -> isSketched(schema.meant(named(name, schema, measures)), measures));
        }
        return !measure.path("exact").asBoolean(true)
                || Oracle.list(measure.path("of")).stream().anyMatch(part -> isSketched(part, measures));
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
        if ((!measure.has("field") && !measure.has("expr")) || aggregate.equals("expression")) {
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
        return prefix + "_" + measure.path("field").asText("expression");
    }
}
