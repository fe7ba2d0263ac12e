package dev.sextant.query.model;

import dev.sextant.query.expression.JsonPath;
import java.util.HashSet;
import java.util.Set;

/** Gathers the fields that something looks at; of a path into JSON, the field that it begins with. Pure. */
final class FieldNames {

    private final DatasetModel model;
    private final Set<String> names = new HashSet<>();

    /** @param model whose segments and measures are meant by name */
    FieldNames(DatasetModel model) {
        this.model = model;
    }

    /** All that a query looks at, but for its time. */
    static Set<String> of(Query query, DatasetModel model) {
        FieldNames used = new FieldNames(model);
        query.measures().forEach(used::add);
        query.dimensions().forEach(used::add);
        query.fields().forEach(used::add);
        if (query.filter() != null) {
            used.add(query.filter());
        }
        return used.names;
    }

    static Set<String> of(Filter filter, DatasetModel model) {
        FieldNames used = new FieldNames(model);
        used.add(filter);
        return used.names;
    }

    static Set<String> of(Measure measure, DatasetModel model) {
        FieldNames used = new FieldNames(model);
        used.add(measure);
        return used.names;
    }

    private void add(String field) {
        JsonPath path = JsonPath.mayBe(field) ? JsonPath.parse(field) : null;
        names.add(path == null ? field : path.root());
    }

    private void add(Dimension dimension) {
        switch (dimension) {
            case Dimension.Plain plain -> add(plain.field());
            case Dimension.TimeBucket bucket -> add(bucket.field());
            case Dimension.Computed computed -> computed.expression().subjects().forEach(this::add);
            case Dimension.Binned binned -> binned.value().subjects().forEach(this::add);
        }
    }

    private void add(Measure measure) {
        for (Measure.Aggregate aggregate : model.aggregates(measure)) {
            if (aggregate.field() != null) {
                add(aggregate.field());
            }
            if (aggregate.expression() != null) {
                aggregate.expression().subjects().forEach(this::add);
            }
            if (aggregate.filter() != null) {
                add(aggregate.filter());
            }
        }
    }

    private void add(Filter filter) {
        switch (filter) {
            case Filter.Comparison comparison -> add(comparison.field());
            case Filter.And and -> and.all().forEach(this::add);
            case Filter.Or or -> or.any().forEach(this::add);
            case Filter.Not not -> add(not.filter());
            case Filter.InSegment in -> model.segment(in.segment()).ifPresent(segment -> add(segment.filter()));
            case Filter.Met met -> met.condition().subjects().forEach(this::add);
        }
    }
}
