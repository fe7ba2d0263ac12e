package dev.sextant.engine.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.kernel.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Asks the server that runs Druid's tasks, and the tasks themselves. A future fails with an {@code IOException}. */
final class Overlord {

    /**
     * A task that reads rows.
     *
     * @param address where it can be asked, {@code http://host:port}; empty before it has begun
     */
    record Task(String id, String address) {

        boolean isThere() {
            return !address.isEmpty();
        }
    }

    /**
     * What reads a datasource's rows.
     *
     * @param active of these, those that read now; the rest are handing over what they have read
     * @param kept the offset of the topic of rows up to which all is in segments for good
     */
    record Readers(List<Task> all, List<String> active, long kept) {

        static final Readers NOBODY = new Readers(List.of(), List.of(), 0);
    }

    private static final String INDEXER = "/druid/indexer/v1/";
    private static final long PATIENCE_MILLIS = 5_000;
    /** What reads by another specification ends first. */
    private static final long CHANGE_PATIENCE_MILLIS = 60_000;

    private static final long TASK_PATIENCE_MILLIS = 1_000;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClient http;
    private final String address;

    Overlord(Vertx vertx, DruidConfig config) {
        this.http = SqlClient.client(vertx, config.servers());
        this.address = config.servers().overlord();
    }

    /** Has the datasource read as the specification says, from where it was read to; with more columns, where it is read so. */
    Future<Void> supervise(String datasource, SupervisorSpec specification) {
        return get(address + INDEXER + "supervisor/" + datasource, PATIENCE_MILLIS)
                .map(answer -> answer.status == OK ? answer.json() : MissingNode.getInstance())
                .compose(there -> specification.isMetBy(there)
                        ? Future.succeededFuture()
                        : post("supervisor", specification.with(there).json()));
    }

    /** Has a task run, as soon as it can. */
    Future<Void> run(ObjectNode task) {
        return post("task", task);
    }

    private Future<Void> post(String what, ObjectNode specification) {
        RequestOptions options = options(HttpMethod.POST, address + INDEXER + what, CHANGE_PATIENCE_MILLIS)
                .putHeader("Content-Type", "application/json");
        return http.request(options)
                .compose(request -> request.send(Buffer.buffer(specification.toString())))
                .compose(response -> response.body().map(body -> new Answer(response.statusCode(), body)))
                .compose(answer -> answer.status == OK
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                new IOException("Druid does not take the specification: " + answer.body)));
    }

    /** The tasks that read a datasource's rows now. */
    Future<Readers> readers(String datasource) {
        return get(address + INDEXER + "supervisor/" + datasource + "/status", PATIENCE_MILLIS)
                .compose(answer -> {
                    JsonNode payload = answer.json().path("payload");
                    List<String> active = ids(payload.path("activeTasks"));
                    List<String> all = new ArrayList<>(active);
                    all.addAll(ids(payload.path("publishingTasks")));
                    List<Future<Task>> tasks = all.stream().map(this::task).toList();
                    long kept = Math.min(begun(payload.path("activeTasks")), begun(payload.path("publishingTasks")));
                    return Future.all(tasks)
                            .map(_ -> new Readers(
                                    tasks.stream().map(Future::result).toList(), active, kept));
                });
    }

    /** The least offset at which one of the tasks began. */
    private static long begun(JsonNode tasks) {
        return StreamSupport.stream(tasks.spliterator(), false)
                .mapToLong(task -> task.path("startingOffsets").path("0").asLong())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static List<String> ids(JsonNode tasks) {
        List<String> ids = new ArrayList<>();
        tasks.forEach(task -> ids.add(task.path("id").asText()));
        return ids;
    }

    private Future<Task> task(String id) {
        return get(address + INDEXER + "task/" + id + "/status", PATIENCE_MILLIS)
                .map(answer -> {
                    JsonNode place = answer.json().path("status").path("location");
                    int port = place.path("port").asInt(-1);
                    String host = place.path("host").asText("");
                    return new Task(id, port > 0 ? "http://" + host + ":" + port : "");
                });
    }

    /** The greatest offset of those that answer; fails where none does. */
    Future<Long> reached(Readers readers) {
        List<Future<Long>> offsets =
                readers.all().stream().filter(Task::isThere).map(this::offset).toList();
        return Future.join(offsets)
                .otherwiseEmpty()
                .compose(_ -> offsets.stream()
                        .filter(Future::succeeded)
                        .map(Future::result)
                        .max(Long::compare)
                        .map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture("No task answers")));
    }

    /** The offset of the topic of rows that the task comes to next. */
    Future<Long> offset(Task task) {
        String chat = task.address + "/druid/worker/v1/chat/" + task.id + "/offsets/current";
        return get(chat, TASK_PATIENCE_MILLIS).compose(answer -> {
            JsonNode offset = answer.json().path("0");
            return answer.status == OK && offset.isIntegralNumber()
                    ? Future.succeededFuture(offset.longValue())
                    : Future.failedFuture(new IOException("A task does not tell how far it is"));
        });
    }

    /** Rows that the task could not read. */
    Future<Long> unreadable(Task task) {
        String chat = task.address + "/druid/worker/v1/chat/" + task.id + "/rowStats";
        return get(chat, TASK_PATIENCE_MILLIS)
                .map(answer -> answer.json()
                        .path("totals")
                        .path("buildSegments")
                        .path("unparseable")
                        .asLong());
    }

    /** How a task ended, or that it has not. */
    enum Outcome {
        RUNNING,
        SUCCESS,
        FAILED
    }

    /** The tasks of a datasource that wait, run, or ended some time ago, by their ids. */
    Future<Map<String, Outcome>> tasks(String datasource) {
        return get(address + INDEXER + "tasks?datasource=" + datasource, PATIENCE_MILLIS)
                .map(answer -> {
                    Map<String, Outcome> tasks = new HashMap<>();
                    answer.json()
                            .forEach(task -> tasks.put(
                                    task.path("id").asText(),
                                    Outcome.valueOf(task.path("statusCode").asText("RUNNING"))));
                    return tasks;
                });
    }

    /** How many rows a task passed over that has written segments. */
    Future<Long> thrownAway(String id) {
        return get(address + INDEXER + "task/" + id + "/reports", PATIENCE_MILLIS)
                .map(answer -> answer.json()
                        .path("ingestionStatsAndErrors")
                        .path("payload")
                        .path("rowStats")
                        .path("buildSegments")
                        .path("thrownAway")
                        .asLong(-1));
    }

    private record Answer(int status, Buffer body) {

        JsonNode json() {
            try {
                return Json.tree(body.getBytes());
            } catch (IOException _) {
                return MissingNode.getInstance();
            }
        }
    }

    private Future<Answer> get(String uri, long patienceMillis) {
        return http.request(options(HttpMethod.GET, uri, patienceMillis))
                .compose(HttpClientRequest::send)
                .compose(response -> response.body().map(body -> new Answer(response.statusCode(), body)))
                .compose(answer -> answer.status == OK || answer.status == NOT_FOUND
                        ? Future.succeededFuture(answer)
                        : Future.failedFuture(new IOException("Druid answers " + answer.status)));
    }

    private static RequestOptions options(HttpMethod method, String uri, long patienceMillis) {
        return new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(uri)
                .setTimeout(patienceMillis)
                .setIdleTimeout(patienceMillis);
    }

    void close() {
        http.close();
    }
}
