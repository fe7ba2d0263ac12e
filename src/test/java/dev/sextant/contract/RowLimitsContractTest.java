package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static dev.sextant.contract.Problems.errors;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of questions whose answers may have few rows. */
@Timeout(60)
class RowLimitsContractTest {

    private static final String SQL = "/api/v2/analytics/sql";
    private static final String SAVED = "/api/v2/saved-queries";
    private static final String VALUES = Sales.DATASETS + "/sales/values?field=country";

    /** Has four rows. */
    private static final String BY_COUNTRY =
            "{\"dataset\": \"sales\", \"measures\": [{\"agg\": \"count\"}], \"dimensions\": [\"country\"]%s}";

    private static Service service;
    private Customer shop;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @BeforeEach
    void fill() {
        shop = service.newCustomer();
        Sales.fill(shop);
    }

    @Test
    void aQueryWithoutALimitHasTheRowsThatItMay() {
        allow("2");

        JsonObject first = asked("");
        JsonObject second = asked(cursor(first));

        assertThat(Sales.rows(first)).containsExactly("[\"DE\",4]", "[\"ES\",1]");
        assertThat(first.getBoolean("has_more")).isTrue();
        assertThat(Sales.rows(second)).containsExactly("[\"FR\",2]", "[null,1]");
        assertThat(second.getBoolean("has_more")).isFalse();
    }

    /** The same text comes often enough to be remembered, and so do its answers. */
    @Test
    void aChangeTakesEffectOnWhatIsRememberedAndOnTheNextPages() {
        for (int i = 0; i < 4; i++) {
            assertThat(asked("").getJsonArray("rows")).hasSize(4);
        }

        allow("1");
        JsonObject few = asked("");
        assertThat(Sales.rows(few)).containsExactly("[\"DE\",4]");
        allow("2");
        assertThat(Sales.rows(asked(cursor(few)))).containsExactly("[\"ES\",1]", "[\"FR\",2]");
        allow("null");
        assertThat(asked("").getJsonArray("rows")).hasSize(4);
        assertThat(asked(cursor(few)).getJsonArray("rows")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/api/v2/analytics/realtime/query | {'dataset':'sales','dimensions':['country'],'limit':3}",
                "/api/v2/analytics/realtime/query | {'dataset':'sales','fields':['country'],'limit':3}",
                "/api/v2/analytics/realtime/query | {'dataset':'sales','dimensions':['country'],'limit':3,'dry_run':true}",
                "/api/v2/analytics/sql            | {'sql':'select country from sales','limit':3}"
            })
    void aLargerLimitIsRefusedWhereItStands(String path, String body) {
        allow("2");

        HttpResponse<Buffer> refused = shop.caller().post(path, body.replace('\'', '"'));

        assertProblem(refused, 422, "limit_exceeded");
        assertThat(errors(refused)).containsExactly("/limit limit_exceeded");
    }

    @Test
    void aStatementWithoutALimitHasTheRowsThatItMay() {
        String statement = "{\"sql\": \"select event_id from sales order by event_id limit 5\"}";
        assertThat(told(statement).getJsonArray("rows")).hasSize(5);

        allow("2");

        assertThat(Sales.rows(told(statement))).containsExactly("[\"e1\"]", "[\"e2\"]");
        assertThat(told(statement).getBoolean("has_more")).isTrue();
    }

    @Test
    void aSavedQueryIsKeptAndRunWithinThem() {
        allow("2");
        String open = save("open", "");
        String large = save("large", ", \"limit\": 3");

        JsonObject answer = run(open, "{}").bodyAsJsonObject();
        HttpResponse<Buffer> refused = run(large, "{}");

        assertThat(Sales.rows(answer)).containsExactly("[\"DE\",4]", "[\"ES\",1]");
        assertProblem(refused, 422, "limit_exceeded");
        assertThat(errors(refused)).containsExactly("/limit limit_exceeded");
        assertThat(run(large, "{\"limit\": 1}").bodyAsJsonObject().getJsonArray("rows"))
                .hasSize(1);
    }

