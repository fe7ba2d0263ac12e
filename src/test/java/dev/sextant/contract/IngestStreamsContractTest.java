package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events that come in large bodies, zipped, or from many at once. */
@Timeout(60)
class IngestStreamsContractTest {

    private static final String SALES = Sales.EVENTS_PATH;

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.WHERE_NEEDED);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void takesAStreamInPiecesAndCountsThroughAllOfThem() {
        Customer customer = withSales();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            String amount = i == 39_000 ? "\"none\"" : "1";
            lines.append(
                    "{\"event_id\":\"s%06d\",\"amount\":%s,\"note\":\"%s\"}\n".formatted(i, amount, "x".repeat(50)));
        }

        JsonObject receipt = Sales.sendLines(customer, SALES, Buffer.buffer(lines.toString()))
                .bodyAsJsonObject();

        assertThat(receipt.getLong("accepted")).isEqualTo(39_999);
        assertThat(receipt.getJsonArray("errors").getJsonObject(0).getLong("index"))
                .isEqualTo(39_000);
        assertThat(answer(customer)).isEqualTo("[39999,39999,39999]");
    }

    @Test
    void unzipsWhatComesZipped() {
        Customer customer = withSales();

        HttpResponse<Buffer> array = zipped(customer, "application/json", "[{\"event_id\":\"a\",\"amount\":1}]");
        HttpResponse<Buffer> lines = zipped(
                customer,
                "application/x-ndjson",
                IntStream.range(0, 5000)
                        .mapToObj(i -> "{\"event_id\":\"z" + i + "\",\"amount\":1}")
                        .collect(Collectors.joining("\n")));

        assertThat(array.bodyAsJsonObject().getLong("accepted")).isEqualTo(1);
        assertThat(lines.bodyAsJsonObject().getLong("accepted")).isEqualTo(5000);
        assertThat(answer(customer)).isEqualTo("[5001,5001,5001]");
    }

    @Test
    void refusesWhatIsNotWholeGzip() {
        Customer customer = withSales();
        Buffer whole = gzip("{\"event_id\":\"a\"}\n");

        HttpResponse<Buffer> half =
                zippedBytes(customer, "application/x-ndjson", whole.getBuffer(0, whole.length() - 9));
        HttpResponse<Buffer> none = zippedBytes(customer, "application/json", Buffer.buffer("{}"));
        HttpResponse<Buffer> empty = zippedBytes(customer, "application/json", Buffer.buffer());

        assertProblem(half, 400, "malformed");
        assertProblem(none, 400, "malformed");
        assertProblem(empty, 400, "malformed");
    }

    @Test
    void boundsAnEventInLinesAndInArraysAlike() {
        Customer customer = withSales();
        String large = "{\"event_id\":\"large\",\"note\":\"" + "x".repeat(256 << 10) + "\"}";

        JsonObject array = Sales.send(customer, SALES, "[{\"event_id\":\"a\"}, " + large + "]")
                .bodyAsJsonObject();
        JsonObject lines = Sales.sendLines(customer, SALES, Buffer.buffer("{\"event_id\":\"b\"}\n" + large))
                .bodyAsJsonObject();

        for (JsonObject receipt : List.of(array, lines)) {
            assertThat(receipt.getLong("accepted")).isEqualTo(1);
            assertThat(receipt.getJsonArray("errors").getJsonObject(0).getString("code"))
                    .isEqualTo("too_large");
        }
    }

    @Test
    void boundsABodyThatIsReadWholeButNotAStream() {
        Customer customer = withSales();
        String event = "{\"amount\":1,\"note\":\"" + "x".repeat(100_000) + "\"}";
        int count = 180;

        HttpResponse<Buffer> array = customer.caller().post(SALES, "[" + (event + ",").repeat(count - 1) + event + "]");
        HttpResponse<Buffer> lines = Sales.sendLines(customer, SALES, Buffer.buffer((event + "\n").repeat(count)));

        assertProblem(array, 413, "too_large");
        assertThat(lines.bodyAsJsonObject().getLong("accepted")).isEqualTo(count);
    }

    @Test
    void aLineWithoutAnEndIsRefusedBeforeItFillsTheMemory() {
        Customer customer = withSales();

        HttpResponse<Buffer> refused =
                Sales.sendLines(customer, SALES, Buffer.buffer("{\"note\":\"" + "x".repeat(3 << 20)));

        assertProblem(refused, 413, "too_large");
    }

    @Test
    void aBombIsRefusedAfterItsFirstMegabytes() {
        Customer customer = withSales();
        Buffer bomb = gzip(" ".repeat(1 << 20), 64);

        assertProblem(zippedBytes(customer, "application/json", bomb), 413, "too_large");
        assertProblem(zippedBytes(customer, "application/x-ndjson", bomb), 413, "too_large");
        assertThat(customer.caller().get(Sales.DATASETS + "/sales").statusCode())
                .isEqualTo(200);
    }

    @Test
    void countsExactlyWhenManySendTheSameAtOnce() {
        Customer customer = withSales();
        List<String> batches = IntStream.range(0, 20)
                .mapToObj(batch -> IntStream.range(0, 50)
                        .mapToObj(i -> "{\"event_id\":\"c%d\",\"amount\":1}".formatted(batch * 50 + i))
                        .collect(Collectors.joining(",", "[", "]")))
                .toList();

        List<HttpResponse<Buffer>> receipts = Future.all(IntStream.range(0, 4 * batches.size())
                        .mapToObj(i -> customer.caller()
                                .json(HttpMethod.POST, SALES)
                                .sendBuffer(Buffer.buffer(batches.get(i * 7 % batches.size()))))
                        .toList())
                .await()
                .list();

        assertThat(receipts)
                .allSatisfy(receipt -> assertThat(receipt.statusCode()).isEqualTo(202));
        assertThat(sum(receipts, "accepted")).isEqualTo(1000);
        assertThat(sum(receipts, "duplicates")).isEqualTo(3000);
        assertThat(answer(customer)).isEqualTo("[1000,1000,1000]");
    }

    private static long sum(List<HttpResponse<Buffer>> receipts, String count) {
        return receipts.stream()
                .mapToLong(receipt -> receipt.bodyAsJsonObject().getLong(count))
                .sum();
    }

    /** How many events there are, how many ids, and the sum of their amounts. */
    private static String answer(Customer customer) {
        return Sales.rows(Sales.ask(customer, """
                        {'dataset':'sales','measures':[{'agg':'count'},{'agg':'count_distinct','field':'event_id'},
                         {'measure':'turnover'}]}""")).getFirst();
    }

    private static HttpResponse<Buffer> zipped(Customer customer, String type, String body) {
        HttpResponse<Buffer> receipt = zippedBytes(customer, type, gzip(body));
        assertThat(receipt.statusCode()).as(receipt.bodyAsString()).isEqualTo(202);
        return receipt;
    }

    private static HttpResponse<Buffer> zippedBytes(Customer customer, String type, Buffer bytes) {
        HttpRequest<Buffer> request = customer.caller()
                .request(HttpMethod.POST, SALES)
                .putHeader("content-type", type)
                .putHeader("content-encoding", "gzip");
        return customer.caller().send(request, bytes);
    }

    static Buffer gzip(String text) {
        return gzip(text, 1);
    }

    private static Buffer gzip(String text, int times) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] once = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < times; i++) {
                gzip.write(once);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static Customer withSales() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");
        return customer;
    }
}
