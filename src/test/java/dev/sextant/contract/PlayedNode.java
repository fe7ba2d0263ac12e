package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.kernel.Json;
import dev.sextant.oracle.Event;
import dev.sextant.oracle.QueryServer;
import dev.sextant.oracle.Schema;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A node, and the customer whose data is asked. */
class PlayedNode implements QueryServer {

    /** A machine with too much to do proves nothing. */
    private static final List<Integer> BUSY = List.of(503, 504);

    private static final int TRIES_MAX = 5;

    private final Service service;
    private @Nullable Customer customer;
    private int loads;
    private int datasets;
    private int byRollups;
    private String half = "dv_0";

    PlayedNode(Service service) {
        this.service = service;
    }

    @Override
    public void load(Schema schema, List<Event> events) {
        if (loads++ % 20 == 0) {
            customer = service.newCustomer();
        }
        int status = 503;
        for (int tries = 0; BUSY.contains(status) && tries < TRIES_MAX; tries++) {
            ObjectNode dataset = JsonNodeFactory.instance.objectNode().put("name", "d" + ++datasets);
            dataset.set("model", schema.model());
            status = caller().post(Sales.DATASETS, dataset.toString()).statusCode();
        }
        assertThat(status).isEqualTo(201);
        for (JsonNode rollup : schema.rollups()) {
            HttpResponse<Buffer> made = post(Sales.DATASETS + "/d" + datasets + "/rollups", rollup.toString());
            assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        }
        List<Event> first = Event.firstHalf(events);
        half = send(schema, first, "dv_0");
        send(schema, events.subList(first.size(), events.size()), half);
    }

    /** Answers with the version that the data is of then. */
    private String send(Schema schema, List<Event> events, String version) {
        if (events.isEmpty()) {
            return version;
        }
        String lines = events.stream()
                .map(event -> event.toJson(schema).toString())
                .collect(Collectors.joining(",", "[", "]"));
        HttpResponse<Buffer> taken = post(Sales.DATASETS + "/d" + datasets + "/events", lines);
        assertThat(taken.statusCode()).as(taken.bodyAsString()).isEqualTo(202);
        return taken.bodyAsJsonObject().getString("data_version");
    }

    @Override
    public Reply ask(JsonNode query) {
        ObjectNode body = ((ObjectNode) query.deepCopy()).put("dataset", "d" + datasets);
        if (body.has("as_of")) {
            body.put("as_of", half);
        }
        HttpResponse<Buffer> response = post(asker(), Sales.QUERY, body.toString());
        try {
            JsonNode answer = Json.tree(response.body().getBytes());
            byRollups += answer.path("plan").asText().startsWith("rollup:") ? 1 : 0;
            return new Reply(response.statusCode(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks again where the machine was too busy. */
    private HttpResponse<Buffer> post(String path, String body) {
        return post(caller(), path, body);
    }

    private static HttpResponse<Buffer> post(Caller caller, String path, String body) {
        HttpResponse<Buffer> response = caller.post(path, body);
        for (int tries = 0; BUSY.contains(response.statusCode()) && tries < TRIES_MAX; tries++) {
            response = caller.post(path, body);
        }
        return response;
    }

    Service service() {
        return service;
    }

    Customer customer() {
        return Objects.requireNonNull(customer);
    }

    /** The name of the dataset that is asked. */
    String dataset() {
        return "d" + datasets;
    }

    /** With the credential that asks. */
    Caller asker() {
        return caller();
    }

    /** How many answers came from rollups. */
    int byRollups() {
        return byRollups;
    }

    @Override
    public Instant now() {
        return service.clock().instant();
    }

    Caller caller() {
        return customer().caller();
    }
}
