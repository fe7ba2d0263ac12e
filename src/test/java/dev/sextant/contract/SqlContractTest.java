package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL over a whole node, and what people try with it. */
@Timeout(60)
@Covers("querySql")
class SqlContractTest {

    private static final String SQL = "/api/v2/analytics/sql";

    private static Service service;
    private static Customer shop;
    private static Customer other;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
        shop = service.newCustomer();
        Sales.fill(shop);
        other = service.newCustomer();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    private static HttpResponse<Buffer> ask(Customer customer, String sql, Object... parameters) {
        JsonObject body = new JsonObject().put("sql", sql).put("parameters", new JsonArray(List.of(parameters)));
        return customer.caller().post(SQL, body.encode());
    }

    @Test
    void answersWithColumnsAndRows() {
        HttpResponse<Buffer> response = ask(
                shop,
                "SELECT country, count(*) AS orders, sum(amount) FROM sales WHERE time >= ? GROUP BY country ORDER BY orders DESC, country LIMIT 2",
                "2026-03-28T23:00:00Z");

        JsonObject answer = response.bodyAsJsonObject();
        assertThat(response.statusCode()).as(answer.encode()).isEqualTo(200);
        assertThat(answer.getJsonArray("rows").encode()).isEqualTo("[[\"DE\",3,1000],[\"FR\",2,1100]]");
        assertThat(answer.getJsonArray("columns").encode())
                .isEqualTo("[{\"name\":\"country\",\"type\":\"string\"},{\"name\":\"orders\",\"type\":\"long\"},"
                        + "{\"name\":\"column_3\",\"type\":\"long\"}]");
        assertThat(answer.getJsonArray("datasets").encode()).isEqualTo("[\"sales\"]");
        assertThat(answer.getBoolean("has_more")).isFalse();
    }

    @Test
    void percentilesAreDoublesWhateverTheyAreOf() {
        JsonObject answer = ask(
                        shop,
                        "SELECT PERCENTILE_CONT(0.005) WITHIN GROUP (ORDER BY amount) AS p FROM sales WHERE amount IN (400, 700)")
                .bodyAsJsonObject();

        assertThat(answer.getJsonArray("columns").encode()).isEqualTo("[{\"name\":\"p\",\"type\":\"double\"}]");
        assertThat(answer.getJsonArray("rows").encode()).isEqualTo("[[401.5]]");
    }

    private static JsonObject meta(Customer customer, String sql, Object... parameters) {
        HttpResponse<Buffer> response = ask(customer, sql, parameters);
        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
        JsonObject meta = response.bodyAsJsonObject().getJsonObject("meta");
        assertThat(response.getHeader("cache-status"))
                .isEqualTo(meta.getString("cache").equals("hit") ? "sextant; hit" : "sextant; fwd=miss");
        return meta;
    }

    @Test
    void whatWasAskedBeforeIsAnsweredFromTheCacheUntilADatasetChanges() {
        Customer fresh = service.newCustomer();
        Sales.fill(fresh);
        Sales.create(fresh, "refunds");
        String one = "SELECT count(*) FROM sales WHERE country = ?";
        String both = "SELECT count(*) AS n FROM sales UNION ALL SELECT count(*) FROM refunds ORDER BY n";
        assertThat(meta(fresh, one, "DE").getString("cache")).isEqualTo("miss");
        assertThat(meta(fresh, both).getString("cache")).isEqualTo("miss");

        JsonObject hit = meta(fresh, one, "DE");
        assertThat(hit.getString("cache")).isEqualTo("hit");
        assertThat(hit.getLong("rows_scanned")).isZero();
        assertThat(hit.getJsonObject("cost").getLong("charged")).isZero();
        assertThat(meta(fresh, both).getString("cache")).isEqualTo("hit");
        assertThat(meta(fresh, one, "FR").getString("cache")).isEqualTo("miss");
        assertThat(meta(fresh, one.replace("*)", "*) AS orders"), "DE").getString("cache"))
                .isEqualTo("miss");

        Sales.send(
                fresh,
                Sales.DATASETS + "/refunds/events",
                "[{\"event_id\":\"r1\",\"time\":\"2026-03-28T10:00:00Z\",\"country\":\"DE\"}]");

        assertThat(meta(fresh, one, "DE").getString("cache")).isEqualTo("hit");
        assertThat(meta(fresh, both).getString("cache")).isEqualTo("miss");
        assertThat(ask(fresh, both).bodyAsJsonObject().getJsonArray("rows").encode())
                .isEqualTo("[[1],[8]]");
    }

