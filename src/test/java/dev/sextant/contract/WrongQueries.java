package dev.sextant.contract;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Queries and models that keep to the contract and cannot be meant, with SQL in all places. */
final class WrongQueries {

    private static final String COUNT = "'measures':[{'agg':'count'}]";

    private WrongQueries() {}

    static Stream<Wrong> all() {
        return Stream.of(sql(), filters(), times(), regexes(), cursors()).flatMap(group -> group);
    }

    private static Stream<Wrong> sql() {
        String drop = "x\\u0022; DROP TABLE sales; --";
        return Stream.of(
                Wrong.query(
                        "SQL for a dataset",
                        "{'dataset':'sales; DROP TABLE sales'," + COUNT + "}",
                        "invalid_request",
                        "/dataset"),
                Wrong.query("SQL for a dimension", "{'dimensions':['" + drop + "']}", "unknown_field", "/dimensions/0"),
                Wrong.query(
                        "SQL for an alias",
                        "{'dimensions':[{'field':'city','as':'" + drop + "'}]}",
                        "invalid_query",
                        "/dimensions/0/as"),
                Wrong.query(
                        "SQL for a measure's field",
                        "{'measures':[{'agg':'sum','field':'amount) FROM sales--'}]}",
                        "unknown_field",
                        "/measures/0/field"),
                Wrong.query(
                        "SQL for a measure's alias",
                        "{'measures':[{'agg':'count','as':'n\\u0022 FROM x'}]}",
                        "invalid_query",
                        "/measures/0/as"),
                Wrong.query(
                        "SQL for an aggregate",
                        "{'measures':[{'agg':'count(*); --'}]}",
                        "invalid_query",
                        "/measures/0/agg"),
                Wrong.query(
                        "SQL for a filter's field",
                        "{" + COUNT + ",'filter':{'field':'1=1 OR city','op':'eq','value':'a'}}",
                        "unknown_field",
                        "/filter/field"),
                Wrong.query(
                        "SQL for a segment",
                        "{" + COUNT + ",'filter':{'segment':'gifts UNION SELECT'}}",
                        "unknown_field",
                        "/filter/segment"),
                Wrong.query(
                        "SQL for an order",
                        "{" + COUNT + ",'order':[{'by':'(VALUES(1))'}]}",
                        "unknown_field",
                        "/order/0/by"),
                Wrong.query(
                        "SQL for having",
                        "{" + COUNT + ",'having':{'field':'count) OR (1','op':'gt','value':1}}",
                        "unknown_field",
                        "/having/field"),
                Wrong.query(
                        "SQL for a zone",
                        "{'dimensions':[{'time':'time','grain':'1d','tz':'UTC\\u0027); --'}]}",
                        "invalid_query",
                        "/dimensions/0/tz"),
                Wrong.query(
                        "SQL for a grain",
                        "{'dimensions':[{'time':'time','grain':'1d\\u0027 --'}]}",
                        "invalid_query",
                        "/dimensions/0/grain"),
                Wrong.query(
                        "SQL for a property",
                        "{'dimensions':['properties.a\\u0022.b']}",
                        "invalid_query",
                        "/dimensions/0"),
                Wrong.query(
                        "an engine's own function",
                        "{'dimensions':['read_csv(\\u0027/etc/passwd\\u0027)']}",
                        "unknown_field",
                        "/dimensions/0"),
                Wrong.query(
                        "an engine's own table",
                        "{'dataset':'duckdb_settings'," + COUNT + "}",
                        "not_found",
                        Wrong.NOWHERE),
                Wrong.body(
                        "SQL for a field of a model",
                        Sales.DATASETS,
                        "{'name':'a','model':{'dimensions':[{'name':'" + drop + "','type':'long'}]}}",
                        "invalid_model",
                        "/model/dimensions/0/name"),
                Wrong.body(
                        "SQL for a role of a model",
                        Sales.DATASETS,
                        "{'name':'a','model':{'entity':'" + drop + "'}}",
                        "invalid_model",
                        "/model/entity"),
                Wrong.body(
                        "SQL for a segment of a model",
                        Sales.DATASETS,
                        "{'name':'a','model':{'segments':[{'name':'s\\u0022','filter':{'field':'event_id','op':'exists'}}]}}",
                        "invalid_model",
                        "/model/segments/0/name"));
    }

