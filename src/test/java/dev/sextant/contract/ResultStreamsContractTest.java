package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers to queries as streams of rows. */
@Covers("queryRealtime")
@Timeout(60)
class ResultStreamsContractTest {

    private static final String BY_CITY =
            "{'dataset':'sales','dimensions':['country','city'],'measures':[{'agg':'count','as':'n'}]}";

    private static Service service;
    private static Customer shop;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        shop = service.newCustomer();
        Sales.fill(shop);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    private static HttpResponse<Buffer> ask(Customer customer, String accept, String body) {
        return customer.caller()
                .send(
                        customer.caller().json(HttpMethod.POST, Sales.QUERY).putHeader("accept", accept),
                        Buffer.buffer(body.replace('\'', '"')));
    }

    @Test
    void answersAsLinesOfJson() {
        HttpResponse<Buffer> answer = ask(shop, "application/x-ndjson", BY_CITY);

        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
        assertThat(answer.getHeader("content-type")).isEqualTo("application/x-ndjson");
        assertThat(answer.getHeader("data-version")).matches("dv_[0-9]+");
        List<String> lines = answer.bodyAsString().lines().toList();
        assertThat(lines.subList(0, 6))
                .containsExactly(
                        "{\"country\":\"DE\",\"city\":\"Berlin\",\"n\":3}",
                        "{\"country\":\"DE\",\"city\":\"Bonn\",\"n\":1}",
                        "{\"country\":\"ES\",\"city\":\"Madrid\",\"n\":1}",
                        "{\"country\":\"FR\",\"city\":\"Paris\",\"n\":1}",
                        "{\"country\":\"FR\",\"city\":null,\"n\":1}",
                        "{\"country\":null,\"city\":null,\"n\":1}");
        JsonObject meta = new JsonObject(lines.get(6)).getJsonObject("meta");
        assertThat(meta.getLong("rows")).isEqualTo(6);
        assertThat(meta.getString("data_version")).isEqualTo(answer.getHeader("data-version"));
        assertThat(lines).hasSize(7);
    }

    @Test
    void answersAsCsv() {
        HttpResponse<Buffer> answer = ask(shop, "text/csv", BY_CITY.replace("}]}", "}],'limit':5}"));

        assertThat(answer.getHeader("content-type")).isEqualTo("text/csv; charset=utf-8; header=present");
        assertThat(answer.bodyAsString())
                .isEqualTo("country,city,n\r\nDE,Berlin,3\r\nDE,Bonn,1\r\nES,Madrid,1\r\nFR,Paris,1\r\nFR,,1\r\n");
    }

    @Test
    void streamsEventsThemselves() {
        String events = """
                {'dataset':'sales','fields':['time','city'],'filter':{'field':'country','op':'eq','value':'FR'}}""";

        assertThat(ask(shop, "text/csv", events).bodyAsString())
                .isEqualTo("time,city\r\n2026-03-29T01:30:00.000Z,\r\n2026-03-29T00:30:00.000Z,Paris\r\n");
        assertThat(ask(shop, "application/vnd.apache.parquet", events).statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersAsParquet() throws Exception {
        HttpResponse<Buffer> answer = ask(
                shop,
                "application/vnd.apache.parquet",
                "{'dataset':'sales','dimensions':['country',{'time':'time','grain':'1d'}],"
                        + "'measures':[{'agg':'sum','field':'amount','as':'total'},{'agg':'avg','field':'weight'}]}");

        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
        assertThat(answer.getHeader("content-type")).isEqualTo("application/vnd.apache.parquet");
        assertThat(ParquetText.of(answer.body()))
                .contains(
                        "country VARCHAR, time TIMESTAMP WITH TIME ZONE, total DECIMAL(38,0), avg_weight DOUBLE",
                        "DE | 2026-03-28T00:00Z | 3500 | 1.75",
                        "ES | 2026-03-29T00:00Z | 9000 | 12.25")
                .hasSize(7);
    }

    @Test
    void saysHowLongAStreamWaited() {
        HttpResponse<Buffer> answer = ask(shop, "text/csv", BY_CITY);

        assertThat(String.join(",", answer.headers().getAll("server-timing")))
                .contains("auth;dur=")
                .contains("queue;dur=");
    }

    @Test
    void answersInJsonWhereTheCallerLikesThatBest() {
        assertThat(ask(shop, "*/*", BY_CITY).getHeader("content-type")).isEqualTo("application/json");
        assertThat(ask(shop, "text/csv;q=0.5, application/json", BY_CITY).getHeader("content-type"))
                .isEqualTo("application/json");
        assertProblem(ask(shop, "application/vnd.apache.arrow.stream", BY_CITY), 406, "not_acceptable");
    }

    @Test
    void streamsNothingOverAProtocolThatCannotTellWhereAnAnswerEnds() {
        String body = BY_CITY.replace('\'', '"');
        String head = """
                POST %s HTTP/1.0\r
                Host: here\r
                Authorization: Bearer %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                Accept: %s\r
                \r
                """;
        for (String type : List.of("text/csv", "application/x-ndjson", "application/vnd.apache.parquet")) {
            try (RawHttp http = new RawHttp(shop.caller().port())) {
                RawHttp.Response refused = http.send(
                                head.formatted(Sales.QUERY, shop.key(), body.length(), type) + body)
                        .read();

                assertThat(refused.status()).isEqualTo(406);
                assertThat(refused.body()).contains("HTTP/1.1");
            }
        }
        try (RawHttp http = new RawHttp(shop.caller().port())) {
            assertThat(http.send(head.formatted(Sales.QUERY, shop.key(), body.length(), "application/json") + body)
                            .read()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void hasNoCapOnItsRows() {
        String many = BY_CITY.replace("}]}", "}],'limit':2000000000}");

        assertThat(ask(shop, "text/csv", many).bodyAsString().lines()).hasSize(7);
        assertProblem(ask(shop, "application/json", many), 422, "invalid_query");
    }

    @Test
    void refusesBeforeTheFirstByteWhatIsWrong() {
        assertProblem(ask(shop, "text/csv", BY_CITY.replace("city", "village")), 422, "unknown_field");
        assertProblem(ask(shop, "text/csv", "{'dataset':'nowhere','measures':[{'agg':'count'}]}"), 404, "not_found");
    }

    @Test
    void showsNobodyElsesRows() {
        Customer rival = service.newCustomer();

        assertProblem(ask(rival, "application/x-ndjson", BY_CITY), 404, "not_found");
    }
}
