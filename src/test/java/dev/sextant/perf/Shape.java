package dev.sextant.perf;

import java.util.List;

/**
 * One of the questions that dashboards ask, over {@link ShopEvents}.
 *
 * @param body in which {@code %N%} stands for a number that changes nothing but the text
 * @param sql of the question itself where it is asked in SQL; else empty: what the compiler makes of the body
 */
record Shape(String name, String path, String body, String sql) {

    static final String QUERY_PATH = "/api/v2/analytics/realtime/query";
    static final String SQL_PATH = "/api/v2/analytics/sql";

    private static final String RAW = "SELECT \"channel\", COUNT(*) AS \"events\", SUM(\"amount\") AS \"revenue\" FROM"
            + " \"events\" WHERE \"latency_ms\" <> -%N% AND \"country\" = 'DE' GROUP BY \"channel\" ORDER BY 3 DESC";

    static List<Shape> all() {
        return List.of(
                query("totals", "\"measures\":[{\"agg\":\"count\"},{\"measure\":\"revenue\"}]", "", last(7)),
                query(
                        "hourly series",
                        "\"measures\":[{\"agg\":\"count\"},{\"measure\":\"revenue\"}],\"dimensions\":[{\"time\":\"time\",\"grain\":\"1h\"}]",
                        "",
                        last(7)),
                query(
                        "top-N",
                        "\"measures\":[{\"measure\":\"revenue\"}],\"dimensions\":[\"country\"],"
                                + "\"order\":[{\"by\":\"revenue\",\"dir\":\"desc\"}],\"limit\":10",
                        "",
                        last(30)),
                query(
                        "pivot with filters",
                        "\"measures\":[{\"agg\":\"count\"},{\"measure\":\"revenue\"},{\"agg\":\"avg\",\"field\":\"latency_ms\"}],"
                                + "\"dimensions\":[\"country\",\"browser\"]",
                        "{\"segment\":\"buyers\"},{\"field\":\"channel\",\"op\":\"in\",\"value\":[\"ads\",\"email\"]},",
                        last(30)),
                query(
                        "distinct, exact",
                        "\"measures\":[{\"agg\":\"count_distinct\",\"field\":\"user_id\"}],\"dimensions\":[\"channel\"]",
                        "",
                        last(30)),
                query(
                        "distinct, approximate",
                        "\"measures\":[{\"agg\":\"count_distinct\",\"field\":\"user_id\",\"exact\":false}],\"dimensions\":[\"channel\"]",
                        "",
                        last(30)),
                query(
                        "p95",
                        "\"measures\":[{\"agg\":\"quantile\",\"field\":\"latency_ms\",\"q\":0.95}],\"dimensions\":[\"country\"]",
                        "",
                        last(30)),
                query(
                        "drill-down to rows",
                        "\"fields\":[\"time\",\"user_id\",\"event\",\"sku\",\"amount\"],\"limit\":100",
                        "{\"field\":\"country\",\"op\":\"eq\",\"value\":\"DE\"},{\"field\":\"channel\",\"op\":\"eq\",\"value\":\"ads\"},",
                        last(1)),
                query(
                        "90 days daily by channel",
                        "\"measures\":[{\"agg\":\"count\"},{\"measure\":\"revenue\"}],"
                                + "\"dimensions\":[{\"time\":\"time\",\"grain\":\"1d\",\"tz\":\"Europe/Berlin\"},\"channel\"]",
                        "",
                        last(90)),
                query(
                        "high-cardinality top-20",
                        "\"measures\":[{\"agg\":\"count\"}],\"dimensions\":[\"sku\"],"
                                + "\"order\":[{\"by\":\"count\",\"dir\":\"desc\"}],\"limit\":20",
                        "",
                        last(90)),
                query(
                        "period compare",
                        "\"measures\":[{\"measure\":\"revenue\"}],\"dimensions\":[\"channel\"],\"compare\":{\"offset\":\"7d\"}",
                        "",
                        last(7)),
                query(
                        "ROLLUP",
                        "\"measures\":[{\"agg\":\"count\"},{\"measure\":\"revenue\"}],\"dimensions\":[\"country\",\"region\"],"
                                + "\"grouping\":{\"type\":\"rollup\"}",
                        "",
                        last(30)),
                new Shape(
                        "raw SQL",
                        SQL_PATH,
                        "{\"sql\":\"" + RAW.replace("-%N%", "?").replace("\"", "\\\"") + "\",\"parameters\":[%N%]}",
                        RAW));
    }

    static Shape named(String name) {
        return all().stream()
                .filter(shape -> shape.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Shape query(String name, String what, String filters, String range) {
        String body = "{\"dataset\":\"events\"," + what + ",\"filter\":{\"and\":[" + filters
                + "{\"field\":\"latency_ms\",\"op\":\"ne\",\"value\":-%N%}]}," + range + "}";
        return new Shape(name, QUERY_PATH, body, "");
    }

    private static String last(int days) {
        return "\"time_range\":{\"from\":%s,\"to\":%s}"
                .formatted(ShopEvents.at(ShopEvents.TO.minusSeconds(days * 86_400L)), ShopEvents.at(ShopEvents.TO));
    }

    String with(long number) {
        return body.replace(Edits.NUMBER, Long.toString(number));
    }
}