    private static Stream<Wrong> filters() {
        String one = "{'field':'city','op':'eq','value':'a'}";
        String many =
                IntStream.range(0, 10_001).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(",", "[", "]"));
        String ands = IntStream.range(0, 500).mapToObj(i -> one).collect(Collectors.joining(",", "[", "]"));
        return Stream.of(
                filter(
                        "10,001 values",
                        "{'field':'city','op':'in','value':" + many + "}",
                        "invalid_query",
                        "/filter/value"),
                filter("501 conditions", "{'and':" + ands + "}", "invalid_query", "/filter/and/499"),
                filter(
                        "25 deep",
                        "{'not':".repeat(24) + one + "}".repeat(24),
                        "invalid_query",
                        "/filter" + "/not".repeat(24)),
                filter(
                        "a text for a number",
                        "{'field':'amount','op':'eq','value':'1'}",
                        "type_mismatch",
                        "/filter/value"),
                filter("a number for a text", "{'field':'city','op':'eq','value':1}", "type_mismatch", "/filter/value"),
                filter(
                        "an object for a text",
                        "{'field':'city','op':'eq','value':{'$ne':null}}",
                        "type_mismatch",
                        "/filter/value"),
                filter(
                        "a number beyond 64 bits",
                        "{'field':'amount','op':'gt','value':9223372036854775808}",
                        "type_mismatch",
                        "/filter/value"),
                filter(
                        "a number beyond all",
                        "{'field':'weight','op':'gt','value':1e999}",
                        "invalid_query",
                        "/filter/value"),
                filter(
                        "a part of a whole",
                        "{'field':'amount','op':'eq','value':1.5}",
                        "type_mismatch",
                        "/filter/value"),
                filter("a list for one", "{'field':'city','op':'eq','value':['a']}", "type_mismatch", "/filter/value"),
                filter("one for a list", "{'field':'city','op':'in','value':'a'}", "invalid_query", "/filter/value"),
                filter(
                        "null in a list",
                        "{'field':'city','op':'in','value':[null]}",
                        "type_mismatch",
                        "/filter/value/0"),
                filter(
                        "between one",
                        "{'field':'amount','op':'between','value':[1]}",
                        "invalid_query",
                        "/filter/value"),
                filter("no value", "{'field':'city','op':'eq'}", "invalid_query", "/filter/value"),
                filter("no operator", "{'field':'city','value':'a'}", "invalid_query", "/filter/op"),
                filter(
                        "two kinds at once",
                        "{'field':'city','op':'eq','value':'a','segment':'gifts'}",
                        "invalid_query",
                        "/filter"),
                filter(
                        "text of a number",
                        "{'field':'amount','op':'contains','value':'1'}",
                        "type_mismatch",
                        "/filter/op"),
                filter("JSON compared", "{'field':'extra','op':'eq','value':'a'}", "type_mismatch", "/filter/op"));
    }

    private static Wrong filter(String name, String filter, String code, String place) {
        return Wrong.query(name, "{" + COUNT + ",'filter':" + filter + "}", code, place);
    }

    private static Stream<Wrong> times() {
        return Stream.of(
                range(
                        "the wrong way round",
                        "{'from':'2026-02-01T00:00:00Z','to':'2026-01-01T00:00:00Z'}",
                        "invalid_query",
                        "/time_range"),
                range(
                        "of no length",
                        "{'from':'2026-02-01T00:00:00Z','to':'2026-02-01T00:00:00Z'}",
                        "invalid_query",
                        "/time_range"),
                range(
                        "both ways at once",
                        "{'last':'1d','from':'2026-02-01T00:00:00Z'}",
                        "invalid_query",
                        "/time_range"),
                range("with no end", "{'from':'2026-02-01T00:00:00Z'}", "invalid_query", "/time_range"),
                range("with nothing", "{}", "invalid_query", "/time_range"),
                range("the last nothing", "{'last':'0m'}", "invalid_query", "/time_range/last"),
                range("the last minus", "{'last':'-5m'}", "invalid_query", "/time_range/last"),
                range("the last of too much", "{'last':'999999999y'}", "invalid_query", "/time_range/last"),
                range(
                        "in the year 0",
                        "{'from':'0000-01-01T00:00:00Z','to':'2026-01-01T00:00:00Z'}",
                        "invalid_request",
                        "/time_range/from"),
                range(
                        "in nanoseconds",
                        "{'from':'2026-01-01T00:00:00.000000001Z','to':'2026-01-02T00:00:00Z'}",
                        "invalid_query",
                        "/time_range/from"),
                Wrong.query(
                        "a grain of nothing",
                        "{'dimensions':[{'time':'time','grain':'0d'}]}",
                        "invalid_query",
                        "/dimensions/0/grain"),
                Wrong.query(
                        "a grain of two parts",
                        "{'dimensions':[{'time':'time','grain':'P1DT1H'}]}",
                        "invalid_query",
                        "/dimensions/0/grain"),
                Wrong.query(
                        "a grain of too much",
                        "{'dimensions':[{'time':'time','grain':'9999999999d'}]}",
                        "invalid_query",
                        "/dimensions/0/grain"),
                Wrong.query("no grain", "{'dimensions':[{'time':'time'}]}", "invalid_query", "/dimensions/0/grain"),
                Wrong.query(
                        "a zone that is none",
                        "{'dimensions':[{'time':'time','grain':'1d','tz':'Europe/Atlantis'}]}",
                        "invalid_query",
                        "/dimensions/0/tz"),
                Wrong.query(
                        "a zone as an offset",
                        "{'dimensions':[{'time':'time','grain':'1d','tz':'+99:99'}]}",
                        "invalid_query",
                        "/dimensions/0/tz"),
                Wrong.query(
                        "a week from someday",
                        "{'dimensions':[{'time':'time','grain':'1w','week_start':'someday'}]}",
                        "invalid_query",
                        "/dimensions/0/week_start"),
                Wrong.query(
                        "a time that is a text",
                        "{'dimensions':[{'time':'city','grain':'1d'}]}",
                        "type_mismatch",
                        "/dimensions/0/time"));
    }

    private static Wrong range(String name, String range, String code, String place) {
        return Wrong.query("a range " + name, "{" + COUNT + ",'time_range':" + range + "}", code, place);
    }

    private static Stream<Wrong> regexes() {
        return Stream.of(
                        "(",
                        "a)",
                        "[z-a]",
                        "*a",
                        "a{2,1}",
                        "(?<=a)b",
                        "(a)\\\\1",
                        "((a{1000}){1000}){1000}",
                        "(((((((((x{9}){9}){9}){9}){9}){9}){9}){9}){9}){9}",
                        "a{99999999999999999999}{2000}",
                        "x".repeat(501))
                .map(regex -> filter(
                        "the pattern " + regex.substring(0, Math.min(30, regex.length())),
                        "{'field':'city','op':'regex','value':'%s'}".formatted(regex),
                        "invalid_query",
                        "/filter/value"));
    }

    private static Stream<Wrong> cursors() {
        return Stream.of("AAAA", "%%%", "e30", "' OR 1=1", "x".repeat(60_000))
                .map(cursor -> Wrong.query(
                        "the cursor " + cursor.substring(0, Math.min(30, cursor.length())),
                        "{%s,'cursor':'%s'}".formatted(COUNT, cursor.replace("'", "\\u0027")),
                        "invalid_cursor",
                        "/cursor"));
    }
}
