package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.bus.Bus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is answered from memory, when no longer, and that nobody notices but by the clock. */
@Timeout(60)
class QueryCacheContractTest {

    private static final String COUNT = "{'dataset':'sales','measures':[{'agg':'count'}]}";
    private static final String RECENT = "{'dataset':'sales','measures':[{'agg':'count'}],'time_range':{'last':'15m'}}";

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
    void answersTheSecondTimeFromMemory() {
        Customer customer = filled();

        HttpResponse<Buffer> first = Sales.askRaw(customer, COUNT);
        HttpResponse<Buffer> second = Sales.askRaw(customer, COUNT);

        assertThat(first.getHeader("cache-status")).isEqualTo("sextant; fwd=miss");
        assertThat(meta(first).getString("cache")).isEqualTo("miss");
        assertThat(second.getHeader("cache-status")).isEqualTo("sextant; hit");
        assertThat(meta(second).getString("cache")).isEqualTo("hit");
        assertThat(second.getHeader("etag")).isEqualTo(first.getHeader("etag")).startsWith("W/\"");
        assertThat(withoutMeta(second)).isEqualTo(withoutMeta(first));
        assertThat(meta(second).getString("query_id")).isNotEqualTo(meta(first).getString("query_id"));
        assertThat(service.engine().runs(customer.tenant())).isEqualTo(1);
    }

    @Test
    void answersEqualBodiesOfTwoTenantsFromTheirOwnData() {
        Customer one = filled();
        Customer other = filled();
        Sales.send(other, Sales.EVENTS_PATH, "{\"event_id\": \"w1\"}");

        for (int i = 0; i < 3; i++) {
            assertThat(Sales.rows(Sales.ask(one, COUNT))).containsExactly("[8]");
            assertThat(Sales.rows(Sales.ask(other, COUNT))).containsExactly("[9]");
        }
    }

    @Test
    void knowsTheSameQuestionInOtherWords() {
        Customer customer = filled();

        Sales.askRaw(customer, COUNT);
        HttpResponse<Buffer> other = Sales.askRaw(
                customer,
                "{ 'limit':1000, 'cursor':null, 'measures':[{'as':'count','agg':'count'}], 'filter':null, 'dry_run':false }");

        assertThat(other.getHeader("cache-status")).isEqualTo("sextant; hit");
    }

    @Test
    void readsWhatWasJustWritten() {
        Customer customer = filled();

        for (int i = 1; i <= 10; i++) {
            Sales.send(customer, Sales.EVENTS_PATH, "{\"event_id\": \"w%d\"}".formatted(i));
            HttpResponse<Buffer> answer = Sales.askRaw(customer, COUNT);
            assertThat(Sales.rows(answer.bodyAsJsonObject())).containsExactly("[" + (8 + i) + "]");
            assertThat(answer.getHeader("cache-status")).isEqualTo("sextant; fwd=miss");
        }
    }

    @Test
    void aDuplicateChangesNoAnswer() {
        Customer customer = filled();
        Sales.askRaw(customer, COUNT);

        Sales.send(customer, Sales.EVENTS_PATH, "{\"event_id\": \"e1\"}");

        assertThat(Sales.rows(Sales.ask(customer, COUNT))).containsExactly("[8]");
    }

    @Test
    void anAnswerIsOfTheModelThatThereIs() {
        Customer customer = filled();
        String first = Sales.askRaw(customer, COUNT).getHeader("etag");

        customer.caller().patch(Sales.DATASETS + "/sales", "{\"description\": \"other\"}");

        assertThat(Sales.askRaw(customer, COUNT).getHeader("etag")).isNotEqualTo(first);
    }

    @Test
    void tenantsDoNotShareAnswers() {
        Customer one = filled();
        Customer other = service.newCustomer();
        Sales.create(other, "sales");

        assertThat(Sales.rows(Sales.ask(one, COUNT))).containsExactly("[8]");
        assertThat(Sales.rows(Sales.ask(other, COUNT))).containsExactly("[0]");
    }

