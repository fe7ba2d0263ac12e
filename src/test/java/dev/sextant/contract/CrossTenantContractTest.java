package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** One tenant at every operation of the contract, with all that it could know of another: it gets nothing, and changes nothing. */
@Timeout(120)
class CrossTenantContractTest {

    /** Stands in all that the other tenant has. */
    private static final String MARK = "othersecret";

    private static final List<Promised> OPERATIONS = Promised.all();

    private static Service service;
    private static Customer curious;
    private static Customer other;

    /** What the other tenant has. */
    private static Estate estate;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        curious = service.newCustomer();
        estate = Estate.of(service, MARK);
        other = estate.customer();
        Sales.fill(curious);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> namingAnotherTenantOpensNothing() {
        return OPERATIONS.stream()
                .map(promised -> DynamicTest.dynamicTest(
                        promised.id(), () -> assertClosed(promised, "tenant_id=" + other.tenant())));
    }

    @TestFactory
    Stream<DynamicTest> theIdsOfAnotherTenantOpenNothing() {
        return OPERATIONS.stream()
                .filter(promised -> promised.path().contains("{") && !promised.makesByName())
                .map(promised -> DynamicTest.dynamicTest(promised.id(), () -> assertClosed(promised, "")));
    }

    @TestFactory
    Stream<DynamicTest> theNamesOfAnotherTenantsDatasetsOpenNothing() {
        return OPERATIONS.stream()
                .filter(promised -> promised.takes("dataset", "query"))
                .map(promised ->
                        DynamicTest.dynamicTest(promised.id(), () -> assertClosed(promised, "dataset=" + MARK)));
    }

    @Test
    void aQueryOfAnotherTenantsDatasetIsOfNone() {
        HttpResponse<Buffer> response =
                Sales.askRaw(curious, "{'dataset':'%s','measures':[{'agg':'count'}]}".formatted(MARK));

        assertClosed(response);
    }

    @Test
    void listsAndAnswersHoldNothingOfAnother() {
        for (String path : List.of(
                Sales.DATASETS + "?limit=1000",
                Sales.DATASETS + "/sales",
                Sales.DATASETS + "/sales/values?field=country",
                Sales.DATASETS + "/sales/rollups/advice",
                "/api/v2/api-keys?limit=1000",
                "/api/v2/users?limit=1000",
                "/api/v2/oauth/clients?limit=1000",
                "/api/v2/identity-providers",
                "/api/v2/operations?limit=1000",
                "/api/v2/saved-queries?limit=1000",
                "/api/v2/admin/roles",
                "/api/v2/admin/policies",
                "/api/v2/analytics/realtime/metrics?group_by=country&timeframe=24h")) {
            assertHidden(curious.caller().get(path));
        }
        for (String query : List.of(
                "{'dimensions':['country','properties.x'],'measures':[{'agg':'count'}]}",
                "{'dimensions':['country'],'filter':{'field':'amount','op':'eq','value':%s}}"
                        .formatted(estate.number()))) {
            assertHidden(curious.caller().post(Sales.QUERY, query.replace('\'', '"')));
        }
    }

    /** Of its own attempts it may read, with the names that it asked for. */
    @Test
    void theLogHoldsNothingThatAnotherDid() {
        other.caller().get(Sales.DATASETS);

        assertThat(curious.caller()
                        .get("/api/v2/audit/events?limit=1000&actor=" + other.keyId())
                        .bodyAsJsonObject()
                        .getJsonArray("data"))
                .isEmpty();
    }

    @Test
    void afterAllThatTheOtherHasWhatItHad() {
        for (Promised promised : OPERATIONS) {
            assertClosed(promised, "tenant_id=" + other.tenant());
        }

        assertThat(other.caller().get("/api/v2/api-keys/" + other.keyId()).statusCode())
                .isEqualTo(200);
        JsonObject dataset = other.caller().get(Sales.DATASETS + "/" + MARK).bodyAsJsonObject();
        assertThat(dataset.getInteger("version")).isEqualTo(1);
        assertThat(dataset.getInteger("rows")).isEqualTo(1);
        assertThat(other.caller().get(Sales.DATASETS).bodyAsJsonObject().getJsonArray("data"))
                .hasSize(2);
    }

    private static void assertClosed(Promised promised, String query) {
        String path = estate.path(promised);
        String parameters = Stream.concat(Stream.of(query), promised.required())
                .filter(parameter -> !parameter.isEmpty())
                .collect(Collectors.joining("&"));
        HttpRequest<Buffer> request =
                curious.caller().request(promised.method(), parameters.isEmpty() ? path : path + "?" + parameters);
        String body = promised.body(MARK);
        if (!body.isEmpty()) {
            request.putHeader("content-type", "application/json");
        }
        assertClosed(curious.caller().send(request, Buffer.buffer(body)));
    }

    private static void assertClosed(HttpResponse<Buffer> response) {
        assertThat(response.statusCode()).as(response.bodyAsString()).isIn(403, 404);
        assertHidden(response);
    }

    private static void assertHidden(HttpResponse<Buffer> response) {
        assertThat(estate.seenIn(response)).as(response.bodyAsString()).isEmpty();
    }
}
