package dev.sextant.contract;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the contract says of bodies, for tests that try each of them. */
final class Schemas {

    private static final Pattern NAMES_OF_URLS =
            Pattern.compile(".*(uri|url|issuer|origin|endpoint|host|callback|webhook|target_address)s?");

    private Schemas() {}

    /** The names of the members of what it answers. */
    static Set<String> answered(OpenAPI contract, Operation operation) {
        Set<String> names = new TreeSet<>();
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                bodies(response.getContent())
                        .forEach(
                                schema -> names.addAll(members(contract, schema).keySet()));
            }
        });
        return names;
    }

    /** The names of the members of what it takes. */
    static Set<String> taken(OpenAPI contract, Operation operation) {
        Set<String> names = new TreeSet<>();
        bodies(operation)
                .forEach(schema -> names.addAll(members(contract, schema).keySet()));
        return names;
    }

    /** Where its body takes a text that is called like the address of a server, such as {@code /issuer}. */
    static Set<String> urls(OpenAPI contract, Operation operation) {
        Set<String> places = new TreeSet<>();
        bodies(operation).forEach(schema -> urls(contract, schema, "", new HashSet<>(), places));
        return places;
    }

    private static void urls(OpenAPI contract, Schema<?> schema, String place, Set<String> under, Set<String> places) {
        String reference = schema.get$ref();
        if (reference != null && !under.add(reference)) {
            return;
        }
        Schema<?> read = read(contract, schema);
        boolean isCalledSo = NAMES_OF_URLS.matcher(place).matches();
        if ("string".equals(read.getType())
                && (isCalledSo || String.valueOf(read.getFormat()).startsWith("ur"))) {
            places.add(place);
        }
        parts(read).forEach(part -> urls(contract, part, place, under, places));
        if (read.getProperties() != null) {
            read.getProperties().forEach((name, part) -> urls(contract, part, place + "/" + name, under, places));
        }
        if (read.getItems() != null) {
            urls(contract, read.getItems(), place, under, places);
        }
        if (reference != null) {
            under.remove(reference);
        }
    }

    private static Map<String, Schema<?>> members(OpenAPI contract, Schema<?> schema) {
        Schema<?> read = read(contract, schema);
        Map<String, Schema<?>> members = new TreeMap<>();
        if (read.getProperties() != null) {
            read.getProperties().forEach(members::put);
        }
        parts(read).forEach(part -> members.putAll(members(contract, part)));
        return members;
    }

    private static Stream<Schema<?>> parts(Schema<?> schema) {
        return Stream.of(schema.getAllOf(), schema.getOneOf(), schema.getAnyOf())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .map(part -> (Schema<?>) part);
    }

    private static Schema<?> read(OpenAPI contract, Schema<?> schema) {
        String reference = schema.get$ref();
        return reference == null ? schema : read(contract, named(contract, reference));
    }

    private static Schema<?> named(OpenAPI contract, String reference) {
        String name = reference.substring(reference.lastIndexOf('/') + 1);
        return Objects.requireNonNull(contract.getComponents().getSchemas().get(name), name);
    }

    private static Stream<Schema<?>> bodies(Operation operation) {
        return operation.getRequestBody() == null
                ? Stream.of()
                : bodies(operation.getRequestBody().getContent());
    }

    private static Stream<Schema<?>> bodies(@Nullable Content content) {
        return content == null
                ? Stream.of()
                : content.values().stream().map(MediaType::getSchema).map(schema -> (Schema<?>) schema);
    }

    /** The same body once for each object in it, with a further member in that one, by where that is. */
    static Map<String, JsonObject> spoiled(String body, String member) {
        Map<String, JsonObject> placeToBody = new TreeMap<>();
        objects(new JsonObject(body), List.of()).forEach(path -> {
            JsonObject copy = new JsonObject(body);
            Object here = copy;
            StringBuilder place = new StringBuilder();
            for (Object step : path) {
                here = here instanceof JsonObject object
                        ? object.getValue((String) step)
                        : ((JsonArray) here).getValue((Integer) step);
                place.append('/').append(step);
            }
            ((JsonObject) here).put(member, true);
            placeToBody.put(place.toString(), copy);
        });
        return placeToBody;
    }

    private static Stream<List<Object>> objects(Object value, List<Object> at) {
        return switch (value) {
            case JsonObject object ->
                Stream.concat(
                        Stream.of(at),
                        object.fieldNames().stream().flatMap(name -> objects(object.getValue(name), then(at, name))));
            case JsonArray array ->
                IntStream.range(0, array.size()).boxed().flatMap(i -> objects(array.getValue(i), then(at, i)));
            default -> Stream.of();
        };
    }

    private static List<Object> then(List<Object> path, Object step) {
        return Stream.concat(path.stream(), Stream.of(step)).toList();
    }
}
