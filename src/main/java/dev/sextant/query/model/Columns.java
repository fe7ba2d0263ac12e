package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.query.expression.Expression.Subject;
import dev.sextant.query.model.ColumnInfo.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the columns that a query's answer has: its dimensions as asked, whether a row is that of all others, its measures
 * as asked, and what they are compared with. The columns of events are the fields as asked.
 */
public final class Columns {

    /** The latest first; two events of one id were taken at different times. */
    private static final List<ColumnInfo> TIES = List.of(
            tie(Table.TIME, FieldType.TIMESTAMP),
            tie(Table.EVENT_ID, FieldType.STRING),
            tie(Table.RECEIVED_AT, FieldType.TIMESTAMP));

    private final DatasetModel model;
    private final Fields fields;

    private Columns(DatasetModel model, Fields fields) {
        this.model = model;
        this.fields = fields;
    }

    public static List<ColumnInfo> of(Query query, DatasetModel model) {
        return of(query, model, Fields.of(model));
    }

    static List<ColumnInfo> of(Query query, DatasetModel model, Fields fields) {
        Columns made = new Columns(model, fields);
        List<ColumnInfo> columns = new ArrayList<>();
        query.fields().forEach(field -> columns.add(made.column(field, Role.FIELD)));
        query.dimensions().forEach(dimension -> columns.add(made.column(dimension)));
        if (query.others() != null) {
            columns.add(new ColumnInfo(query.others().as(), FieldType.BOOLEAN, Role.DIMENSION, null, null, null));
        }
        List<ColumnInfo> measures = query.measures().stream().map(made::column).toList();
        columns.addAll(measures);
        if (query.compare() != null) {
            measures.forEach(measure -> columns.addAll(Compared.columns(measure)));
        }
        return columns;
    }

    /** Columns that the rows of events have after those that are shown: they make every order a full one. */
    public static List<ColumnInfo> ties(Query query) {
        return query.fields().isEmpty() ? List.of() : TIES;
    }

    private static ColumnInfo tie(String field, FieldType type) {
        return new ColumnInfo(field, type, Role.TIE, null, null, null);
    }

    private ColumnInfo column(Dimension.Plain plain, Role role) {
        Field field = field(plain.field());
        return new ColumnInfo(plain.as(), field.type(), role, field.unit(), field.currency(), null);
    }

    private ColumnInfo column(Dimension dimension) {
        return switch (dimension) {
            case Dimension.Plain plain -> column(plain, Role.DIMENSION);
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
