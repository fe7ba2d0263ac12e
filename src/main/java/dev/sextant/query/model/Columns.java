package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.query.expression.Expression.Subject;
import dev.sextant.query.model.ColumnInfo.Role;
import java.util.ArrayList;
import java.util.List;

/** Tells the columns that a query's answer has: its dimensions as asked, then its measures as asked. */
public final class Columns {

    private final DatasetModel model;
    private final Fields fields;

    private Columns(DatasetModel model, Fields fields) {
        this.model = model;
        this.fields = fields;
    }

    public static List<ColumnInfo> of(Query query, DatasetModel model) {
        return new Columns(model, Fields.of(model)).of(query.dimensions(), query.measures());
    }

    static List<ColumnInfo> of(DatasetModel model, Fields fields, List<Dimension> dimensions, List<Measure> measures) {
        return new Columns(model, fields).of(dimensions, measures);
    }

    private List<ColumnInfo> of(List<Dimension> dimensions, List<Measure> measures) {
        List<ColumnInfo> columns = new ArrayList<>();
        dimensions.forEach(dimension -> columns.add(column(dimension)));
        measures.forEach(measure -> columns.add(column(measure)));
        return columns;
    }

    private ColumnInfo column(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Plain plain -> {
                Field field = field(plain.field());
                yield new ColumnInfo(plain.as(), field.type(), Role.DIMENSION, field.unit(), field.currency(), null);
            }
            case Dimension.Computed computed ->
                new ColumnInfo(computed.as(), computed.expression().type(), Role.DIMENSION, null, null, null);
            case Dimension.Binned binned -> column(binned);
            case Dimension.TimeBucket bucket ->
                new ColumnInfo(
                        bucket.as(),
                        FieldType.TIMESTAMP,
                        Role.DIMENSION,
                        null,
                        null,
                        bucket.grain().format());
        };
    }

    private ColumnInfo column(Dimension.Binned binned) {
        boolean whole = binned.value().type() == FieldType.LONG && binned.bins().isWhole();
        Field field = binned.value() instanceof Subject subject ? field(subject.name()) : null;
        return new ColumnInfo(
                binned.as(),
                whole ? FieldType.LONG : FieldType.DOUBLE,
                Role.DIMENSION,
                field == null ? null : field.unit(),
                field == null ? null : field.currency(),
                null,
                binned.bins());
    }

    static ColumnInfo of(Measure measure, DatasetModel model, Fields fields) {
        return new Columns(model, fields).column(measure);
    }

    private ColumnInfo column(Measure measure) {
        return switch (measure) {
            case Measure.Named named -> column(named);
            case Measure.Ratio ratio -> new ColumnInfo(ratio.as(), FieldType.DOUBLE, Role.MEASURE, null, null, null);
            case Measure.Aggregate aggregate -> column(aggregate);
            case Measure.Computed computed ->
                new ColumnInfo(computed.as(), computed.expression().type(), Role.MEASURE, null, null, null);
        };
    }

    private ColumnInfo column(Measure.Named named) {
        DatasetModel.NamedMeasure meant = model.measure(named.measure()).orElseThrow();
        ColumnInfo made = column(meant.definition());
        String unit = meant.unit() == null ? made.unit() : meant.unit();
        String currency = meant.currency() == null ? made.currency() : meant.currency();
        return new ColumnInfo(named.as(), made.type(), Role.MEASURE, unit, currency, null);
    }

    private ColumnInfo column(Measure.Aggregate aggregate) {
        Field field = aggregate.field() == null ? null : field(aggregate.field());
        boolean counts = switch (aggregate.function()) {
            case COUNT, COUNT_DISTINCT -> true;
            case SUM, AVG, MIN, MAX, QUANTILE -> false;
        };
        String unit = field == null || counts ? null : field.unit();
        String currency = field == null || counts ? null : field.currency();
        FieldType input = field == null ? FieldType.STRING : field.type();
        FieldType taken =
                aggregate.expression() == null ? input : aggregate.expression().type();
        return new ColumnInfo(aggregate.as(), type(aggregate.function(), taken), Role.MEASURE, unit, currency, null);
    }

    private static FieldType type(Measure.Function function, FieldType input) {
        return switch (function) {
            case COUNT, COUNT_DISTINCT -> FieldType.LONG;
            case AVG, QUANTILE -> FieldType.DOUBLE;
            case SUM -> input == FieldType.LONG ? FieldType.DECIMAL : FieldType.DOUBLE;
            case MIN, MAX -> input;
        };
    }

    private Field field(String name) {
        Field field = fields.find(name);
        if (field == null) {
            throw new IllegalArgumentException("The query was not checked against this model");
        }
        return field;
    }
}