    @Test
    void aHundredCallersOfAColdQueryCostOneRun() {
        Customer customer = filled();
        service.engine().hold();

        List<Future<HttpResponse<Buffer>>> asked = IntStream.range(0, 100)
                .mapToObj(i -> customer.caller()
                        .json(HttpMethod.POST, Sales.QUERY)
                        .sendBuffer(Buffer.buffer(COUNT.replace('\'', '"'))))
                .toList();
        await().until(() -> service.engine().runs(customer.tenant()) > 0);
        service.engine().release();
        List<HttpResponse<Buffer>> answers = Future.all(asked).await().list();

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Sales.rows(answer.bodyAsJsonObject())).containsExactly("[8]");
        });
        assertThat(service.engine().runs(customer.tenant())).isEqualTo(1);
    }

    @Test
    void aFailureIsNotRemembered() {
        Customer customer = filled();
        service.engine().beFull(true);
        HttpResponse<Buffer> refused = Sales.askRaw(customer, COUNT);
        service.engine().beFull(false);

        Problems.assertProblem(refused, 503, "temporary_reduced_capacity");
        assertThat(refused.getHeader("retry-after")).isEqualTo("2");
        assertThat(Sales.rows(Sales.ask(customer, COUNT))).containsExactly("[8]");
    }

    @Test
    void whatHappenedJustNowIsWithinTheLastQuarterOfAnHour() {
        Customer customer = filled();
        assertThat(Sales.rows(Sales.ask(customer, RECENT))).containsExactly("[0]");

        Sales.send(customer, Sales.EVENTS_PATH, "{\"event_id\": \"now\"}");

        Instant asked = service.clock().instant();
        JsonObject answer = Sales.ask(customer, RECENT);
        assertThat(Sales.rows(answer)).containsExactly("[1]");
        Instant from = Instant.parse(answer.getJsonObject("time_range").getString("from"));
        Instant to = Instant.parse(answer.getJsonObject("time_range").getString("to"));
        assertThat(Duration.between(from, to)).isEqualTo(Duration.ofMinutes(15));
        assertThat(to).isAfter(asked);
    }

    @Test
    void whatHappenedLongAgoIsNoLongerWithinIt() {
        Customer customer = filled();
        Sales.send(customer, Sales.EVENTS_PATH, "{\"event_id\": \"now\"}");
        assertThat(Sales.rows(Sales.ask(customer, RECENT))).containsExactly("[1]");

        service.clock().advance(Duration.ofMinutes(16));

        assertThat(Sales.rows(Sales.ask(customer, RECENT))).containsExactly("[0]");
    }

    @Test
    void aLargeBodyIsAnsweredAsASmallOne() {
        Customer customer = filled();
        String manyIds = String.join(
                ",", IntStream.range(0, 4000).mapToObj(i -> "'none" + i + "'").toList());
        String small = "{'dataset':'sales','dimensions':['country'],'measures':[{'measure':'turnover'}],"
                + "'filter':{'field':'event_id','op':'nin','value':['none']}}";
        String large = small.replace("'none'", manyIds);

        JsonObject ofSmall = Sales.ask(customer, small);
        JsonObject ofLarge = Sales.ask(customer, large);

        assertThat(large.length()).isGreaterThan(16 << 10);
        assertThat(ofLarge.getJsonArray("rows")).isEqualTo(ofSmall.getJsonArray("rows"));
        assertThat(ofLarge.getJsonObject("totals")).isEqualTo(ofSmall.getJsonObject("totals"));
        assertThat(Sales.askRaw(customer, large).getHeader("cache-status")).isEqualTo("sextant; hit");
    }

    @Test
    void aCommitOutsideOfItsRangeLeavesAnAnswerAsItIs() {
        Customer customer = filled();
        String ofMarch = "{'dataset':'sales','measures':[{'agg':'count'}],"
                + "'time_range':{'from':'2026-03-28T00:00:00Z','to':'2026-03-31T00:00:00Z'}}";
        HttpResponse<Buffer> first = Sales.askRaw(customer, ofMarch);

        Sales.send(customer, Sales.EVENTS_PATH, "{\"event_id\": \"now\"}");
        HttpResponse<Buffer> elsewhere = Sales.askRaw(customer, ofMarch);
        Sales.send(customer, Sales.EVENTS_PATH, "{\"event_id\": \"late\", \"time\": \"2026-03-29T00:00:00Z\"}");
        HttpResponse<Buffer> within = Sales.askRaw(customer, ofMarch);

        assertThat(elsewhere.getHeader("cache-status")).isEqualTo("sextant; hit");
        assertThat(elsewhere.getHeader("etag")).isEqualTo(first.getHeader("etag"));
        assertThat(within.getHeader("cache-status")).isEqualTo("sextant; fwd=miss");
        assertThat(Sales.rows(within.bodyAsJsonObject())).containsExactly("[9]");
    }

    @Test
    void asksAgainOnlyForThePiecesThatChanged() {
        Customer customer = filled();
        String hourly = "{'dataset':'sales','measures':[{'agg':'count'}],'dimensions':[{'time':'time','grain':'1h'}],"
                + "'time_range':{'from':'2026-03-28T00:00:00Z','to':'2026-03-31T00:00:00Z'},'limit':100}";
        String late = "{\"event_id\": \"late%d\", \"time\": \"2026-03-30T08:10:00Z\"}";

        String whole = cacheOf(Sales.askRaw(customer, hourly));
        Sales.send(customer, Sales.EVENTS_PATH, late.formatted(1));
        String cut = cacheOf(Sales.askRaw(customer, hourly));
        Sales.send(customer, Sales.EVENTS_PATH, late.formatted(2));
        HttpResponse<Buffer> tail = Sales.askRaw(customer, hourly);

        assertThat(List.of(whole, cut, cacheOf(tail))).containsExactly("miss", "miss", "partial");
        assertThat(Sales.rows(tail.bodyAsJsonObject())).hasSize(7).endsWith("[\"2026-03-30T08:00:00.000Z\",4]");
    }

    private static String cacheOf(HttpResponse<Buffer> answer) {
        return meta(answer).getString("cache");
    }

    @Test
    void aCoarserQuestionFollowsFromAFinerAnswer() {
        Customer customer = filled();
        Sales.askRaw(customer, "{'dataset':'sales','measures':[{'agg':'count'}],'dimensions':['country','channel']}");

        HttpResponse<Buffer> coarser = Sales.askRaw(
                customer, "{'dataset':'sales','measures':[{'measure':'orders'}],'dimensions':['country']}");

        assertThat(coarser.getHeader("cache-status")).isEqualTo("sextant; hit");
        assertThat(Sales.rows(coarser.bodyAsJsonObject()))
                .containsExactly("[\"DE\",4]", "[\"ES\",1]", "[\"FR\",2]", "[null,1]");
        assertThat(service.engine().runs(customer.tenant())).isEqualTo(1);
    }

    @Test
    void tellsCachesInBetweenThatBodiesMayBeCompressed() {
        assertThat(Sales.askRaw(filled(), COUNT).getHeader("vary")).isEqualTo("Accept-Encoding, Origin");
    }

    @Test
    void saysHowFreshTheDataIs() {
        Customer customer = filled();
        service.clock().advance(Duration.ofSeconds(90));

        JsonObject meta = Sales.ask(customer, COUNT).getJsonObject("meta");

        assertThat(meta.getLong("freshness_ms")).isGreaterThanOrEqualTo(90_000);
        assertThat(meta.getString("watermark")).isEqualTo("2026-03-30T08:00:00.000Z");
    }

    private static Customer filled() {
        Customer customer = service.newCustomer();
        Sales.fill(customer);
        return customer;
    }

    private static JsonObject meta(HttpResponse<Buffer> answer) {
        return answer.bodyAsJsonObject().getJsonObject("meta");
    }

    private static JsonObject withoutMeta(HttpResponse<Buffer> answer) {
        JsonObject body = answer.bodyAsJsonObject();
        body.remove("meta");
        return body;
    }
}
