package dev.sextant.query.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.model.Dimension.TimeBucket;
import dev.sextant.query.model.Measure.Aggregate;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The queries that lead on from one, each as a body that is ready to be asked: a level further down a hierarchy or a finer
 * grain of time, without one of the dimensions, and the events behind. They look at the very range that the answer is of.
 * What could not be asked is not offered. Pure.
 */
public final class Navigation {

    private static final String HREF = "/api/v2/analytics/realtime/query";

    private final Query query;
    private final DatasetModel model;
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    private Navigation(Query query, DatasetModel model) {
        this.query = query.withoutCursor();
        this.model = model;
    }

    /**
     * The links as they are told.
     *
     * @param query with its range resolved
     */
    public static ObjectNode of(Query query, DatasetModel model) {
        return new Navigation(query, model).written();
    }

    private ObjectNode written() {
        ArrayNode down = node.putArray("drill_down");
        model.hierarchies().forEach(hierarchy -> drillDown(hierarchy.levels(), down));
        for (int i = 0; i < query.dimensions().size(); i++) {
            if (query.dimensions().get(i) instanceof TimeBucket bucket) {
                drillDown(bucket, i, down);
            }
        }
        ArrayNode up = node.putArray("roll_up");
        for (Dimension dimension : query.dimensions()) {
            ObjectNode body = readable(Dropping.of(query, dimension));
            if (body != null) {
                up.addObject().put("drop", dimension.as()).set("body", body);
            }
        }
        ObjectNode behind = readable(rowsBehind());
        if (behind != null) {
            node.putObject("rows_behind").put("href", HREF).set("body", behind);
        }
        return node;
    }

    /** Each level that lies below one that is used, and is not used itself, goes beside the one above it. */
    private void drillDown(List<String> levels, ArrayNode down) {
        List<String> fields = query.dimensions().stream()
                .map(dimension -> dimension instanceof Dimension.Plain plain ? plain.field() : "")
                .toList();
        int above = -1;
        for (String level : levels) {
            int place = fields.indexOf(level);
            above = place >= 0 ? place : above;
            if (above >= 0 && place < 0) {
                List<Dimension> dimensions = new ArrayList<>(query.dimensions());
                dimensions.add(above + 1, new Dimension.Plain(level, level));
                offer(dimensions, down, level, null);
            }
        }
    }

    private void drillDown(TimeBucket bucket, int place, ArrayNode down) {
        Grain finer = bucket.grain().finer();
        if (finer != null) {
            List<Dimension> dimensions = new ArrayList<>(query.dimensions());
            dimensions.set(place, new TimeBucket(bucket.field(), finer, bucket.zone(), DayOfWeek.MONDAY, bucket.as()));
            offer(dimensions, down, bucket.as(), finer);
        }
    }

    private void offer(List<Dimension> dimensions, ArrayNode down, String by, @Nullable Grain grain) {
        ObjectNode body = readable(query.toBuilder().dimensions(dimensions).build());
        if (body == null) {
            return;
        }
        ObjectNode link = down.addObject().put("by", by);
        if (grain != null) {
            link.put("grain", grain.format());
        }
        link.set("body", body);
    }

    private Query rowsBehind() {
        Set<String> fields = new LinkedHashSet<>();
        fields.add(model.roles().time());
        query.dimensions().forEach(dimension -> fields.addAll(fields(dimension)));
        query.measures().stream()
                .flatMap(measure -> model.aggregates(measure).stream())
                .forEach(aggregate -> fields.addAll(fields(aggregate)));
        return Query.of(query.dataset())
                .fields(fields.stream()
                        .map(name -> new Dimension.Plain(name, name))
                        .collect(Collectors.toList()))
                .filter(query.filter())
                .timeRange(query.timeRange())
                .asOf(query.asOf())
                .build();
    }

    private static Set<String> fields(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Plain plain -> Set.of(plain.field());
            case TimeBucket bucket -> Set.of(bucket.field());
            case Dimension.Computed computed -> computed.expression().subjects();
            case Dimension.Binned binned -> binned.value().subjects();
        };
    }

    private static Set<String> fields(Aggregate aggregate) {
        if (aggregate.expression() != null) {
            return aggregate.expression().subjects();
        }
        return aggregate.field() == null ? Set.of() : Set.of(aggregate.field());
    }

    /** The body of a query; null where it is one that is refused. */
    private @Nullable ObjectNode readable(Query candidate) {
        ObjectNode body = candidate.toJson();
        try {
            QueryReader.read(body, candidate.dataset(), model);
            return body;
        } catch (ProblemException _) {
            return null;
        }
    }
}
