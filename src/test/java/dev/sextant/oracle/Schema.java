package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A dataset's model, in the JSON that it is declared with, and what its names stand for. */
public final class Schema {

    /** One field of each type, two of those whose sums need care, two named filters, three named measures. */
    public static final Schema OF_TESTS = new Schema(parse("""
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
                {"agg":"count","filter":{"field":"ok","op":"eq","value":true}},{"agg":"count"}]}]}"""));

    private final JsonNode model;
    private final Map<String, Kind> fieldToKind = new HashMap<>();

    private Schema(JsonNode model) {
        this.model = model;
        fieldToKind.put("time", Kind.TIMESTAMP);
        fieldToKind.put("event_id", Kind.STRING);
        for (JsonNode field : model.get("dimensions")) {
            fieldToKind.put(
                    field.get("name").textValue(), Kind.of(field.get("type").textValue()));
        }
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

    Kind kind(String field) {
        return fieldToKind.getOrDefault(field, Kind.STRING);
    }

    @Nullable
    String unit(String field) {
        return named("dimensions", field)
                .map(found -> found.path("unit").textValue())
                .orElse(null);
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
