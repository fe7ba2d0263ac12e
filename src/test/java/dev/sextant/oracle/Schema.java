package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A dataset's model, in the JSON that it is declared with, and what its names and the expressions of a round stand for. */
public final class Schema {

    /** One field of each type, two of those whose sums need care, two named filters, three named measures. */
    private static final JsonNode OF_TESTS = parse("""
            {"time":"time","entity":"who","dimensions":[
              {"name":"who","type":"string"},{"name":"city","type":"string"},
              {"name":"n","type":"long","unit":"bytes"},{"name":"big","type":"long"},
              {"name":"x","type":"double"},{"name":"wild","type":"double"},
              {"name":"ok","type":"boolean"},{"name":"at","type":"timestamp"},{"name":"doc","type":"json"}],
             "segments":[{"name":"known","filter":{"field":"city","op":"exists","value":true}},
              {"name":"busy","filter":{"or":[{"field":"n","op":"gt","value":2},
                {"not":{"field":"ok","op":"eq","value":true}}]}}],
             "measures":[{"name":"growth","agg":"sum","field":"n","unit":"boxes"},
              {"name":"people","agg":"count_distinct","field":"who","filter":{"segment":"known"}},
              {"name":"ok_share","agg":"ratio","of":[
                {"agg":"count","filter":{"field":"ok","op":"eq","value":true}},{"agg":"count"}]}]}""");

    /** Two grains, and of what adds up a part. */
    private static final JsonNode ROLLUPS = parse("""
            [{"name":"hourly","grain":"1h","dimensions":["city","ok","n"],"measures":[{"agg":"sum","field":"n"},
               {"agg":"avg","field":"x"},{"agg":"min","field":"n"},{"agg":"max","field":"big"},
               {"measure":"growth"},{"measure":"ok_share"}]},
             {"name":"daily","grain":"1d","dimensions":["city"],"measures":[{"agg":"avg","field":"x"},
               {"agg":"count","filter":{"field":"ok","op":"eq","value":true}}]}]""");

    private final JsonNode model;
    private final Map<String, Kind> fieldToKind = new HashMap<>();
    private final Map<String, Formula> textToFormula = new HashMap<>();

    private Schema(JsonNode model) {
        this.model = model;
        fieldToKind.put("time", Kind.TIMESTAMP);
        fieldToKind.put("event_id", Kind.STRING);
        for (JsonNode field : model.get("dimensions")) {
            fieldToKind.put(
                    field.get("name").textValue(), Kind.of(field.get("type").textValue()));
        }
    }

    static Schema ofTests() {
        return new Schema(OF_TESTS);
    }

    /** Of that declaration. */
    static Schema of(JsonNode model) {
        return new Schema(model);
    }

    /** What the text means from now on, where a query has it as an expression. */
    String define(Formula formula) {
        textToFormula.put(formula.text(), formula);
        return formula.text();
    }

    Formula formula(String text) {
        return Objects.requireNonNull(textToFormula.get(text));
    }

    static JsonNode parse(String json) {
        try {
            return Json.tree(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode model() {
        return model;
    }

    /** What is kept of the events beside them, as it is declared. */
    public List<JsonNode> rollups() {
        return Oracle.list(ROLLUPS);
    }

    Kind kind(String field) {
        return fieldToKind.getOrDefault(field, Kind.STRING);
    }

    /** What a dimension, or a measure, takes in. */
    Kind kind(JsonNode of) {
        Kind input = of.has("expr")
                ? formula(of.get("expr").textValue()).kind()
                : of.has("type") ? Kind.of(of.get("type").textValue()) : kind(field(of));
        return of.has("bins") ? Bins.kind(of, isUntyped(of) ? Kind.DOUBLE : input) : input;
    }

    /** What a dimension, or a measure, takes in of the event. */
    @Nullable
    Object input(JsonNode of, Event event) {
        Object value =
                of.has("expr") ? formula(of.get("expr").textValue()).value(event::value) : event.value(field(of));
        if (value != null && of.has("type")) {
            value = Casts.read((String) value, Kind.of(of.get("type").textValue()));
        }
        if (value instanceof Approximate number && number.tolerance() > 0) {
            throw new Undecidable();
        }
        if (value == null || !of.has("bins")) {
            return value;
        }
        Object number = isUntyped(of) ? Casts.read((String) value, Kind.DOUBLE) : value;
        return number == null ? null : Bins.edge(of.get("bins"), number, kind(of));
    }

    private static boolean isUntyped(JsonNode of) {
        return !of.has("expr") && !of.has("type") && Event.isPath(field(of));
    }

    private static String field(JsonNode of) {
        return of.isTextual() ? of.textValue() : of.get("field").textValue();
    }

    @Nullable
    String unit(JsonNode of) {
        return of.has("expr") || of.has("type")
                ? null
                : named("dimensions", field(of))
                        .map(found -> found.path("unit").textValue())
                        .orElse(null);
    }

    /** What is meant by a measure, named or not. */
    JsonNode meant(JsonNode measure) {
        return measure.has("measure") ? measure(measure.get("measure").textValue()) : measure;
    }

    JsonNode segment(String name) {
        return named("segments", name).orElseThrow().get("filter");
    }

    JsonNode measure(String name) {
        return named("measures", name).orElseThrow();
    }

    List<String> names(String list) {
        return StreamSupport.stream(model.get(list).spliterator(), false)
                .map(element -> element.get("name").textValue())
                .toList();
    }

    private Optional<JsonNode> named(String list, String name) {
        return StreamSupport.stream(model.get(list).spliterator(), false)
                .filter(element -> element.get("name").textValue().equals(name))
                .findFirst();
    }
}
