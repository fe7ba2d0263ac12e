package dev.sextant.engine.druid;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.engine.druid.Overlord.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A task of Druid's that writes a segment anew without the rows that were deleted, and the one after it, that takes what was
 * there before off the disk.
 *
 * @param segment when it begins, in milliseconds since 1970
 * @param rows that are to go
 * @param mark tells it from others of the same segment
 */
record RewriteTask(String datasource, long segment, long rows, int mark) {

    private static final String REWRITE = "sextant_rewrite_";
    private static final String KILL = "sextant_kill_";

    private static final Pattern NAME = Pattern.compile("(?:" + REWRITE + "|" + KILL
            + ")(?<datasource>.+)_(?<segment>-?[0-9]{1,18})_(?<rows>[0-9]{1,18})_(?<mark>[0-9]{1,9})(?:-[0-9]{1,9})?");

    static RewriteTask next(String datasource, long segment, long rows) {
        return new RewriteTask(
                datasource, segment, rows, ThreadLocalRandom.current().nextInt(1_000_000_000));
    }

    /** The task that has this id, or is followed by the one that has it; empty where it is none of these. */
    static Optional<RewriteTask> of(String datasource, String id) {
        Matcher name = NAME.matcher(id);
        return name.matches() && name.group("datasource").equals(datasource)
                ? Optional.of(new RewriteTask(
                        datasource,
                        Long.parseLong(name.group("segment")),
                        Long.parseLong(name.group("rows")),
                        Integer.parseInt(name.group("mark"))))
                : Optional.empty();
    }

    String id() {
        return REWRITE + name();
    }

    /** Whether it has ended well, and the one after it has, too, of all tasks by their ids. */
    boolean isCleared(Map<String, Outcome> tasks) {
        return killed(tasks).anyMatch(outcome -> outcome == Outcome.SUCCESS);
    }

    /** Whether the one after it is still to begin. */
    boolean isToBeCleared(Map<String, Outcome> tasks) {
        return killed(tasks).allMatch(outcome -> outcome == Outcome.FAILED);
    }

    private Stream<Outcome> killed(Map<String, Outcome> tasks) {
        return tasks.entrySet().stream()
                .filter(task -> task.getKey().startsWith(KILL + name() + "-"))
                .map(Map.Entry::getValue);
    }

    private String name() {
        return "%s_%d_%d_%d".formatted(datasource, segment, rows, mark);
    }

    private String interval(DruidConfig.Datasources.Span segments) {
        Instant begin = Instant.ofEpochMilli(segment);
        return begin + "/" + segments.after(begin);
    }

    /**
     * @param columns that rows may have
     * @param kept see {@link KeptRows}
     */
    ObjectNode json(DruidConfig.Datasources.Span segments, Set<String> columns, ObjectNode kept) {
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        task.put("type", "index_parallel").put("id", id());
        ObjectNode spec = task.putObject("spec");
        ObjectNode schema = RowSchema.json(datasource, segments, columns);
        ((ObjectNode) schema.get("granularitySpec")).putArray("intervals").add(interval(segments));
        schema.set("transformSpec", kept);
        spec.set("dataSchema", schema);
        ObjectNode reading = spec.putObject("ioConfig").put("type", "index_parallel");
        reading.put("appendToExisting", false).put("dropExisting", true);
        reading.putObject("inputSource")
                .put("type", "druid")
                .put("dataSource", datasource)
                .put("interval", interval(segments));
        ObjectNode tuning = spec.putObject("tuningConfig").put("type", "index_parallel");
        tuning.put("maxNumConcurrentSubTasks", 1).put("maxRowsInMemory", 150_000);
        tuning.putObject("partitionsSpec").put("type", "dynamic");
        return task;
    }

    /** The one after it; it has an id of its own each time. */
    ObjectNode killJson(DruidConfig.Datasources.Span segments, Map<String, Outcome> tasks) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "kill")
                .put("id", KILL + name() + "-" + killed(tasks).count())
                .put("dataSource", datasource)
                .put("interval", interval(segments));
    }
}
