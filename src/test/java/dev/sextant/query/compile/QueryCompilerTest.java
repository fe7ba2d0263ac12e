package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Plan;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryCompilerTest {

    private static final TenantId TENANT = new TenantId("ten_a");

    private final QueryCompiler compiler = new QueryCompiler(new Cursors(new Secret("k".repeat(32))), 100);

    private CompiledQuery compile(String body) {
        return compile(body, Bodies.EDITS);
    }

    private CompiledQuery compile(String body, DatasetModel model) {
        Query query = Bodies.query(body);
        TimeRange range = query.timeRange();
        return compiler.compile(TENANT, query, range == null ? null : range.at(Instant.EPOCH), model);
    }

    private Plan.Statement rows(String body) {
        return compile(body).plan().statements().getFirst();
    }

    private static String oneLine(String sql) {
        return sql.replace('\n', ' ');
    }

    @Test
    void countsEverything() {
        CompiledQuery compiled = compile("{'measures':[{'agg':'count'}]}");

        assertThat(compiled.plan().statements())
                .containsExactly(new Plan.Statement(
                        "SELECT COUNT(*) AS \"#0\" FROM \"edits\"", List.of(), List.of(FieldType.LONG)));
    }

    @Test
    void groupsFiltersShowsAndSorts() {
        CompiledQuery compiled = compile("""
                {'dimensions':['channel'],
                 'measures':[{'measure':'bot_share'},
                   {'agg':'count_distinct','field':'user','as':'users','filter':{'field':'page','op':'starts_with','value':'A'}}],
                 'filter':{'or':[{'field':'isRobot','op':'eq','value':false},{'not':{'field':'added','op':'gt','value':7}}]},
                 'time_range':{'from':'2015-09-12T00:00:00Z','to':'2015-09-13T00:00:00Z'},
                 'having':{'field':'users','op':'gte','value':3},
                 'order':[{'by':'users','dir':'desc'}],'limit':10}""");

        Plan.Statement rows = compiled.plan().statements().getFirst();
        assertThat(oneLine(rows.sql()))
                .isEqualTo("SELECT * FROM (SELECT \"@0\" AS \"#0\", "
                        + "(CASE WHEN ISFINITE(CAST(\"%0\" AS DOUBLE) / NULLIF(CAST(\"%1\" AS DOUBLE), 0)) "
                        + "THEN CAST(\"%0\" AS DOUBLE) / NULLIF(CAST(\"%1\" AS DOUBLE), 0) END) AS \"#1\", \"%2\" AS \"#2\" "
                        + "FROM (SELECT \"channel\" AS \"@0\", COUNT(*) FILTER (WHERE \"isRobot\" = ?) AS \"%0\", COUNT(*) AS \"%1\", "
                        + "COUNT(DISTINCT \"user\") FILTER (WHERE STARTS_WITH(\"page\", ?)) AS \"%2\" FROM \"edits\" "
                        + "WHERE \"__time\" >= ? AND \"__time\" < ? AND (\"isRobot\" = ? OR (\"added\" > ?) IS NOT TRUE) "
                        + "GROUP BY \"channel\") AS \"t2\") AS \"t3\" WHERE \"#2\" >= ? ORDER BY \"#2\" DESC, \"#0\" "
                        + "FETCH NEXT ? ROWS ONLY");
        assertThat(rows.parameters())
                .containsExactly(
                        true,
                        "A",
                        Instant.parse("2015-09-12T00:00:00Z"),
                        Instant.parse("2015-09-13T00:00:00Z"),
                        false,
                        7L,
                        3L,
                        11L);
        Plan.Statement totals = compiled.plan().statements().getLast();
        assertThat(totals.sql())
                .doesNotContain("GROUP BY")
                .doesNotContain("ORDER BY")
                .doesNotContain("FETCH");
        assertThat(totals.types()).containsExactly(FieldType.DOUBLE, FieldType.LONG);
        assertThat(compiled.plan().rowsMax()).isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "15m | UTC | TIME_BUCKET(TO_SECONDS(900), \"__time\", TIMESTAMP '1970-01-01 00:00:00')",
                "1d | UTC | DATE_TRUNC('day', \"__time\")",
                "2w | UTC | TIME_BUCKET(TO_DAYS(14), \"__time\", TIMESTAMP '1969-12-29 00:00:00')",
                "2q | UTC | TIME_BUCKET(TO_MONTHS(6), \"__time\", TIMESTAMP '1970-01-01 00:00:00')",
                "1h | Asia/Tokyo | \"__time\" - (TIMEZONE('Asia/Tokyo', TIMEZONE('UTC', \"__time\")) - DATE_TRUNC('hour', TIMEZONE('Asia/Tokyo', TIMEZONE('UTC', \"__time\"))))",
                "1mo | Asia/Tokyo | DATE_TRUNC('month', TIMEZONE('Asia/Tokyo', TIMEZONE('UTC', \"__time\")))",
            })
    void groupsByTime(String grain, String zone, String key) {
        Plan.Statement rows = rows("{'dimensions':[{'time':'time','grain':'%s','tz':'%s'}]}".formatted(grain, zone));

        assertThat(oneLine(rows.sql())).contains("GROUP BY " + key + " ORDER BY");
    }

    @Test
    void readsPropertiesAsTextOrAsNumbers() {
        String number =
                "REGEXP_EXTRACT(JSON_EXTRACT_STRING(\"properties\", '$.\"it''s\"'), '^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$', 0)";
        Plan.Statement rows = rows("""
                {'dimensions':['properties.größe'],'filter':{'and':[
                 {'field':'properties.it\\u0027s','op':'gt','value':5},{'field':'properties.plan','op':'eq','value':true}]}}""");

        assertThat(oneLine(rows.sql()))
                .isEqualTo(
                        "SELECT JSON_EXTRACT_STRING(\"properties\", '$.\"größe\"') AS \"#0\" FROM \"edits\" "
                                + "WHERE (CASE WHEN ISFINITE(TRY_CAST(" + number + " AS DOUBLE)) THEN TRY_CAST("
                                + number
                                + " AS DOUBLE) END) > ? "
                                + "AND JSON_EXTRACT_STRING(\"properties\", '$.\"plan\"') = ? "
                                + "GROUP BY JSON_EXTRACT_STRING(\"properties\", '$.\"größe\"') ORDER BY 1 FETCH NEXT ? ROWS ONLY");
        assertThat(rows.parameters()).containsExactly(5.0, "true", 1001L);
    }

    @Test
    void neverPutsAValueOrACallersNameIntoTheSql() {
        String evil = "x\\u0027; DROP TABLE edits; --";
        CompiledQuery compiled = compile("""
                {'dimensions':[{'field':'channel','as':'evil_name'}],'measures':[{'agg':'count','as':'evil_count'}],
                 'filter':{'and':[{'field':'page','op':'eq','value':'%1$s'},{'field':'page','op':'in','value':['%1$s']},
                   {'field':'page','op':'regex','value':'%1$s'}]},
                 'having':{'field':'evil_name','op':'ne','value':'%1$s'}}""".formatted(evil));

        assertThat(compiled.plan().statements())
                .allSatisfy(statement -> assertThat(statement.sql().toLowerCase(Locale.ROOT))
                        .doesNotContain("drop")
                        .doesNotContain("evil"));
    }

    @Test
    void queriesOfOneShapeShareTheirSql() {
        Plan.Statement one =
                rows("{'measures':[{'agg':'count'}],'filter':{'field':'page','op':'in','value':['a','b','c']}}");
        Plan.Statement other =
                rows("{'measures':[{'agg':'count'}],'filter':{'field':'page','op':'in','value':['d','e','f','g']}}");

        assertThat(one.sql()).isSameAs(other.sql());
        assertThat(one.parameters()).containsExactly("a", "b", "c", "c");
        assertThat(other.parameters()).containsExactly("d", "e", "f", "g");
    }

    @Test
    void aModelThatHasGrownIsCompiledAnew() {
        String body = "{'measures':[{'agg':'count'}],'filter':{'segment':'people'}}";
        DatasetModel other = ModelReader.read(
                Bodies.json(Bodies.EDITS.toJson().toString().replace("\"value\":false", "\"value\":true")), "");

        assertThat(compile(body).plan().statements().getFirst().parameters()).containsExactly(false);
        assertThat(compile(body, other).plan().statements().getFirst().parameters())
                .containsExactly(true);
    }

    @Test
    void sayWhatASketchMayDo() {
        Plan.Statement rows = rows("""
                {'measures':[{'agg':'count_distinct','field':'user','exact':false},
                  {'agg':'quantile','field':'added','q':0.9,'exact':false},{'agg':'quantile','field':'added','q':0.95}]}""");

        assertThat(rows.sql())
                .isEqualTo("SELECT \"%0\" AS \"#0\", (CASE WHEN ISFINITE(\"%1\") THEN \"%1\" END) AS \"#1\", "
                        + "(CASE WHEN ISFINITE(\"%2\") THEN \"%2\" END) AS \"#2\" "
                        + "FROM (SELECT APPROX_COUNT_DISTINCT(\"user\") AS \"%0\", "
                        + "APPROX_QUANTILE(CAST(\"added\" AS DOUBLE), CAST(0.9 AS FLOAT)) AS \"%1\", "
                        + "QUANTILE_CONT(\"added\", 0.95) AS \"%2\" FROM \"edits\") AS \"t1\"");
    }

    @Test
    void theNextPageBeginsAfterTheLastRow() {
        String body = """
                {'dimensions':['channel',{'field':'page','as':'p'}],'measures':[{'agg':'count'}],
                 'order':[{'by':'count','dir':'desc'},{'by':'channel','nulls':'first'}]%s}""";
        String cursor =
                compiler.cursorAfter(TENANT, compile(body.formatted("")), Arrays.asList(null, "Main_Page", 5L), 412);

        Plan.Statement next = rows(body.formatted(",'cursor':'" + cursor + "'"));

        assertThat(oneLine(next.sql()))
                .contains("WHERE \"#2\" < ? OR \"#2\" IS NULL "
                        + "OR \"#2\" = ? AND \"#0\" IS NOT NULL "
                        + "OR \"#2\" = ? AND \"#0\" IS NULL AND (\"#1\" > ? OR \"#1\" IS NULL) "
                        + "ORDER BY \"#2\" DESC, \"#0\" NULLS FIRST, \"#1\"");
        assertThat(oneLine(next.sql())).contains("\"__version\" <= ?");
        assertThat(next.parameters()).containsExactly(412L, 5L, 5L, 5L, "Main_Page", 1001L);
    }
}
