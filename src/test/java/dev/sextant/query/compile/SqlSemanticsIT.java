package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SQL means: each value is worked out by hand from four sales and two shops. */
class SqlSemanticsIT {

    private static final TenantId TENANT = new TenantId("ten_a");
    private static final DatasetModel SALES = ModelReader.read(Bodies.json("""
            {'time': 'time', 'entity': 'user', 'dimensions': [{'name': 'shop', 'type': 'string'},
              {'name': 'amount', 'type': 'long'}, {'name': 'weight', 'type': 'double'},
              {'name': 'gift', 'type': 'boolean'}, {'name': 'due', 'type': 'timestamp'}]}"""), "");
    private static final DatasetModel SHOPS = ModelReader.read(
            Bodies.json("{'dimensions': [{'name': 'name', 'type': 'string'}, {'name': 'value', 'type': 'long'}]}"), "");
    private static final Map<String, DatasetModel> DATASETS = Map.of("sales", SALES, "shops", SHOPS);

    private static DuckDbTables tables;

    private final SqlCompiler compiler = new SqlCompiler(1 << 20);

    @BeforeAll
    static void fill() throws SQLException {
        tables = new DuckDbTables();
        tables.create(SALES.table("sales"));
        tables.create(SHOPS.table("shops"));
        tables.insert(
                "sales",
                List.of(
                        sale(
                                "e1",
                                "2015-09-12T00:47:11Z",
                                "ann",
                                "north",
                                7L,
                                1.5,
                                true,
                                "2015-10-31T10:00:00Z",
                                "{\"plan\":\"pro\",\"n\":5,\"o\":{\"x\":[1,2]},\"z\":null}"),
                        sale("e2", "2015-09-12T10:30:00Z", "bob", "South", 2L, -2.5, false, null, "{\"n\":\"9\"}"),
                        sale("e3", "2015-09-13T00:00:00Z", "ann", null, null, null, null, null, null),
                        sale(
                                "e4",
                                "2016-02-29T23:59:59.123456Z",
                                null,
                                "éa_%",
                                -7L,
                                0.0,
                                true,
                                "2016-01-31T00:00:00Z",
                                null)));
        tables.insert("shops", List.of(shop("north", 10L), shop("east", 20L)));
    }

    private static Map<String, @Nullable Object> sale(
            String id,
            String time,
            @Nullable String user,
            @Nullable String shop,
            @Nullable Long amount,
            @Nullable Double weight,
            @Nullable Boolean gift,
            @Nullable String due,
            @Nullable String properties) {
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("event_id", id);
        row.put("__time", Instant.parse(time));
        row.put("user", user);
        row.put("shop", shop);
        row.put("amount", amount);
        row.put("weight", weight);
        row.put("gift", gift);
        row.put("due", due == null ? null : Instant.parse(due));
        row.put("properties", properties);
        return row;
    }

    private static Map<String, @Nullable Object> shop(String name, long value) {
        return Map.of("name", name, "value", value, "__time", Instant.EPOCH);
    }

    @AfterAll
    static void close() throws SQLException {
        tables.close();
    }

