package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What roles may do with data beside reading it; and what rollups and caches may tell to whom. */
@Timeout(120)
class GrantedDataContractTest {

    private static final String RANGE = "'time_range':{'from':'2026-03-01T00:00:00Z','to':'2026-04-01T00:00:00Z'}";

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
    void whatIsSeenAndMayNotBeChangedIsDenied() {
        Customer shop = service.newCustomer();
        Sales.fill(shop);
        String savedQueryId = shop.caller()
                .post("/api/v2/saved-queries", json("{'name':'all','query':{'fields':['time']}}"))
                .bodyAsJsonObject()
                .getString("id");
        Caller admin = service.platform().as(shop.key() + "+admin");
        Caller viewer = service.platform().as(shop.key() + "+viewer+manager");
        shop.caller()
                .put(
                        "/api/v2/admin/roles/manager",
                        json("{'scopes':['datasets:write','events:write','events:delete'],'grants':[]}"));

        assertProblem(viewer.patch(Sales.DATASETS + "/sales", "{\"description\": \"mine\"}"), 403, "policy_denied");
        assertProblem(viewer.post(Sales.EVENTS_PATH, "[{\"country\": \"DE\"}]"), 403, "policy_denied");
        assertProblem(viewer.post(Sales.DATASETS, "{\"name\": \"mine\", \"model\": {}}"), 403, "policy_denied");
        assertProblem(
                viewer.post(Sales.DATASETS + "/sales/delete", "{\"time_range\": {\"last\": \"1h\"}}"),
                403,
                "policy_denied");
        assertProblem(
                viewer.post(Sales.DATASETS + "/sales/rollups", "{\"name\": \"daily\", \"grain\": \"1d\"}"),
                403,
                "policy_denied");
        assertProblem(viewer.delete("/api/v2/saved-queries/" + savedQueryId), 403, "policy_denied");
        assertThat(admin.patch(Sales.DATASETS + "/sales", "{\"description\": \"ours\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoMayOnlyBringEventsInSeesNoDataset() {
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");
        Caller ingester = service.platform().as(customer.key() + "+ingester");

        assertThat(ingester.post(Sales.EVENTS_PATH, "[{\"country\": \"DE\"}]").statusCode())
                .isEqualTo(202);
        assertProblem(ingester.get(Sales.DATASETS + "/sales"), 403, "insufficient_scope");
        assertThat(customer.caller()
                        .get(Sales.DATASETS + "/sales")
                        .bodyAsJsonObject()
                        .getInteger("rows"))
                .isEqualTo(1);
    }

    @Test
    void deletesOnlyWhatIsSeen() {
        Customer customer = service.newCustomer();
        Sales.fill(customer);
        customer.caller().put("/api/v2/admin/roles/eraser", json("{'scopes':['events:delete'],'grants':[]}"));
        customer.caller()
                .put(
                        "/api/v2/admin/policies/pol_de",
                        json("{'name':'d','effect':'allow','roles':['eraser'],"
                                + "'resources':['dataset/sales'],'actions':['delete'],'rows':{'field':'country','op':'eq','value':'DE'},"
                                + "'columns':{'mask':[{'field':'channel','with':'redact'}]}}"));
        Caller eraser = service.platform().as(customer.key() + "+eraser");

        HttpResponse<Buffer> none = eraser.post(
                Sales.DATASETS + "/sales/delete", json("{'filter':{'field':'channel','op':'eq','value':'web'}}"));
        HttpResponse<Buffer> german = eraser.post(
                Sales.DATASETS + "/sales/delete",
                json("{" + RANGE + ",'filter':{'field':'channel','op':'eq','value':'***'}}"));

        assertThat(none.bodyAsJsonObject().getInteger("deleted")).isZero();
        assertThat(german.bodyAsJsonObject().getInteger("deleted")).isEqualTo(4);
        assertThat(Sales.rows(Sales.ask(customer, "{'measures':[{'agg':'count'}],'dimensions':['country']}")))
                .containsExactlyInAnyOrder("[\"ES\",1]", "[\"FR\",2]", "[null,1]");
    }

    @Test
    void rollupsAnswerOnlyWhereTheyTellNoMore() {
        Customer customer = service.newCustomer();
        Sales.fill(customer);
        customer.caller()
                .post(
                        Sales.DATASETS + "/sales/rollups",
                        json("{'name':'daily','grain':'1d','dimensions':['country','channel']}"));
        customer.caller().put("/api/v2/admin/policies/pol_de", json(rowsOf("viewer", "country")));
        customer.caller().put("/api/v2/admin/policies/pol_gift", json(rowsOf("analyst", "city")));
        Caller byCountry = service.platform().as(customer.key() + "+viewer");
        Caller byCity = service.platform().as(customer.key() + "+analyst");
        String query = "{'measures':[{'agg':'count'}],'dimensions':['channel']}";

        JsonObject all = Sales.ask(customer, query);
        JsonObject some = byCountry.post(Sales.QUERY, json(query)).bodyAsJsonObject();
        JsonObject few = byCity.post(Sales.QUERY, json(query)).bodyAsJsonObject();

        assertThat(all.getString("plan")).isEqualTo("rollup:daily");
        assertThat(some.getString("plan")).isEqualTo("rollup");
        assertThat(Sales.rows(some)).containsExactly("[\"app\",1]", "[\"web\",3]");
        assertThat(few.getString("plan")).isEqualTo("scan");
        assertThat(Sales.rows(few)).isEmpty();
        assertThat(byCity.post(Sales.QUERY, json(query.replace("}]", "}],'explain':true")))
                        .bodyAsString())
                .doesNotContain("city");
    }

    /** The rollup has six rows of the eight events. */
    @Test
    void whoeverIsToldOfNoRollupsIsToldOfNoneByEstimatesAndAnswers() {
        Customer customer = service.newCustomer();
        Sales.fill(customer);
        customer.caller()
                .post(
                        Sales.DATASETS + "/sales/rollups",
                        json("{'name':'daily','grain':'1d','dimensions':['country']}"));
        customer.caller().put("/api/v2/admin/policies/pol_de", json(rowsOf("viewer", "country")));
        Caller viewer = service.platform().as(customer.key() + "+viewer");
        String count = "{'measures':[{'agg':'count'}],%s'explain':true}";

        assertProblem(viewer.get(Sales.DATASETS + "/sales/rollups"), 403, "policy_denied");
        JsonObject whole = Sales.ask(customer, count.formatted("'dry_run':true,"));
        HttpResponse<Buffer> priced = viewer.post(Sales.QUERY, json(count.formatted("'dry_run':true,")));
        HttpResponse<Buffer> answered = viewer.post(Sales.QUERY, json(count.formatted("")));

        assertThat(whole.getInteger("est_rows")).isEqualTo(6);
        assertThat(whole.getJsonObject("explain").getJsonArray("rollups")).hasSize(1);
        for (HttpResponse<Buffer> told : List.of(priced, answered)) {
            assertThat(told.bodyAsString()).doesNotContain("daily");
            assertThat(told.bodyAsJsonObject().getString("plan")).isEqualTo("rollup");
            assertThat(told.bodyAsJsonObject().getJsonObject("explain").getJsonArray("rollups"))
                    .isEmpty();
        }
        assertThat(priced.bodyAsJsonObject().getInteger("est_rows")).isEqualTo(8);
        assertThat(answered.bodyAsJsonObject().getJsonObject("meta").getInteger("rows_scanned"))
                .isEqualTo(8);
        assertThat(Sales.rows(answered.bodyAsJsonObject())).containsExactly("[4]");
    }

    @Test
    void answersAreSharedByThoseWhoSeeTheSameAndByNobodyElse() {
        Customer customer = service.newCustomer();
        Sales.fill(customer);
        customer.caller().put("/api/v2/admin/policies/pol_de", json(rowsOf("viewer", "country")));
        customer.caller()
                .put(
                        "/api/v2/admin/policies/pol_d2",
                        json(rowsOf("narrow2", "country").replace("'DE'", "'FR'")));
        customer.caller().put("/api/v2/admin/roles/narrow2", json("{'scopes':['analytics:read'],'grants':[]}"));
        customer.caller()
                .put(
                        "/api/v2/admin/policies/pol_d2",
                        json(rowsOf("narrow2", "country").replace("'DE'", "'FR'")));
        String query = json("{'measures':[{'agg':'count'}]," + RANGE + "}");
        List<String> answers = new ArrayList<>();
        List<String> caches = new ArrayList<>();

        for (String role : List.of("owner", "viewer", "narrow2", "viewer", "owner", "analyst")) {
            JsonObject answer = service.platform()
                    .as(customer.key() + "+" + role)
                    .post(Sales.QUERY, query)
                    .bodyAsJsonObject();
            answers.add(answer.getJsonArray("rows").encode());
            caches.add(answer.getJsonObject("meta").getString("cache"));
        }

        assertThat(answers).containsExactly("[[8]]", "[[4]]", "[[2]]", "[[4]]", "[[8]]", "[[8]]");
        assertThat(caches).containsExactly("miss", "miss", "miss", "hit", "hit", "hit");
    }

    private static String rowsOf(String role, String field) {
        return ("{'name':'d','effect':'allow','roles':['%s'],'resources':['dataset/*'],'actions':['read'],"
                        + "'rows':{'field':'%s','op':'eq','value':'DE'}}")
                .formatted(role, field);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