    @Test
    void nobodyIsAnsweredFromWhatAnotherTenantAsked() {
        String sql = "SELECT count(*) AS mine FROM sales";
        Customer empty = service.newCustomer();
        Sales.create(empty, "sales");
        ask(shop, sql);
        assertThat(meta(shop, sql).getString("cache")).isEqualTo("hit");

        HttpResponse<Buffer> theirs = ask(empty, sql);

        assertThat(theirs.bodyAsJsonObject().getJsonArray("rows").encode()).isEqualTo("[[0]]");
        assertThat(theirs.bodyAsJsonObject().getJsonObject("meta").getString("cache"))
                .isEqualTo("miss");
    }

    @Test
    void saysThatThereIsMore() {
        JsonObject body = new JsonObject()
                .put("sql", "SELECT event_id FROM sales ORDER BY 1")
                .put("limit", 3);

        JsonObject answer = shop.caller().post(SQL, body.encode()).bodyAsJsonObject();

        assertThat(answer.getJsonArray("rows").encode()).isEqualTo("[[\"e1\"],[\"e2\"],[\"e3\"]]");
        assertThat(answer.getBoolean("has_more")).isTrue();
    }

    @Test
    void namesThePlaceAndAGuess() {
        HttpResponse<Buffer> response = ask(shop, "SELECT contry\nFROM sales WHERE time > ? AND amuont > 2", "x");

        assertProblem(response, 422, "invalid_sql");
        assertThat(response.bodyAsJsonObject().getString("detail"))
                .contains("line 2, column 31")
                .contains("did you mean 'amount'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "SELECT city FROM sales ORDER BY 99 | no column of this number",
                "SELECT city FROM sales GROUP BY 99 | no column of this number",
                "SELECT CAST(gift AS BIGINT) FROM sales | BOOLEAN",
                "SELECT SUM(COUNT(*)) FROM sales | within another",
                "SELECT city FROM sales WHERE COUNT(*) > 1 | HAVING",
                "SELECT city FROM sales WHERE amount | condition",
                "SELECT city, amount FROM sales UNION SELECT city FROM sales | as many columns",
                "SELECT 'a' 'b' FROM sales | ||",
                "SELECT city FROM sales WHERE amount > ? | 1 ? mark",
                "DROP TABLE sales | Only SELECT reads",
                "SHOW TABLES | Only SELECT reads",
                "COPY sales TO 'x.csv' | Only SELECT reads",
                "ATTACH 'other.db' | Only SELECT reads",
                "PRAGMA database_list | Only SELECT reads",
                "EXPLAIN PLAN FOR SELECT * FROM sales | Only SELECT reads"
            })
    void saysWhatDoesNotFit(String sql, String said) {
        HttpResponse<Buffer> refused = ask(shop, sql);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.bodyAsJsonObject().getString("detail"))
                .contains(said)
                .doesNotContain("$")
                .doesNotContain("does not fit together");
    }

    @Test
    void guessesAmongTheFieldsOfTheDatasetsThatAreNamed() {
        Sales.create(other, "sales");
        String detail = ask(other, "SELECT x.time FROM (SELECT city FROM sales) AS x")
                .bodyAsJsonObject()
                .getString("detail");

        assertThat(detail).contains("'time' does not exist").doesNotContain("did you mean 'time'");
    }

    @Test
    void theSmallestWholeNumberIsOne() {
        assertThat(ask(shop, "SELECT COUNT(*) FROM sales WHERE amount > -9223372036854775808")
                        .bodyAsJsonObject()
                        .getJsonArray("rows")
                        .encode())
                .isEqualTo("[[8]]");
        assertProblem(ask(shop, "SELECT 9223372036854775808 FROM sales"), 422, "not_supported");
    }

    @Test
    void parametersHaveTheTypesOfTheirPlaces() {
        assertProblem(ask(shop, "SELECT count(*) FROM sales WHERE amount > ?", "x"), 422, "type_mismatch");
        assertProblem(ask(shop, "SELECT count(*) FROM sales WHERE amount > ?"), 422, "invalid_sql");
        assertProblem(ask(shop, "SELECT count(*) FROM sales WHERE amount > ?", 5.5), 422, "type_mismatch");
        assertThat(ask(shop, "SELECT count(*) FROM sales WHERE amount > ?", 2500.0)
                        .bodyAsJsonObject()
                        .getJsonArray("rows")
                        .encode())
                .isEqualTo("[[1]]");
        assertThat(ask(shop, "SELECT count(*) FROM sales WHERE city = ?", "' OR 1=1 --")
                        .bodyAsJsonObject()
                        .getJsonArray("rows")
                        .encode())
                .isEqualTo("[[0]]");
    }

    @Test
    void aParameterMayBeNull() {
        HttpResponse<Buffer> answer = shop.caller()
                .post(
                        "/api/v2/analytics/sql",
                        "{\"sql\":\"SELECT count(*) FROM sales WHERE city = ?\",\"parameters\":[null]}");

        assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
        assertThat(answer.bodyAsJsonObject().getJsonArray("rows").encode()).isEqualTo("[[0]]");
    }

    @Test
    void anotherTenantSeesNothing() {
        assertProblem(ask(service.newCustomer(), "SELECT * FROM sales"), 422, "invalid_sql");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; SELECT 2",
                "SELECT * FROM sales; DROP TABLE sales",
                "DROP TABLE sales",
                "DELETE FROM sales",
                "INSERT INTO sales VALUES (1)",
                "UPDATE sales SET city = 'x'",
                "MERGE INTO sales USING sales ON TRUE WHEN MATCHED THEN UPDATE SET city = 'x'",
                "CREATE TABLE x (a INT)",
                "ALTER TABLE sales ADD COLUMN x INT",
                "TRUNCATE TABLE sales",
                "COPY sales TO 'x.csv'",
                "ATTACH 'other.db'",
                "DETACH sales",
                "PRAGMA database_list",
                "SET memory_limit = '1GB'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "EXPORT DATABASE 'x'",
                "CALL pragma_version()",
                "EXPLAIN PLAN FOR SELECT * FROM sales",
                "DESCRIBE sales",
                "SHOW TABLES",
                "CHECKPOINT",
                "VACUUM",
                "BEGIN",
                "COMMIT",
                "TABLE sales",
                "VALUES (1)",
                "SELECT 1",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM TABLE(read_csv('/etc/passwd'))",
                "SELECT * FROM TABLE(read_parquet('x'))",
                "SELECT * FROM TABLE(glob('*'))",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM \"/etc/passwd\"",
                "SELECT read_text('/etc/passwd') FROM sales",
                "SELECT getenv('HOME') FROM sales",
                "SELECT current_setting('threads') FROM sales",
                "SELECT pg_sleep(10) FROM sales",
                "SELECT version() FROM sales",
                "SELECT query('DROP TABLE sales') FROM sales",
                "SELECT * FROM query('SELECT 1')",
                "SELECT nextval('x') FROM sales",
                "SELECT CURRENT_USER FROM sales",
                "SELECT CURRENT_TIMESTAMP FROM sales",
                "SELECT RAND() FROM sales",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM sqlite_master",
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM duckdb_tables",
                "SELECT * FROM pg_catalog.pg_class",
                "SELECT * FROM main.sales",
                "SELECT * FROM ten_other.sales",
                "SELECT * FROM \"sales\"\".x\"",
                "SELECT * FROM memory.main.sales",
                "SELECT __time FROM sales",
                "SELECT __version FROM sales",
                "SELECT rowid FROM sales",
                "WITH RECURSIVE r(n) AS (SELECT amount FROM sales UNION ALL SELECT n + 1 FROM r) SELECT * FROM r",
                "WITH a AS (SELECT * FROM sales, sales), b AS (SELECT * FROM a, a), c AS (SELECT * FROM b, b), d AS (SELECT * FROM c, c), e AS (SELECT * FROM d, d) SELECT count(*) FROM e",
                "SELECT country FROM sales GROUP BY CUBE(country, city, channel, amount, weight, gift, shipped)",
                "SELECT $$x$$ FROM sales",
                "SELECT E'\\x41' FROM sales",
                "SELECT U&'\\0041' FROM sales",
                "SELECT x'41' FROM sales",
                "SELECT _utf8'a' FROM sales",
                "SELECT /* /* nested */ DROP */ 1 FROM sales",
                "SELECT 1 FROM sales /* open",
                "SELECT 'open FROM sales",
                "SELECT 1 FROM sales -- '\n; DROP TABLE sales",
                "SELECT cіty FROM sales",
                "SELECT ｃity FROM sales",
                "SELECT city FROM ѕales",
                "SELECT {fn NOW()} FROM sales",
                "SELECT `city` FROM sales",
                "SELECT city[1] FROM sales",
                "SELECT city::INTEGER FROM sales",
                "SELECT CAST(city AS DECIMAL(10,2)) FROM sales",
                "SELECT CAST(city AS VARCHAR(3)) FROM sales",
                "SELECT 99999999999999999999999 FROM sales",
                "SELECT 1e999 FROM sales",
                "SELECT count(*) FROM sales AS a JOIN sales AS b USING (user)",
                "SELECT count(*) FROM sales AS a NATURAL JOIN sales AS b",
                "SELECT * FROM sales TABLESAMPLE BERNOULLI(10)",
                "SELECT * FROM sales, LATERAL (SELECT 1)",
                "SELECT * FROM UNNEST(ARRAY[1, 2])",
                "SELECT TIMESTAMPDIFF(MONTH, time, shipped) FROM sales",
                "SELECT EXTRACT(DOW FROM time) FROM sales",
                "SELECT SUBSTRING(city, 0, 2) FROM sales",
                "SELECT amount FROM sales WHERE city SIMILAR TO 'x'",
                "SELECT DISTINCT country FROM sales ORDER BY nothing",
                "SELECT",
                "';",
                "\"",
                ")))))",
                "SELECT \"a\"; --\" FROM sales"
            })
    void refusesWhatIsNoQuestionToOnesOwnData(String sql) {
        HttpResponse<Buffer> response = ask(shop, sql);

        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(422);
        assertThat(response.bodyAsJsonObject().getString("code"))
                .isIn("invalid_sql", "not_supported", "limit_exceeded");
        assertThat(response.bodyAsString()).doesNotContain("calcite", "Exception", "duckdb.");
        assertThat(ask(shop, "SELECT count(*) FROM sales")
                        .bodyAsJsonObject()
                        .getJsonArray("rows")
                        .encode())
                .isEqualTo("[[8]]");
    }

    @Test
    void endsHostileNestingEarly() {
        String brackets = "SELECT " + "(".repeat(5_000) + "1" + ")".repeat(5_000) + " FROM sales";
        String sums = "SELECT 1" + " + 1".repeat(3_900) + " FROM sales";
        String negations = "SELECT 1 FROM sales WHERE " + "NOT ".repeat(7_000) + "TRUE";
        String many = "SELECT " + "1, ".repeat(3_000) + "1 FROM sales";

        for (String sql : List.of(brackets, sums, negations, many)) {
            assertProblem(ask(shop, sql), 422, "limit_exceeded");
        }
    }
}
