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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of rows, what is left out of them, and how all pages come to the whole. */
@Timeout(60)
class QueryPagesContractTest {

    private static final String BY_CITY =
            "'dataset':'sales','dimensions':['country','city'],'measures':[{'agg':'count','as':'n'}]";

    private static Service service;
    private static Customer shop;
    private static Customer rival;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        shop = service.newCustomer();
        rival = service.newCustomer();
        Sales.fill(shop);
        Sales.fill(rival);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                             | DE-Berlin DE-Bonn ES-Madrid FR-Paris FR-null null-null",
                "[{'by':'n','dir':'desc'}]                      | DE-Berlin DE-Bonn ES-Madrid FR-Paris FR-null null-null",
                "[{'by':'city'}]                                | DE-Berlin DE-Bonn ES-Madrid FR-Paris FR-null null-null",
                "[{'by':'city','dir':'desc'}]                   | FR-Paris ES-Madrid DE-Bonn DE-Berlin FR-null null-null",
                "[{'by':'city','nulls':'first'}]                | FR-null null-null DE-Berlin DE-Bonn ES-Madrid FR-Paris",
                "[{'by':'n'},{'by':'country','dir':'desc'}]     | FR-Paris FR-null ES-Madrid DE-Bonn null-null DE-Berlin"
            })
    void sortsAsAskedAndByTheRestThen(String order, String rows) {
        JsonObject answer = Sales.ask(shop, "{%s,'order':%s}".formatted(BY_CITY, order));

        assertThat(places(answer)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]",
                "[{'by':'n','dir':'desc'}]",
                "[{'by':'city','dir':'desc'}]",
                "[{'by':'city','nulls':'first'},{'by':'country','nulls':'first'}]",
                "[{'by':'country','dir':'desc','nulls':'first'}]"
            })
    void allPagesTogetherAreTheWhole(String order) {
        String whole = places(Sales.ask(shop, "{%s,'order':%s}".formatted(BY_CITY, order)));

        List<String> pages = new ArrayList<>();
        String cursor = "null";
        for (boolean more = true; more; ) {
            JsonObject page =
                    Sales.ask(shop, "{%s,'order':%s,'limit':1,'cursor':%s}".formatted(BY_CITY, order, cursor));
            pages.add(places(page));
            more = page.getBoolean("has_more");
            assertThat(page.getString("next_cursor") != null).isEqualTo(more);
            cursor = "'" + page.getString("next_cursor") + "'";
        }

        assertThat(String.join(" ", pages)).isEqualTo(whole);
    }

    @Test
    void pagesGoThroughGroupsOfTimeNumbersAndTruth() {
        String query = """
                'dataset':'sales','dimensions':[{'time':'time','grain':'1h','as':'h'},'gift','weight'],
                'measures':[{'measure':'turnover'}],'order':[{'by':'turnover','dir':'desc'}]""";
        JsonObject whole = Sales.ask(shop, "{%s}".formatted(query));

        List<String> rows = new ArrayList<>();
        String cursor = "null";
        for (boolean more = true; more; ) {
            JsonObject page = Sales.ask(shop, "{%s,'limit':3,'cursor':%s}".formatted(query, cursor));
            rows.addAll(Sales.rows(page));
            more = page.getBoolean("has_more");
            cursor = "'" + page.getString("next_cursor") + "'";
        }

        assertThat(rows).hasSize(8).isEqualTo(Sales.rows(whole));
    }

    @Test
    void totalsAreOfAllRowsWhateverThePage() {
        JsonObject page =
                Sales.ask(shop, "{%s,'limit':1,'having':{'field':'n','op':'gt','value':1}}".formatted(BY_CITY));

        assertThat(Sales.rows(page)).containsExactly("[\"DE\",\"Berlin\",3]");
        assertThat(page.getJsonObject("totals").getLong("n")).isEqualTo(8);
        assertThat(page.getBoolean("has_more")).isFalse();
        assertThat(Sales.ask(shop, "{%s,'totals':false}".formatted(BY_CITY)).containsKey("totals"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'field':'n','op':'eq','value':3}                                        | DE-Berlin",
                "{'field':'n','op':'lt','value':3}                                        | DE-Bonn ES-Madrid FR-Paris FR-null null-null",
                "{'and':[{'field':'n','op':'eq','value':1},{'field':'city','op':'starts_with','value':'P'}]} | FR-Paris",
                "{'not':{'field':'country','op':'exists'}}                                | null-null"
            })
    void havingKeepsTheRowsThatItIsTrueOf(String having, String rows) {
        assertThat(places(Sales.ask(shop, "{%s,'having':%s}".formatted(BY_CITY, having))))
                .isEqualTo(rows);
    }

    @Test
    void aPageMayHaveAnotherSizeThanTheOneBefore() {
        JsonObject first = Sales.ask(shop, "{%s,'limit':2}".formatted(BY_CITY));

        JsonObject rest =
                Sales.ask(shop, "{%s,'limit':100,'cursor':'%s'}".formatted(BY_CITY, first.getString("next_cursor")));

        assertThat(places(rest)).isEqualTo("ES-Madrid FR-Paris FR-null null-null");
    }

    @Test
    void refusesTheCursorOfAnotherQuery() {
        String cursor = cursor(shop);

        assertRefused(shop, "{%s,'order':[{'by':'n'}],'cursor':'%s'}".formatted(BY_CITY, cursor));
        assertRefused(shop, "{'dataset':'sales','dimensions':['country'],'cursor':'%s'}".formatted(cursor));
        assertRefused(shop, "{%s,'filter':{'segment':'gifts'},'cursor':'%s'}".formatted(BY_CITY, cursor));
    }

    @Test
    void refusesTheCursorOfAnotherTenant() {
        assertRefused(rival, "{%s,'cursor':'%s'}".formatted(BY_CITY, cursor(shop)));
    }

    @Test
    void refusesACursorThatWasTamperedWith() {
        String cursor = cursor(shop);
        char other = cursor.charAt(10) == 'A' ? 'B' : 'A';

        assertRefused(
                shop, "{%s,'cursor':'%s'}".formatted(BY_CITY, cursor.substring(0, 10) + other + cursor.substring(11)));
        assertRefused(shop, "{%s,'cursor':'%s'}".formatted(BY_CITY, cursor.substring(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAA", "e30", "!!!", "1; DROP TABLE sales", "${jndi:ldap://127.0.0.1/a}"})
    void refusesACursorThatWeDidNotGive(String cursor) {
        assertRefused(shop, "{%s,'cursor':'%s'}".formatted(BY_CITY, cursor));
    }

    private static void assertRefused(Customer customer, String query) {
        HttpResponse<Buffer> refused = Sales.askRaw(customer, query);
        assertProblem(refused, 422, "invalid_cursor");
        assertThat(Problems.errors(refused)).containsExactly("/cursor invalid_cursor");
    }

    private static String cursor(Customer customer) {
        return Sales.ask(customer, "{%s,'limit':2}".formatted(BY_CITY)).getString("next_cursor");
    }

    /** Country and city of each row. */
    private static String places(JsonObject answer) {
        return String.join(
                " ",
                answer.getJsonArray("rows").stream()
                        .map(io.vertx.core.json.JsonArray.class::cast)
                        .map(row -> row.getString(0) + "-" + row.getString(1))
                        .toList());
    }
}