    @Test
    void aStreamIsNotCut() {
        allow("2");

        assertThat(errors(streamed(""))).containsExactly("/limit limit_exceeded");
        assertThat(streamed(", \"limit\": 1").bodyAsString()).isEqualTo("country,count\r\nDE,4\r\n");
        assertThat(errors(streamed(", \"limit\": 3"))).containsExactly("/limit limit_exceeded");
    }

    @Test
    void theValuesOfAFieldAreAsManyAsMayBe() {
        allow("2");

        JsonObject values = shop.caller().get(VALUES).bodyAsJsonObject();
        HttpResponse<Buffer> refused = shop.caller().get(VALUES + "&limit=3");

        assertThat(values.getJsonArray("data"))
                .extracting(value -> ((JsonObject) value).getString("value"))
                .containsExactly("DE", "FR");
        assertThat(values.getBoolean("has_more")).isTrue();
        assertProblem(refused, 422, "limit_exceeded");
        assertThat(errors(refused)).containsExactly("limit limit_exceeded");
    }

    /** Its query was kept when it might have more: who comes for the next page cannot change that. */
    @Test
    void theNextPagesOfAnOperationHaveTheRowsThatTheyMay() {
        HttpResponse<Buffer> answer = shop.caller()
                .send(
                        shop.caller().json(HttpMethod.POST, Sales.QUERY).putHeader("prefer", "respond-async, wait=10"),
                        Buffer.buffer(BY_COUNTRY.formatted(", \"limit\": 2")));
        JsonObject first = answer.bodyAsJsonObject();
        String results = "/api/v2/queries/%s/results?cursor=%s"
                .formatted(first.getJsonObject("meta").getString("query_id"), first.getString("next_cursor"));

        allow("1");

        assertThat(Sales.rows(shop.caller().get(results).bodyAsJsonObject())).containsExactly("[\"FR\",2]");
    }

    /** As soon as it is in force. */
    private void allow(String rowsMax) {
        String limits = "/api/v2/admin/tenants/%s/limits".formatted(shop.tenant());
        HttpResponse<Buffer> changed = shop.caller().put(limits, "{\"max_rows\": %s}".formatted(rowsMax));
        assertThat(changed.statusCode()).as(changed.bodyAsString()).isEqualTo(200);
        int rows = rowsMax.equals("null") ? 8 : Integer.parseInt(rowsMax);
        String events = "{\"dataset\": \"sales\", \"fields\": [\"event_id\"]}";
        await().until(() -> shop.caller()
                        .post(Sales.QUERY, events)
                        .bodyAsJsonObject()
                        .getJsonArray("rows")
                        .size()
                == rows);
    }

    private JsonObject asked(String further) {
        HttpResponse<Buffer> answer = shop.caller().post(Sales.QUERY, BY_COUNTRY.formatted(further));
        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
        return answer.bodyAsJsonObject();
    }

    private static String cursor(JsonObject page) {
        return ", \"cursor\": \"%s\"".formatted(page.getString("next_cursor"));
    }

    private JsonObject told(String statement) {
        HttpResponse<Buffer> answer = shop.caller().post(SQL, statement);
        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
        return answer.bodyAsJsonObject();
    }

    private String save(String name, String further) {
        HttpResponse<Buffer> made = shop.caller()
                .post(SAVED, "{\"name\": \"%s\", \"query\": %s}".formatted(name, BY_COUNTRY.formatted(further)));
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        return made.bodyAsJsonObject().getString("id");
    }

    private HttpResponse<Buffer> run(String saved, String body) {
        return shop.caller().post("%s/%s/run".formatted(SAVED, saved), body);
    }

    private HttpResponse<Buffer> streamed(String further) {
        return shop.caller()
                .send(
                        shop.caller().json(HttpMethod.POST, Sales.QUERY).putHeader("accept", "text/csv"),
                        Buffer.buffer(BY_COUNTRY.formatted(further)));
    }
}
