package dev.sextant.contract;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

/** Bodies that do not parse, are too much, or break the contract. */
final class WrongBodies {

    private static final String QUERY = Sales.QUERY;
    private static final String DATASETS = Sales.DATASETS;
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    private WrongBodies() {}

    static Stream<Wrong> all() {
        return Stream.of(syntax(), encoding(), size(), shape(), unstorable()).flatMap(group -> group);
    }

    private static Stream<Wrong> syntax() {
        return Stream.of(
                Wrong.unreadable("nothing", QUERY, ""),
                Wrong.unreadable("only space", QUERY, " \n"),
                Wrong.unreadable("cut off", QUERY, "{\"measures\": [{\"agg\""),
                Wrong.unreadable("two values", QUERY, "{} {}"),
                Wrong.unreadable("apostrophes", QUERY, "{'measures': []}"),
                Wrong.unreadable("trailing comma", QUERY, "{\"measures\": [],}"),
                Wrong.unreadable("comment", QUERY, "{} // all"),
                Wrong.unreadable("NaN", QUERY, "{\"limit\": NaN}"),
                Wrong.unreadable("Infinity", QUERY, "{\"limit\": -Infinity}"),
                Wrong.unreadable("hexadecimal", QUERY, "{\"limit\": 0x10}"),
                Wrong.unreadable("leading zero", QUERY, "{\"limit\": 010}"),
                Wrong.unreadable("a field twice", QUERY, "{\"limit\": 1, \"limit\": 2}"),
                Wrong.unreadable("a control character", QUERY, "{\"dataset\": \"a\tb\"}"),
                Wrong.unreadable("a bad escape", QUERY, "{\"dataset\": \"\\x41\"}"),
                Wrong.unreadable("half an escape", QUERY, "{\"dataset\": \"\\u00\"}"),
                Wrong.unreadable("XML", QUERY, "<query/>"),
                Wrong.unreadable("a model that is cut off", DATASETS, "{\"name\": \"a\", \"model\": {"),
                Wrong.unreadable("events that are cut off", Sales.EVENTS_PATH, "[{\"a\": 1}, {"),
                Wrong.unreadable("an event with a field twice", Sales.EVENTS_PATH, "{\"a\": 1, \"a\": 2}"),
                Wrong.unreadable("events side by side", Sales.EVENTS_PATH, "{} {}"),
                Wrong.unreadable("a ticket to more", Sales.EVENTS_PATH, "[{}] []"));
    }

    private static Stream<Wrong> encoding() {
        return Stream.of(
                Wrong.unreadable("a byte that is no UTF-8", QUERY, inText("ff")),
                Wrong.unreadable("a lone byte of two", QUERY, inText("c3")),
                Wrong.unreadable("an overlong apostrophe", QUERY, inText("c0a7")),
                Wrong.unreadable("half a pair in UTF-8", QUERY, inText("eda080")),
                Wrong.unreadable("beyond the last character", QUERY, inText("f4908080")),
                Wrong.unreadable("a byte of zero", QUERY, inText("00")),
                Wrong.unreadable("UTF-16", QUERY, "{\"limit\": 1}".getBytes(StandardCharsets.UTF_16LE)),
                Wrong.unreadable("UTF-32", QUERY, "{\"limit\": 1}".getBytes(Charset.forName("UTF-32BE"))),
                Wrong.unreadable("an event that is no UTF-8", Sales.EVENTS_PATH, inText("fe")),
                Wrong.unreadable("an overlong event", Sales.EVENTS_PATH, inText("c080")));
    }

    private static byte[] inText(String hex) {
        return Buffer.buffer("{\"dataset\": \"")
                .appendBytes(HexFormat.of().parseHex(hex))
                .appendString("\"}")
                .getBytes();
    }

