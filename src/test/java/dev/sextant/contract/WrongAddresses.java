package dev.sextant.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.stream.Stream;

/** Paths, parameters, methods and headers that will not do. */
final class WrongAddresses {

    private static final String DATASETS = Sales.DATASETS;
    private static final String METRICS = "/api/v2/analytics/realtime/metrics";

    private WrongAddresses() {}

    static Stream<Wrong> all() {
        return Stream.of(paths(), parameters(), methods(), headers(), forms()).flatMap(group -> group);
    }

    private static Stream<Wrong> paths() {
        return Stream.of(
                Wrong.get("nowhere", "/api/v2/nothing", 404, "not_found", Wrong.NOWHERE),
                Wrong.get("metrics on this listener", "/metrics", 404, "not_found", Wrong.NOWHERE),
                Wrong.get("a path out of the docs", "/docs/..%2f..%2fopenapi.yaml", 404, "not_found", Wrong.NOWHERE),
                Wrong.get(
                        "a path out of the docs, twice encoded",
                        "/docs/%252e%252e%252fpom.xml",
                        404,
                        "not_found",
                        Wrong.NOWHERE),
                Wrong.get("a class for an asset", "/docs/..%5c..%5cSextant.class", 404, "not_found", Wrong.NOWHERE),
                Wrong.get("a long asset", "/docs/" + "a".repeat(101), 422, "invalid_request", "asset"),
                Wrong.get("a name that is no UTF-8", DATASETS + "/%ff", 400, "malformed", Wrong.NOWHERE),
                Wrong.get("an overlong name", DATASETS + "/%c0%af", 400, "malformed", Wrong.NOWHERE),
                Wrong.get("a name with a bad escape", DATASETS + "/%zz", 400, "malformed", Wrong.NOWHERE),
                Wrong.get("a name with half an escape", DATASETS + "/a%2", 400, "malformed", Wrong.NOWHERE),
                Wrong.get("a name with two signs", DATASETS + "/a%%b", 400, "malformed", Wrong.NOWHERE),
                Wrong.get("a name with U+0000", DATASETS + "/a%00", 422, "invalid_request", "name"),
                Wrong.get("a name with a slash", DATASETS + "/a%2fb", 422, "invalid_request", "name"),
                Wrong.get("a name in capitals", DATASETS + "/Sales", 422, "invalid_request", "name"),
                Wrong.get("a name with SQL", DATASETS + "/a;drop%20table", 422, "invalid_request", "name"),
                Wrong.get("a name that is too long", DATASETS + "/" + "a".repeat(64), 422, "invalid_request", "name"),
                Wrong.get("an id that is none", "/api/v2/api-keys/1%20OR%201=1", 422, "invalid_request", "id"));
    }

    private static Stream<Wrong> parameters() {
        return Stream.of(
                Wrong.get("a negative limit", DATASETS + "?limit=-1", 422, "invalid_request", "limit"),
                Wrong.get("a limit of nothing", DATASETS + "?limit=0", 422, "invalid_request", "limit"),
                Wrong.get(
                        "a limit beyond 64 bits",
                        DATASETS + "?limit=9223372036854775808",
                        422,
                        "invalid_request",
                        "limit"),
                Wrong.get("a limit in other digits", DATASETS + "?limit=%D9%A5", 422, "invalid_request", "limit"),
                Wrong.get("a limit with a sign", DATASETS + "?limit=%2B5", 422, "invalid_request", "limit"),
                Wrong.get("a limit with an exponent", DATASETS + "?limit=1e1", 422, "invalid_request", "limit"),
                Wrong.get("no limit", DATASETS + "?limit=", 422, "invalid_request", "limit"),
                Wrong.get("two limits", DATASETS + "?limit=1&limit=2", 422, "invalid_request", "limit"),
                Wrong.get("a list for a limit", DATASETS + "?limit=1,2", 422, "invalid_request", "limit"),
                Wrong.get("an unknown parameter", DATASETS + "?q=1", 422, "invalid_request", "q"),
                Wrong.get("a parameter in capitals", DATASETS + "?LIMIT=1", 422, "invalid_request", "LIMIT"),
                Wrong.get("two in one", DATASETS + "?limit=1;cursor=a", 422, "invalid_request", "limit"),
                Wrong.get("an empty cursor", DATASETS + "?cursor=", 422, "invalid_request", "cursor"),
                Wrong.get(
                        "a cursor of ours that is none",
                        DATASETS + "?cursor=AAAAAAAA",
                        422,
                        "invalid_cursor",
                        "cursor"),
                Wrong.get("a cursor with U+0000", DATASETS + "?cursor=%00", 422, "invalid_request", "cursor"),
                Wrong.get("a value that is no UTF-8", DATASETS + "?cursor=%ff", 400, "malformed", Wrong.NOWHERE),
                Wrong.get("a name that is no UTF-8", DATASETS + "?%ff=1", 400, "malformed", Wrong.NOWHERE),
                Wrong.get("a bad escape", DATASETS + "?cursor=%zz", 400, "malformed", Wrong.NOWHERE),
                Wrong.get("no tenant's id", DATASETS + "?tenant_id=acme", 422, "invalid_request", "tenant_id"),
                Wrong.get("SQL for a tenant", DATASETS + "?tenant_id=ten_a'--", 422, "invalid_request", "tenant_id"),
                Wrong.get("another tenant", DATASETS + "?tenant_id=ten_other", 403, "tenant_mismatch", Wrong.NOWHERE),
                Wrong.get("a group by U+0000", METRICS + "?group_by=%00", 422, "invalid_request", "group_by"),
                Wrong.get("a group by SQL", METRICS + "?group_by=country%22--", 422, "unknown_field", "group_by"),
                Wrong.get(
                        "51 metrics",
                        METRICS + "?metrics=events" + ",events".repeat(50),
                        422,
                        "invalid_request",
                        "metrics"),
                Wrong.get("SQL for a metric", METRICS + "?metrics=count(*)", 422, "unknown_field", "metrics"),
                Wrong.get("too long a timeframe", METRICS + "?timeframe=25h", 422, "invalid_timeframe", "timeframe"),
                Wrong.get(
                        "truth that is neither",
                        Sales.EVENTS_PATH + "?all_or_nothing=1",
                        405,
                        "method_not_allowed",
                        Wrong.NOWHERE),
                new Wrong(
                        "neither all nor nothing",
                        HttpMethod.POST,
                        Sales.EVENTS_PATH + "?all_or_nothing=1",
                        Map.of("content-type", "application/json"),
                        Buffer.buffer("{}"),
                        422,
                        "invalid_request",
                        "all_or_nothing"));
    }