    private String ask(String sql, String parameters) {
        List<JsonNode> values = new ArrayList<>();
        Bodies.json(parameters).forEach(values::add);
        CompiledSql compiled = compiler.compile(TENANT, DATASETS, sql, values, 100);
        return tables.run(compiled.plan().statements().getFirst()).stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                // numbers, on e1 (7, 1.5), e2 (2, -2.5), e3 (null), e4 (-7, 0)
                "amount / 2                     | 3.5 1.0 null -3.5",
                "amount / weight                | 4.666666666666667 -0.8 null null",
                "1 / (amount - 7)               | null -0.2 null -0.07142857142857142",
                "amount + 2147483647            | 2147483654 2147483649 null 2147483640",
                "2147483647 + 1                 | 2147483648 2147483648 2147483648 2147483648",
                "amount * 1.5                   | 10.5 3.0 null -10.5",
                "MOD(amount, 4)                 | 3 2 null -3",
                "amount % 0                     | null null null null",
                "- amount                       | -7 -2 null 7",
                "ABS(amount)                    | 7 2 null 7",
                "ABS(weight)                    | 1.5 2.5 null 0.0",
                "FLOOR(weight)                  | 1.0 -3.0 null 0.0",
                "FLOOR(amount + 9007199254740986) | 9007199254740993 9007199254740988 null 9007199254740979",
                "CEIL(amount + 9007199254740986) | 9007199254740993 9007199254740988 null 9007199254740979",
                "CEIL(weight)                   | 2.0 -2.0 null 0.0",
                "ROUND(weight)                  | 2.0 -3.0 null 0.0",
                "ROUND(amount / 3.0, 2)         | 2.33 0.67 null -2.33",
                "SIGN(weight)                   | 1.0 -1.0 null 0.0",
                "SQRT(amount * amount)          | 7.0 2.0 null 7.0",
                "EXP(0)                         | 1.0 1.0 1.0 1.0",
                "LN(1)                          | 0.0 0.0 0.0 0.0",
                "LOG10(1000)                    | 3.0 3.0 3.0 3.0",
                "weight * 1e308 * 10            | null null null 0.0",
                "POWER(10, 200) * POWER(10, 200) | null null null null",
                "CAST('2e0' AS DOUBLE)          | 2.0 2.0 2.0 2.0",
                "CAST('5.0' AS BIGINT)          | 5 5 5 5",
                // casts
                "CAST(weight AS BIGINT)         | 2 -3 null 0",
                "CAST(amount AS DOUBLE)         | 7.0 2.0 null -7.0",
                "CAST(amount AS VARCHAR)        | 7 2 null -7",
                "CAST('12' AS BIGINT) + amount  | 19 14 null 5",
                "CAST(gift AS VARCHAR)          | true false null true",
                "CAST('2015-09-12 01:02:03' AS TIMESTAMP) | 2015-09-12T01:02:03Z 2015-09-12T01:02:03Z 2015-09-12T01:02:03Z 2015-09-12T01:02:03Z",
                // conditions
                "CASE WHEN amount > 2 THEN 'many' WHEN amount = 2 THEN 'two' ELSE '-' END | many two - -",
                "CASE shop WHEN 'north' THEN 1 ELSE 2 END | 1 2 2 2",
                "COALESCE(amount, 0)            | 7 2 0 -7",
                "COALESCE(shop, 'a-longer-one') | north South a-longer-one éa_%",
                "NULLIF(amount, 2)              | 7 null null -7",
                "amount IN (2, 7)               | true true null false",
                "amount NOT IN (2, NULL)        | null false null null",
                "amount BETWEEN 2 AND 7         | true true null false",
                "shop < 'a'                     | false true null false",
                "shop > 'z'                     | false false null true",
                "shop = 'NORTH'                 | false false null false",
                "shop IS NULL                   | false false true false",
                "gift IS NOT TRUE               | false true true false",
                "NOT gift                       | false true null false",
                "amount IS DISTINCT FROM 2      | true false true true",
                "amount > 1.5                   | true true null false",
                // texts
                "shop LIKE 'n%'                 | true false null false",
                "shop LIKE 's%'                 | false false null false",
                "shop LIKE 'éa_%'               | false false null true",
                "shop LIKE '%!_!%' ESCAPE '!'   | false false null true",
                "shop LIKE '%\\%'               | false false null false",
                "shop NOT LIKE '%o%'            | false false null true",
                "UPPER(shop)                    | NORTH SOUTH null ÉA_%",
                "LOWER(shop)                    | north south null éa_%",
                "CHAR_LENGTH(shop)              | 5 5 null 4",
                "LENGTH(shop)                   | 5 5 null 4",
                "SUBSTRING(shop FROM 2 FOR 3)   | ort out null a_%",
                "SUBSTRING(shop, 2)             | orth outh null a_%",
                "POSITION('o' IN shop)          | 2 2 null 0",
                "POSITION('a' IN shop)          | 0 0 null 2",
                "shop || '!'                    | north! South! null éa_%!",
                "REPLACE(shop, 'th', '')        | nor Sou null éa_%",
                "TRIM('  x ')                   | x x x x",
                "TRIM(LEADING 'n' FROM shop)    | orth South null éa_%",
                "TRIM(TRAILING 'h' FROM shop)   | nort Sout null éa_%",
                "STARTS_WITH(shop, 'no')        | true false null false",
                "ENDS_WITH(shop, 'th')          | true true null false",
                "'it''s' || ' \"; DROP'         | it's \"; DROP it's \"; DROP it's \"; DROP it's \"; DROP",
                "'жπ😀'                         | жπ😀 жπ😀 жπ😀 жπ😀",
                // JSON
                "JSON_VALUE(properties, '$.plan')     | pro null null null",
                "JSON_VALUE(properties, '$.n')        | 5 9 null null",
                "JSON_VALUE(properties, '$.o')        | null null null null",
                "JSON_VALUE(properties, '$.o.x[1]')   | 2 null null null",
                "JSON_VALUE(properties, '$.z')        | null null null null",
                "CAST(JSON_VALUE(properties, '$.n') AS BIGINT) + 1 | 6 10 null null",
                // time
                "EXTRACT(YEAR FROM time)        | 2015 2015 2015 2016",
                "EXTRACT(QUARTER FROM time)     | 3 3 3 1",
                "EXTRACT(MONTH FROM time)       | 9 9 9 2",
                "EXTRACT(WEEK FROM time)        | 37 37 37 9",
                "EXTRACT(DAY FROM time)         | 12 12 13 29",
                "EXTRACT(DOY FROM time)         | 255 255 256 60",
                "EXTRACT(ISODOW FROM time)      | 6 6 7 1",
                "EXTRACT(HOUR FROM time)        | 0 10 0 23",
                "EXTRACT(MINUTE FROM time)      | 47 30 0 59",
                "EXTRACT(SECOND FROM time)      | 11 0 0 59",
                "EXTRACT(EPOCH FROM time)       | 1442018831 1442053800 1442102400 1456790399",
                "YEAR(time) * 100 + MONTH(time) | 201509 201509 201509 201602",
                "FLOOR(time TO HOUR)            | 2015-09-12T00:00:00Z 2015-09-12T10:00:00Z 2015-09-13T00:00:00Z 2016-02-29T23:00:00Z",
                "FLOOR(time TO WEEK)            | 2015-09-07T00:00:00Z 2015-09-07T00:00:00Z 2015-09-07T00:00:00Z 2016-02-29T00:00:00Z",
                "FLOOR(time TO MONTH)           | 2015-09-01T00:00:00Z 2015-09-01T00:00:00Z 2015-09-01T00:00:00Z 2016-02-01T00:00:00Z",
                "DATE_TRUNC('quarter', time)    | 2015-07-01T00:00:00Z 2015-07-01T00:00:00Z 2015-07-01T00:00:00Z 2016-01-01T00:00:00Z",
                "TIMESTAMPADD(MONTH, 1, due)    | 2015-11-30T10:00:00Z null null 2016-02-29T00:00:00Z",
                "TIMESTAMPADD(HOUR, -2, time)   | 2015-09-11T22:47:11Z 2015-09-12T08:30:00Z 2015-09-12T22:00:00Z 2016-02-29T21:59:59.123456Z",
                "TIMESTAMPADD(DAY, amount, time) | 2015-09-19T00:47:11Z 2015-09-14T10:30:00Z null 2016-02-22T23:59:59.123456Z",
                "time + INTERVAL '1' DAY        | 2015-09-13T00:47:11Z 2015-09-13T10:30:00Z 2015-09-14T00:00:00Z 2016-03-01T23:59:59.123456Z",
                "time - INTERVAL '1' YEAR       | 2014-09-12T00:47:11Z 2014-09-12T10:30:00Z 2014-09-13T00:00:00Z 2015-02-28T23:59:59.123456Z",
                "TIMESTAMPDIFF(DAY, time, due)  | 49 null null -29",
                "TIMESTAMPDIFF(HOUR, TIMESTAMP '2015-09-12 00:00:00', time) | 0 10 24 4103",
                "TIMESTAMPDIFF(SECOND, time, TIMESTAMP '2015-09-12 00:47:12') | 1 -34968 -83568 -14771567",
                "CAST(time AS DATE) >= DATE '2015-09-13' | false false true true",
                "time < TIMESTAMP '2015-09-12 10:30:00' | true false false false"
            })
    void expressions(String expression, String values) {
        String rows = ask("SELECT " + expression + " AS x FROM sales ORDER BY event_id", "[]");

        assertThat(rows).isEqualTo(values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "COUNT(*), COUNT(amount), COUNT(DISTINCT \"user\") | 4,3,2",
                "SUM(amount), AVG(amount), MIN(amount), MAX(amount) | 2,0.6666666666666666,-7,7",
                "SUM(weight), AVG(weight), MIN(shop), MAX(shop) | -1.0,-0.3333333333333333,South,éa_%",
                "SUM(amount) / COUNT(*)         | 0.5",
                "COUNT(*) FILTER (WHERE gift)   | 2",
                "SUM(CASE WHEN gift THEN 1 ELSE 0 END) | 2",
                "APPROX_COUNT_DISTINCT(user)    | 2",
                "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY amount) | 2.0",
                "PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY amount) | -2.5",
                "PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY amount DESC) | 4.5",
                "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY amount) FILTER (WHERE amount > 0) | 4.5",
                "SUM(DISTINCT amount * amount)  | 53",
                "MIN(time), MAX(due)            | 2015-09-12T00:47:11Z,2016-01-31T00:00:00Z"
            })
    void aggregates(String aggregates, String row) {
        assertThat(ask("SELECT " + aggregates + " FROM sales", "[]")).isEqualTo(row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "SELECT gift, count(*) AS n FROM sales GROUP BY gift ORDER BY n DESC, gift | true,2 false,1 null,1",
                "SELECT FLOOR(time TO YEAR) AS year, count(*) FROM sales GROUP BY 1 ORDER BY 1 | 2015-01-01T00:00:00Z,3 2016-01-01T00:00:00Z,1",
                "SELECT gift, count(*) FROM sales GROUP BY gift HAVING count(*) > 1 | true,2",
                "SELECT amount > 0 AS pos, count(*) FROM sales GROUP BY amount > 0 ORDER BY pos DESC | true,2 false,1 null,1",
                "SELECT FLOOR(time TO DAY) AS day, SUM(amount) FROM sales GROUP BY FLOOR(time TO DAY) ORDER BY day | 2015-09-12T00:00:00Z,9 2015-09-13T00:00:00Z,null 2016-02-29T00:00:00Z,-7",
                "SELECT gift, COUNT(*), GROUPING(gift) FROM sales GROUP BY ROLLUP(gift) ORDER BY 3, 1 | false,1,0 true,2,0 null,1,0 null,4,1",
                "SELECT gift, user, COUNT(*) AS n FROM sales GROUP BY GROUPING SETS ((gift), (user)) ORDER BY n DESC, gift, user | true,null,2 null,ann,2 false,null,1 null,bob,1 null,null,1 null,null,1",
                "SELECT gift, user, COUNT(*) FROM sales WHERE gift GROUP BY CUBE(gift, user) ORDER BY GROUPING(gift), GROUPING(user), user | true,ann,1 true,null,1 true,null,2 null,ann,1 null,null,1 null,null,2",
                "SELECT shop FROM sales ORDER BY shop | South north éa_% null",
                "SELECT shop FROM sales ORDER BY shop DESC | éa_% north South null",
                "SELECT shop FROM sales ORDER BY shop NULLS FIRST LIMIT 2 | null South",
                "SELECT event_id FROM sales ORDER BY time DESC LIMIT 2 OFFSET 1 | e3 e2",
                "SELECT event_id FROM sales ORDER BY time OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY | e2",
                "SELECT DISTINCT user FROM sales ORDER BY 1 | ann bob null",
                "SELECT user FROM sales UNION SELECT name FROM shops ORDER BY 1 | ann bob east north null",
                "SELECT shop FROM sales INTERSECT SELECT name FROM shops | north",
                "SELECT name FROM shops EXCEPT SELECT shop FROM sales | east",
                "SELECT 'a' AS k FROM shops UNION ALL SELECT 'long' FROM shops ORDER BY 1 | a a long long",
                "SELECT s.event_id, p.value FROM sales s JOIN shops p ON s.shop = p.name | e1,10",
                "SELECT s.event_id, p.value FROM sales s LEFT JOIN shops p ON s.shop = p.name ORDER BY 1 | e1,10 e2,null e3,null e4,null",
                "SELECT p.name, s.amount FROM sales s RIGHT JOIN shops p ON s.shop = p.name ORDER BY 1 | east,null north,7",
                "SELECT count(*) FROM sales s FULL JOIN shops p ON s.shop = p.name | 5",
                "SELECT count(*) FROM sales, shops | 8",
                "SELECT count(*) FROM sales AS a JOIN sales AS b ON a.user = b.user | 5",
                "WITH big AS (SELECT * FROM sales WHERE amount > 0) SELECT sum(b.amount) FROM big b | 9",
                "SELECT event_id FROM sales WHERE shop IN (SELECT name FROM shops) | e1",
                "SELECT event_id FROM sales s WHERE EXISTS (SELECT 1 FROM shops p WHERE p.name = s.shop) | e1",
                "SELECT event_id FROM sales s WHERE NOT EXISTS (SELECT 1 FROM shops p WHERE p.name = s.shop) ORDER BY 1 | e2 e3 e4",
                "SELECT event_id FROM sales WHERE amount = (SELECT max(amount) FROM sales) | e1",
                "SELECT event_id, (SELECT max(value) FROM shops p WHERE p.name = s.shop) AS v FROM sales s ORDER BY 1 | e1,10 e2,null e3,null e4,null",
                "SELECT event_id, ROW_NUMBER() OVER (PARTITION BY user ORDER BY time) FROM sales ORDER BY 1 | e1,1 e2,1 e3,2 e4,1",
                "SELECT event_id, RANK() OVER (ORDER BY gift), DENSE_RANK() OVER (ORDER BY gift) FROM sales ORDER BY 1 | e1,2,2 e2,1,1 e3,4,3 e4,2,2",
                "SELECT event_id, LAG(amount) OVER (ORDER BY time), LEAD(amount, 2, 0) OVER (ORDER BY time) FROM sales ORDER BY 1 | e1,null,null e2,7,-7 e3,2,0 e4,null,0",
                "SELECT event_id, SUM(amount) OVER (ORDER BY time) FROM sales ORDER BY 1 | e1,7 e2,9 e3,9 e4,2",
                "SELECT event_id, AVG(amount) OVER (PARTITION BY gift) FROM sales ORDER BY 1 | e1,0.0 e2,2.0 e3,null e4,0.0",
                "SELECT event_id, SUM(amount) OVER (ORDER BY time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM sales ORDER BY 1 | e1,7 e2,9 e3,2 e4,-7",
                "SELECT event_id, FIRST_VALUE(shop) OVER (ORDER BY amount DESC) FROM sales ORDER BY 1 | e1,north e2,north e3,north e4,north",
                "SELECT event_id, COUNT(*) OVER () FROM sales ORDER BY 1 LIMIT 1 | e1,4",
                "SELECT a, b FROM (SELECT event_id AS a, amount AS b FROM sales) ORDER BY 1 LIMIT 1 | e1,7",
                "SELECT value, value FROM shops ORDER BY 1 | 10,10 20,20",
                "SELECT shop FROM sales GROUP BY shop ORDER BY SUM(amount * 5e307) DESC, shop | South north éa_% null",
                "SELECT COUNT(*) FROM (SELECT weight * 1e308 * 10 AS x FROM sales) WHERE x IS NULL | 3",
                "SELECT SUM(a.big) IS NULL, SUM(a.big) FROM (SELECT amount * 2e307 AS big FROM sales, shops WHERE amount > 0) a | true,null",
                "SELECT event_id, SUM(weight * 5e307) OVER (ORDER BY time) FROM sales ORDER BY 1 | e1,7.5E307 e2,-5.0E307 e3,-5.0E307 e4,-5.0E307",
                "SELECT EVENT_ID, Time FROM SALES WHERE USER = 'bob' | e2,2015-09-12T10:30:00Z",
                "SELECT hour, count(*) FROM (SELECT FLOOR(time TO HOUR) AS hour FROM sales) GROUP BY hour ORDER BY 2, 1 LIMIT 1 | 2015-09-12T00:00:00Z,1"
            })
    void statements(String sql, String rows) {
        assertThat(ask(sql, "[]")).isEqualTo(rows);
    }

    @Test
    void parametersAreReadAsTheirPlacesWant() {
        assertThat(ask(
                        "SELECT event_id FROM sales WHERE time >= ? AND amount < ? ORDER BY 1",
                        "['2015-09-12T12:30:00+02:00', 7]"))
                .isEqualTo("e2 e4");
        assertThat(ask(
                        "SELECT CAST(? AS VARCHAR), count(*) FROM sales WHERE shop IN (?, ?) LIMIT ?",
                        "['x', 'north', 'South', 5]"))
                .isEqualTo("x,2");
    }
}