    private static Stream<Wrong> size() {
        Buffer tooLarge = Buffer.buffer("{\"dataset\": \"" + "x".repeat(1 << 20) + "\"}");
        Buffer bomb = IngestStreamsContractTest.gzip(" ".repeat(64 << 20));
        Map<String, String> zipped = Map.of("content-type", "application/json", "content-encoding", "gzip");
        return Stream.of(
                Wrong.unreadable("65 deep", QUERY, "{\"filter\":" + "[".repeat(64) + "]".repeat(64) + "}"),
                Wrong.unreadable("100,000 deep", QUERY, "[".repeat(100_000)),
                Wrong.unreadable("deep in an event", Sales.EVENTS_PATH, "{\"a\":".repeat(70) + "1" + "}".repeat(70)),
                Wrong.unreadable("a number of 2,000 digits", QUERY, "{\"limit\": " + "9".repeat(2000) + "}"),
                Wrong.unreadable("a name of 60,000 characters", QUERY, "{\"" + "x".repeat(60_000) + "\": 1}"),
                Wrong.sent("more than a megabyte", QUERY, JSON, tooLarge, 413, "too_large"),
                Wrong.sent("a bomb", QUERY, zipped, bomb, 413, "too_large"),
                Wrong.sent("no gzip", QUERY, zipped, Buffer.buffer("{}"), 400, "malformed"),
                Wrong.sent("half a gzip", QUERY, zipped, bomb.getBuffer(0, 5), 400, "malformed"),
                Wrong.sent(
                        "gzip with a wrong checksum",
                        QUERY,
                        zipped,
                        flipped(IngestStreamsContractTest.gzip("{\"limit\": 1}")),
                        400,
                        "malformed"));
    }

    private static Buffer flipped(Buffer gzip) {
        return gzip.setByte(gzip.length() - 5, (byte) ~gzip.getByte(gzip.length() - 5));
    }

    private static Stream<Wrong> shape() {
        return Stream.of(
                Wrong.query("a text", "'all'", "invalid_request", ""),
                Wrong.query("a list", "[]", "invalid_request", ""),
                Wrong.query("null", "null", "invalid_request", ""),
                Wrong.query("an unknown field", "{'tiem_range':{}}", "invalid_request", "/tiem_range"),
                Wrong.query("a field with a slash", "{'a/b~c':1}", "invalid_request", "/a~1b~0c"),
                Wrong.query("measures of another type", "{'measures':'count'}", "invalid_request", "/measures"),
                Wrong.query("a measure of another type", "{'measures':['count']}", "invalid_request", "/measures/0"),
                Wrong.query("51 measures", "{'measures':[{}" + ",{}".repeat(50) + "]}", "invalid_request", "/measures"),
                Wrong.query("a negative limit", "{'limit':-1}", "invalid_request", "/limit"),
                Wrong.query("a limit of nothing", "{'limit':0}", "invalid_request", "/limit"),
                Wrong.query("too high a limit", "{'limit':2147483647}", "invalid_request", "/limit"),
                Wrong.query("half a row", "{'limit':1.5}", "invalid_request", "/limit"),
                Wrong.query("a limit as text", "{'limit':'10'}", "invalid_request", "/limit"),
                Wrong.query("a limit beyond 64 bits", "{'limit':9223372036854775808}", "invalid_request", "/limit"),
                Wrong.query("a limit beyond all", "{'limit':1e999}", "invalid_request", "/limit"),
                Wrong.query("a limit far below all", "{'limit':-1e999}", "invalid_request", "/limit"),
                Wrong.query("a limit of null", "{'limit':null}", "invalid_request", "/limit"),
                Wrong.query("truth as text", "{'totals':'yes'}", "invalid_request", "/totals"),
                Wrong.query("no direction", "{'order':[{'by':'a','dir':'up'}]}", "invalid_request", "/order/0/dir"),
                Wrong.query("an order by nothing", "{'order':[{}]}", "invalid_request", "/order/0/by"),
                Wrong.query(
                        "an unknown operator",
                        "{'filter':{'field':'a','op':'like','value':'b'}}",
                        "invalid_request",
                        "/filter/op"),
                Wrong.query(
                        "no time",
                        "{'time_range':{'from':'yesterday','to':'now'}}",
                        "invalid_request",
                        "/time_range/from"),
                Wrong.query("a cursor that is empty", "{'cursor':''}", "invalid_request", "/cursor"),
                Wrong.query(
                        "a cursor that is long",
                        "{'cursor':'" + "A".repeat(65_537) + "'}",
                        "invalid_request",
                        "/cursor"),
                Wrong.body(
                        "a dataset name in capitals",
                        DATASETS,
                        "{'name':'Sales','model':{}}",
                        "invalid_request",
                        "/name"),
                Wrong.body(
                        "a dataset name too long",
                        DATASETS,
                        "{'name':'" + "a".repeat(64) + "','model':{}}",
                        "invalid_request",
                        "/name"),
                Wrong.body(
                        "a dataset name with a path",
                        DATASETS,
                        "{'name':'../etc','model':{}}",
                        "invalid_request",
                        "/name"),
                Wrong.body(
                        "a dataset name with a line",
                        DATASETS,
                        "{'name':'a\\n','model':{}}",
                        "invalid_request",
                        "/name"),
                Wrong.body(
                        "a type we have not",
                        DATASETS,
                        "{'name':'a','model':{'dimensions':[{'name':'x','type':'varchar'}]}}",
                        "invalid_request",
                        "/model/dimensions/0/type"),
                Wrong.body(
                        "no currency",
                        DATASETS,
                        "{'name':'a','model':{'dimensions':[{'name':'x','type':'long','currency':'euro'}]}}",
                        "invalid_request",
                        "/model/dimensions/0/currency"),
                Wrong.body(
                        "a key for everything",
                        "/api/v2/api-keys",
                        "{'name':'k','scopes':['*']}",
                        "invalid_request",
                        "/scopes/0"),
                Wrong.body(
                        "a key that ends nowhere",
                        "/api/v2/api-keys",
                        "{'name':'k','scopes':['keys:read'],'expires_at':'never'}",
                        "invalid_request",
                        "/expires_at"));
    }

