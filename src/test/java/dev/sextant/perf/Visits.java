package dev.sextant.perf;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Visits of a web site, each with a mark that no other has; and the questions that are asked of them. */
final class Visits {

    static final String DATASET = "visits";
    static final String EVENTS_PATH = "/api/v2/datasets/visits/events";

    static final String MODEL = """
            {"time":"time","dimensions":[{"name":"user","type":"string"},{"name":"page","type":"string"},\
            {"name":"mark","type":"string"}]}""";

    /** How many there are, and how many marks. */
    static final String TOTALS = """
            {"dataset":"visits","measures":[{"agg":"count"},{"agg":"count_distinct","field":"mark"}]}""";

    /** Of a dashboard, over hours that are long past. */
    static final List<String> PANELS = panels();

    /** The same in other words each time: it is never answered from a cache. */
    static final String QUESTION = """
            {"dataset":"visits","measures":[{"agg":"count"}],"filter":{"and":[\
            {"field":"page","op":"eq","value":"/7"},{"field":"user","op":"ne","value":"nobody %N%"}]},\
            "time_range":{"from":"2026-01-01T00:00:00Z","to":"2026-01-01T01:00:00Z"}}""";

    private static final int DAYS = 4;
    private static final int EVENTS_A_DAY = 2_000;

    /** Events of {@link #history}. */
    static final int HISTORY = DAYS * EVENTS_A_DAY;

    private static final int USERS = 1_000;
    private static final int PAGES = 200;

    private Visits() {}

    /** Events of the first hours of days that are long past, a line each. */
    static String history() {
        Random random = new Random(20_260_101);
        List<String> lines = new ArrayList<>();
        for (int day = 1; day <= DAYS; day++) {
            for (int i = 0; i < EVENTS_A_DAY; i++) {
                String time = "2026-01-0%dT00:%02d:00Z".formatted(day, i % 60);
                lines.add(event("h%d_%d".formatted(day, i), random, "\"time\":\"%s\",".formatted(time)));
            }
        }
        return String.join("\n", lines);
    }

    /**
     * A batch of events that happen when they arrive.
     *
     * @param name what their marks begin with; <code>%N%</code> in it stands for the number of the batch
     */
    static String batch(String name, int events) {
        Random random = new Random(events);
        List<String> batch = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            batch.add(event(name + "_" + i, random, ""));
        }
        return "[" + String.join(",", batch) + "]";
    }

    private static String event(String mark, Random random, String time) {
        return "{\"event_id\":\"%s\",%s\"mark\":\"%s\",\"user\":\"u%d\",\"page\":\"/%d\"}"
                .formatted(mark, time, mark, random.nextInt(USERS), random.nextInt(PAGES));
    }

    /** How often there is the first event of a batch that came within the last hour. */
    static String first(String name) {
        return """
                {"dataset":"visits","measures":[{"agg":"count"}],"filter":{"field":"mark","op":"eq","value":"%s_0"},"time_range":{"last":"1h"}}""".formatted(name);
    }

    private static List<String> panels() {
        List<String> panels = new ArrayList<>();
        for (int day = 1; day <= DAYS; day++) {
            for (String dimension : List.of("page", "user")) {
                panels.add("""
                        {"dataset":"visits","measures":[{"agg":"count"}],"dimensions":["%s"],\
                        "time_range":{"from":"2026-01-0%dT00:00:00Z","to":"2026-01-0%dT01:00:00Z"}}""".formatted(dimension, day, day));
            }
        }
        return List.copyOf(panels);
    }
}
