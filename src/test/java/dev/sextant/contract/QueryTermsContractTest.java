package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a query costs, what it is made of, and what happens where a budget does not suffice. */
@Timeout(60)
class QueryTermsContractTest {

    private static final String USERS =
            "'dataset':'sales','measures':[{'agg':'count_distinct','field':'user','as':'users'}]";
    private static final String BY_COUNTRY = USERS + ",'dimensions':['country']";

    private static Service service;
    private static Customer customer;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        customer = service.newCustomer();
        Sales.fill(customer);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    private static JsonObject ask(String members) {
        return Sales.ask(customer, "{" + members + "}");
    }

    private static HttpResponse<Buffer> askRaw(String members) {
        return Sales.askRaw(customer, "{" + members + "}");
    }

    @Test
    void everyAnswerSaysWhatItCost() {
        String query = USERS + ",'limit':901";

        HttpResponse<Buffer> first = askRaw(query);
        JsonObject second = ask(query).getJsonObject("meta");

        JsonObject meta = first.bodyAsJsonObject().getJsonObject("meta");
        assertThat(meta.getLong("rows_scanned")).isEqualTo(8);
        assertThat(meta.getJsonObject("cost").encode()).isEqualTo("{\"quoted\":4,\"charged\":4,\"unit\":\"units\"}");
        assertThat(meta.getBoolean("stale")).isFalse();
        assertThat(meta.getDouble("queue_ms")).isNotNegative();
        assertThat(first.getHeader("server-timing")).matches("auth;dur=[0-9.]+, queue;dur=[0-9.]+, exec;dur=[0-9.]+");
        assertThat(second.getLong("rows_scanned")).isZero();
        assertThat(second.getJsonObject("cost").encode()).isEqualTo("{\"quoted\":4,\"charged\":0,\"unit\":\"units\"}");
    }

    @Test
    void aDryRunTellsThePriceAndRunsNothing() {
        Customer other = service.newCustomer();
        Sales.fill(other);

        JsonObject price = Sales.ask(other, "{" + USERS + ",'dry_run':true}");

        assertThat(price.getJsonObject("cost").encode()).isEqualTo("{\"quoted\":4,\"charged\":0,\"unit\":\"units\"}");
        assertThat(price.getString("plan")).isEqualTo("scan");
        assertThat(price.getLong("est_rows")).isEqualTo(8);
        assertThat(price.getLong("est_ms")).isNotNegative();
        assertThat(price.containsKey("rows")).isFalse();
        assertThat(service.engine().runs(other.tenant())).isZero();
    }

    @Test
    void aDryRunOfWhatIsWrongIsRefused() {
        assertProblem(
                askRaw("'dataset':'sales','measures':[{'measure':'nothing'}],'dry_run':true"), 422, "unknown_field");
    }

    @Test
    void showsTheTreeAndTheSqlWithoutValues() {
        String query = BY_COUNTRY + ",'filter':{'field':'city','op':'eq','value':'Berlin'}";

        JsonObject answer = ask(query + ",'explain':true");

        JsonObject explain = answer.getJsonObject("explain");
        assertThat(explain.getString("tree")).contains("LogicalAggregate", "LogicalTableScan", "sales");
        assertThat(explain.getString("sql"))
                .contains("SELECT", "\"sales\"", "?")
                .doesNotContain("Berlin", "1000");
        assertThat(explain.getJsonArray("rollups")).isEmpty();
        assertThat(Sales.rows(answer)).containsExactly("[\"DE\",2]");
        JsonObject plain = ask(query);
        assertThat(plain.containsKey("explain")).isFalse();
        assertThat(plain.getJsonObject("meta").getString("cache")).isEqualTo("hit");
    }

    @Test
    void aDryRunMayBeExplainedToo() {
        assertThat(ask(USERS + ",'dry_run':true,'explain':true")
                        .getJsonObject("explain")
                        .getString("sql"))
                .contains("COUNT(DISTINCT");
    }

    @Test
    void aBudgetThatSufficesChangesNothing() {
        JsonObject answer = ask(BY_COUNTRY + ",'budget':{'max_cost':4,'max_ms':5000,'on_exceed':'approximate'}");

        assertThat(answer.getBoolean("exact")).isTrue();
        assertThat(answer.getValue("error_bound")).isNull();
        assertThat(answer.getString("plan")).isEqualTo("scan");
        assertThat(Sales.rows(answer)).containsExactly("[\"DE\",2]", "[\"ES\",1]", "[\"FR\",2]", "[null,1]");
    }