    private static Stream<Wrong> unstorable() {
        return Stream.of(
                Wrong.query("U+0000 in a name", "{'dimensions':['a\\u0000']}", "invalid_request", "/dimensions/0"),
                Wrong.query(
                        "U+0000 in a value",
                        "{'filter':{'field':'country','op':'eq','value':'\\u0000'}}",
                        "invalid_request",
                        "/filter/value"),
                Wrong.query(
                        "U+0000 in a list",
                        "{'filter':{'field':'country','op':'in','value':['a','\\u0000']}}",
                        "invalid_request",
                        "/filter/value/1"),
                Wrong.query(
                        "half a pair, high",
                        "{'filter':{'field':'country','op':'eq','value':'\\ud83d'}}",
                        "invalid_request",
                        "/filter/value"),
                Wrong.query(
                        "half a pair, low", "{'filter':{'segment':'\\ude00'}}", "invalid_request", "/filter/segment"),
                Wrong.query(
                        "a pair the wrong way round", "{'dataset':'\\ude00\\ud83d'}", "invalid_request", "/dataset"),
                Wrong.query("U+0000 in a field's name", "{'a\\u0000b':1}", "invalid_request", ""),
                Wrong.query("half a pair in a field's name", "{'filter':{'\\ud83d':1}}", "invalid_request", "/filter"),
                Wrong.body(
                        "U+0000 in a description",
                        DATASETS,
                        "{'name':'a','description':'\\u0000','model':{}}",
                        "invalid_request",
                        "/description"),
                Wrong.body(
                        "half a pair in a unit",
                        DATASETS,
                        "{'name':'a','model':{'dimensions':[{'name':'x','type':'long','unit':'\\udfff'}]}}",
                        "invalid_request",
                        "/model/dimensions/0/unit"),
                Wrong.body(
                        "U+0000 in a segment",
                        DATASETS,
                        "{'name':'a','model':{'entity':'u','segments':[{'name':'s','filter':{'field':'u','op':'eq','value':'\\u0000'}}]}}",
                        "invalid_request",
                        "/model/segments/0/filter/value"),
                Wrong.body(
                        "half a pair in a sample",
                        DATASETS + "/infer",
                        "{'events':[{'a':'\\ud800'}]}",
                        "invalid_request",
                        "/events/0/a"),
                Wrong.body(
                        "half a pair in a sample's field",
                        DATASETS + "/infer",
                        "{'events':[{'\\ud800':1}]}",
                        "invalid_request",
                        "/events/0"),
                Wrong.body(
                        "U+0000 in a key's name",
                        "/api/v2/api-keys",
                        "{'name':'k\\u0000','scopes':['keys:read']}",
                        "invalid_request",
                        "/name"),
                Wrong.body(
                        "half a pair in a key's name",
                        "/api/v2/api-keys",
                        "{'name':'\\ud800','scopes':['keys:read']}",
                        "invalid_request",
                        "/name"));
    }
}