    private static Stream<Wrong> methods() {
        return Stream.of("PUT", "DELETE", "BREW", "OPTIONS", "TRACE", "propfind")
                .map(method -> Wrong.method(
                        method, HttpMethod.valueOf(method), DATASETS, 405, "method_not_allowed", Wrong.NOWHERE));
    }

    private static Stream<Wrong> headers() {
        Buffer query = Buffer.buffer("{}");
        String path = Sales.QUERY;
        return Stream.of(
                Wrong.sent("no type", path, Map.of(), query, 415, "unsupported_media_type"),
                Wrong.sent("text", path, Map.of("content-type", "text/plain"), query, 415, "unsupported_media_type"),
                Wrong.sent(
                        "a type that is none",
                        path,
                        Map.of("content-type", ";;;"),
                        query,
                        415,
                        "unsupported_media_type"),
                Wrong.sent(
                        "a form",
                        path,
                        Map.of("content-type", "multipart/form-data"),
                        query,
                        415,
                        "unsupported_media_type"),
                Wrong.sent("brotli", path, json("content-encoding", "br"), query, 415, "unsupported_media_type"),
                Wrong.sent(
                        "zipped twice",
                        path,
                        json("content-encoding", "gzip, gzip"),
                        query,
                        415,
                        "unsupported_media_type"),
                Wrong.sent(
                        "events as CSV",
                        Sales.EVENTS_PATH,
                        Map.of("content-type", "text/csv"),
                        query,
                        415,
                        "unsupported_media_type"),
                Wrong.sent("only XML wanted", path, json("accept", "application/xml"), query, 406, "not_acceptable"),
                Wrong.sent(
                        "nothing wanted", path, json("accept", "application/json;q=0"), query, 406, "not_acceptable"),
                Wrong.sent("no wish at all", path, json("accept", ";q=x,,/"), query, 406, "not_acceptable"),
                new Wrong(
                        "too long an If-Match",
                        HttpMethod.PATCH,
                        DATASETS + "/sales",
                        json("if-match", "\"" + "1".repeat(100) + "\""),
                        Buffer.buffer("{\"default\": true}"),
                        422,
                        "invalid_request",
                        "If-Match"));
    }

    private static Map<String, String> json(String header, String value) {
        return Map.of("content-type", "application/json", header, value);
    }

    private static Stream<Wrong> forms() {
        return Stream.of(
                form("no UTF-8", "grant_type=%ff", 400, "invalid_request", Wrong.NOWHERE),
                form("a bad escape", "grant_type=%g1", 400, "invalid_request", Wrong.NOWHERE),
                form("a field twice", "grant_type=a&grant_type=b", 400, "invalid_request", Wrong.NOWHERE),
                form("U+0000", "grant_type=client_credentials&client_id=%00", 400, "invalid_request", "/client_id"),
                form("no grant", "client_id=a", 400, "invalid_request", "/grant_type"),
                form("a grant we have not", "grant_type=password", 400, "unsupported_grant_type", Wrong.NOWHERE),
                form("too much", "grant_type=" + "a".repeat(17_000), 413, "too_large", Wrong.NOWHERE));
    }

    private static Wrong form(String name, String form, int status, String code, String place) {
        return new Wrong(
                "a form with " + name,
                HttpMethod.POST,
                "/oauth/token",
                Map.of("content-type", "application/x-www-form-urlencoded"),
                Buffer.buffer(form),
                status,
                code,
                place);
    }
}