    @Test
    void whatCostsMoreThanTheBudgetIsRefused() {
        String query = USERS + ",'limit':902";

        HttpResponse<Buffer> refused = askRaw(query + ",'budget':{'max_cost':3}");

        assertProblem(refused, 422, "cost_exceeded");
        assertThat(Problems.errors(refused)).containsExactly("/budget cost_exceeded");
        assertThat(refused.bodyAsJsonObject().getString("detail")).contains("4 units", "allows 3");
    }

    @Test
    void whatIsThereIsWithinEveryBudget() {
        String query = USERS + ",'limit':903";
        ask(query);

        JsonObject answer = ask(query + ",'budget':{'max_cost':1}");

        assertThat(answer.getJsonObject("meta").getString("cache")).isEqualTo("hit");
        assertThat(answer.getJsonObject("meta").getJsonObject("cost").getLong("charged"))
                .isZero();
    }

    @Test
    void whatCostsMoreMayBeEstimated() {
        JsonObject answer = ask(USERS + ",'limit':904,'budget':{'max_cost':3,'on_exceed':'approximate'}");

        assertThat(answer.getBoolean("exact")).isFalse();
        assertThat(answer.getString("plan")).isEqualTo("scan+sketch");
        JsonArray bound = answer.getJsonArray("error_bound");
        assertThat(bound.encode())
                .isEqualTo("[{\"column\":\"users\",\"kind\":\"relative_standard_error\",\"value\":0.0325}]");
        assertThat(Sales.rows(answer)).containsExactly("[5]");
        assertThat(answer.getJsonObject("meta").getJsonObject("cost").getLong("charged"))
                .isEqualTo(2);
    }

    @Test
    void anEstimateThatIsTooFarOffIsRefused() {
        HttpResponse<Buffer> refused =
                askRaw(USERS + ",'limit':905,'budget':{'max_cost':3,'max_error':0.01,'on_exceed':'approximate'}");

        assertProblem(refused, 422, "cost_exceeded");
        assertThat(refused.bodyAsJsonObject().getString("detail")).contains("0.0325");
    }

    @Test
    void whatCannotBeEstimatedIsRefused() {
        assertProblem(
                askRaw("'dataset':'sales','measures':[{'agg':'quantile','field':'amount','q':0.5}],"
                        + "'budget':{'max_cost':1,'on_exceed':'approximate'}"),
                422,
                "cost_exceeded");
    }

    @Test
    void aSketchThatIsTooFarOffIsNotUsed() {
        JsonObject answer = ask("'dataset':'sales','measures':[{'agg':'count_distinct','field':'user','exact':false}],"
                + "'budget':{'max_error':0.01}");

        assertThat(answer.getBoolean("exact")).isTrue();
    }

    @Test
    void pagesOfAnEstimateAreOneEstimate() {
        String query = BY_COUNTRY + ",'limit':2,'totals':false,'budget':{'max_cost':3,'on_exceed':'approximate'}";

        JsonObject first = ask(query);
        JsonObject second = ask(query + ",'cursor':'%s'".formatted(first.getString("next_cursor")));

        assertThat(first.getBoolean("exact")).isFalse();
        assertThat(second.getBoolean("exact")).isFalse();
        assertThat(Sales.rows(first)).containsExactly("[\"DE\",2]", "[\"ES\",1]");
        assertThat(Sales.rows(second)).containsExactly("[\"FR\",2]", "[null,1]");
    }

    @Test
    void whatTakesLongerThanTheBudgetEnds() {
        service.engine().hold();
        HttpResponse<Buffer> refused = askRaw(USERS + ",'limit':906,'budget':{'max_ms':20}");
        service.engine().release();

        assertProblem(refused, 504, "deadline_exceeded");
    }

    @Test
    void badBudgetsAreRefused() {
        for (String budget : new String[] {"{'max_ms':0}", "{'max_error':2}", "{'on_exceed':'guess'}", "{'max':1}"}) {
            assertProblem(askRaw(USERS + ",'budget':" + budget), 422, "invalid_request");
        }
    }
}
