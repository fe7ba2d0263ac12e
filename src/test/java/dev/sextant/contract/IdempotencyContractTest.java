package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request with a key is executed once, however often it is sent. */
@Timeout(60)
class IdempotencyContractTest {

    private static final String KEYS = "/api/v2/api-keys";
    private static final String WISH = "{\"name\": \"ci\", \"scopes\": [\"keys:read\"]}";

    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void whoComesAgainGetsTheSameAnswer() {
        Customer customer = service.newCustomer();

        HttpResponse<Buffer> first = send(customer, "k1", KEYS, WISH);
        HttpResponse<Buffer> second = send(customer, "k1", KEYS, WISH);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.getHeader("idempotent-replayed")).isNull();
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.getHeader("idempotent-replayed")).isEqualTo("true");
        assertThat(second.bodyAsString()).isEqualTo(first.bodyAsString());
        assertThat(second.getHeader("location")).isEqualTo(first.getHeader("location"));
        assertThat(second.getHeader("cache-control")).isEqualTo("no-store");
        assertThat(keys(customer)).isEqualTo(2);
    }

    @Test
    void aKeyThatIsRotatedAgainByARepetitionKeepsItsText() {
        Customer customer = service.newCustomer();
        String path = KEYS + "/" + customer.keyId() + "/rotate";

        HttpResponse<Buffer> first = send(customer, "k1", path, "{\"overlap\": \"1h\"}");
        HttpResponse<Buffer> second = send(customer, "k1", path, "{\"overlap\": \"1h\"}");

        assertThat(first.statusCode()).as(first.bodyAsString()).isEqualTo(200);
        assertThat(second.bodyAsString()).isEqualTo(first.bodyAsString());
        Caller renewed = customer.caller().as(first.bodyAsJsonObject().getString("key"));
        assertThat(renewed.get(KEYS).statusCode()).isEqualTo(200);
        assertThat(customer.caller().get(KEYS).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v2/users             | {'email':'a@example.com','name':'a','roles':['viewer'],'password':'a very long secret'}",
                "/api/v2/users/invitations | {'email':'b@example.com','roles':['viewer']}",
                "/api/v2/oauth/clients     | {'name':'c','type':'confidential','redirect_uris':['https://c.example.com/'],'scopes':['analytics:read']}"
            })
    void whoIsMadeIsMadeOnce(String path, String wish) {
        Customer customer = service.newCustomer();
        String body = wish.replace('\'', '"');

        HttpResponse<Buffer> first = send(customer, "k1", path, body);
        HttpResponse<Buffer> second = send(customer, "k1", path, body);

        assertThat(first.statusCode()).as(first.bodyAsString()).isEqualTo(201);
        assertThat(second.getHeader("idempotent-replayed")).isEqualTo("true");
        assertThat(second.bodyAsString()).isEqualTo(first.bodyAsString());
    }

    @Test
    void anotherBodyNeedsAnotherKey() {
        Customer customer = service.newCustomer();
        send(customer, "k1", KEYS, WISH);

        HttpResponse<Buffer> other = send(customer, "k1", KEYS, WISH.replace("ci", "cd"));

        assertProblem(other, 422, "idempotency_key_reused");
        assertThat(errors(other)).containsExactly("Idempotency-Key idempotency_key_reused");
        assertThat(send(customer, "k2", KEYS, WISH.replace("ci", "cd")).statusCode())
                .isEqualTo(201);
    }

    @Test
    void ofManyAtOnceOneIsExecuted() {
        Customer customer = service.newCustomer();

        List<Future<HttpResponse<Buffer>>> all = Stream.generate(() -> customer.caller()
                        .json(HttpMethod.POST, KEYS)
                        .putHeader("idempotency-key", "k1")
                        .sendBuffer(Buffer.buffer(WISH)))
                .limit(8)
                .toList();
        Future.join(all).await();

        assertThat(all.stream().map(sent -> sent.result().statusCode()))
                .isSubsetOf(201, 409)
                .contains(201);
        assertThat(all.stream().filter(sent -> sent.result().statusCode() == 409))
                .allSatisfy(sent -> assertProblem(sent.result(), 409, "idempotency_in_progress"));
        assertThat(keys(customer)).isEqualTo(2);
    }

    @Test
    void aRefusalAfterItBeganIsKept() {
        Customer customer = service.newCustomer();
        String dataset = "{\"name\": \"sales\", \"model\": {}}";
        send(customer, "k1", Sales.DATASETS, dataset);

        HttpResponse<Buffer> first = send(customer, "k2", Sales.DATASETS, dataset);
        HttpResponse<Buffer> second = send(customer, "k2", Sales.DATASETS, dataset);

        assertProblem(first, 409, "already_exists");
        assertProblem(second, 409, "already_exists");
        assertThat(second.getHeader("idempotent-replayed")).isEqualTo("true");
    }

    @Test
    void aRefusalThatPassesByItselfIsNotKept() {
        String path = "/api/v2/admin/tenants/" + service.newCustomer().tenant() + "/scale";
        Customer operator = new Customer("", "", "", service.platform());
        send(operator, "first", path, "{\"target\": {\"query_concurrency\": 1}}");

        HttpResponse<Buffer> tooSoon = send(operator, "second", path, "{\"target\": {\"query_concurrency\": 2}}");
        HttpResponse<Buffer> again = await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> send(operator, "second", path, "{\"target\": {\"query_concurrency\": 2}}"),
                        sent -> sent.statusCode() != 409);

        assertProblem(tooSoon, 409, "scale_in_progress");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.getHeader("idempotent-replayed")).isNull();
    }

    @Test
    void whatBreaksTheContractIsNotKept() {
        Customer customer = service.newCustomer();

        assertProblem(send(customer, "k1", KEYS, "{}"), 422, "invalid_request");
        assertThat(send(customer, "k1", KEYS, WISH).statusCode()).isEqualTo(201);
    }

    @Test
    void aKeyIsItsCallersAlone() {
        Customer acme = service.newCustomer();
        Customer bolt = service.newCustomer();
        JsonObject second = Service.newKey(acme.caller(), acme.tenant(), Service.CUSTOMER_SCOPES);
        Caller other = acme.caller().as(second.getString("key"));

        String first = send(acme, "k1", KEYS, WISH).bodyAsString();

        assertThat(send(bolt, "k1", KEYS, WISH).bodyAsString()).isNotEqualTo(first);
        HttpResponse<Buffer> ofOther =
                other.send(other.json(HttpMethod.POST, KEYS).putHeader("idempotency-key", "k1"), Buffer.buffer(WISH));
        assertThat(ofOther.statusCode()).isEqualTo(201);
        assertThat(ofOther.bodyAsString()).isNotEqualTo(first);
    }

    @Test
    void aKeyIsForgottenAfterADay() {
        Customer customer = service.newCustomer();
        send(customer, "k1", KEYS, WISH);

        service.clock().advance(Duration.ofHours(24).plusSeconds(1));

        HttpResponse<Buffer> later = send(customer, "k1", KEYS, WISH.replace("ci", "cd"));
        assertThat(later.statusCode()).isEqualTo(201);
        assertThat(later.getHeader("idempotent-replayed")).isNull();
    }

    @Test
    void eventsAreTakenOnce() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");
        String events = "[{\"country\": \"DE\"}, {\"country\": \"DE\"}]";

        HttpResponse<Buffer> first = send(customer, "k1", Sales.EVENTS_PATH, events);
        HttpResponse<Buffer> second = send(customer, "k1", Sales.EVENTS_PATH, events);
        HttpResponse<Buffer> other = send(customer, "k1", Sales.EVENTS_PATH, events.replace("DE", "FR"));

        assertThat(first.bodyAsJsonObject().getInteger("accepted")).isEqualTo(2);
        assertThat(second.bodyAsString()).isEqualTo(first.bodyAsString());
        assertThat(second.getHeader("idempotent-replayed")).isEqualTo("true");
        assertProblem(other, 422, "idempotency_key_reused");
        assertThat(Sales.ask(customer, "{'measures':[{'agg':'count'}]}")
                        .getJsonArray("rows")
                        .encode())
                .isEqualTo("[[2]]");
    }

    @Test
    void streamsOfEventsAreTakenOnce() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");
        Buffer lines = Buffer.buffer("{\"country\": \"DE\"}\n".repeat(5000));

        HttpResponse<Buffer> first = sendLines(customer, lines);
        HttpResponse<Buffer> second = sendLines(customer, lines);
        HttpResponse<Buffer> other = sendLines(customer, lines.copy().appendString("{\"country\": \"FR\"}\n"));

        assertThat(first.bodyAsJsonObject().getInteger("accepted")).isEqualTo(5000);
        assertThat(second.bodyAsString()).isEqualTo(first.bodyAsString());
        assertProblem(other, 422, "idempotency_key_reused");
    }

    @Test
    void refusesKeysThatAreNone() {
        Customer customer = service.newCustomer();

        assertProblem(send(customer, "k".repeat(256), KEYS, WISH), 422, "invalid_request");
        assertThat(send(customer, "k".repeat(255), KEYS, WISH).statusCode()).isEqualTo(201);
        assertProblem(send(customer, "", KEYS, WISH), 422, "invalid_request");
        assertThat(send(customer, "'); DROP TABLE idempotency; --", KEYS, WISH).statusCode())
                .isEqualTo(201);
        assertThat(keys(customer)).isEqualTo(3);
    }

    private static HttpResponse<Buffer> send(Customer customer, String key, String path, String body) {
        return customer.caller()
                .send(
                        customer.caller().json(HttpMethod.POST, path).putHeader("idempotency-key", key),
                        Buffer.buffer(body));
    }

    private static HttpResponse<Buffer> sendLines(Customer customer, Buffer lines) {
        return customer.caller()
                .send(
                        customer.caller()
                                .request(HttpMethod.POST, Sales.EVENTS_PATH)
                                .putHeader("content-type", "application/x-ndjson")
                                .putHeader("idempotency-key", "k1"),
                        lines);
    }

    private static int keys(Customer customer) {
        return customer.caller()
                .get(KEYS)
                .bodyAsJsonObject()
                .getJsonArray("data")
                .size();
    }
}
