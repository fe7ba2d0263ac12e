package dev.sextant.query.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Principal.PolicyFingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset's events mean. Made by {@link ModelReader}, which checks it; all lists keep the order of declaration.
 *
 * @param dimensions the typed fields; a role's field that is not among them has its role's type
 * @param hierarchies ways to drill down
 * @param measures named measures
 * @param segments named filters
 * @param sight what is kept back from whoever looks by this model; null where nothing is
 */
public record DatasetModel(
        Roles roles,
        List<Field> dimensions,
        List<Hierarchy> hierarchies,
        List<NamedMeasure> measures,
        List<Segment> segments,
        @Nullable Sight sight) {

    /** From the coarse to the fine: {@code country, region, city}. */
    public record Hierarchy(String name, List<String> levels) {
        public Hierarchy {
            levels = List.copyOf(levels);
        }
    }

    /**
     * A measure that queries ask for by its name.
     *
     * @param definition anything but a {@code Named}, known as {@code name}; an expression names measures that stand before it
     * @param unit overrides the unit of the field it is made of; null where that holds
     */
    public record NamedMeasure(
            String name,
            Measure definition,
            @Nullable String unit,
            @Nullable String currency) {}

    public record Segment(String name, Filter filter) {}

    static final DatasetModel EMPTY = new DatasetModel(Roles.NONE, List.of(), List.of(), List.of(), List.of());

    public DatasetModel {
        dimensions = List.copyOf(dimensions);
        hierarchies = List.copyOf(hierarchies);
        measures = List.copyOf(measures);
        segments = List.copyOf(segments);
    }

    /** From which nothing is kept back. */
    public DatasetModel(
            Roles roles,
            List<Field> dimensions,
            List<Hierarchy> hierarchies,
            List<NamedMeasure> measures,
            List<Segment> segments) {
        this(roles, dimensions, hierarchies, measures, segments, null);
    }

    /**
     * Whether any of the events, or of their fields, is kept back: then nothing is told that is of all of them, such as
     * which rollups there are and how large they are.
     */
    public boolean isVeiled() {
        return sight != null;
    }

    /** Stands for what is kept back: answers made by models of one dataset may be shared where this is equal. */
    public PolicyFingerprint fingerprint() {
        return sight == null ? PolicyFingerprint.SEES_ALL : sight.fingerprint();
    }

    /** The same fields and measures, as if they were all there is. For explanations: it is not to be read by. */
    public DatasetModel alone() {
        return sight == null ? this : new DatasetModel(roles, dimensions, hierarchies, measures, segments);
    }

    /** Whether it is a system column that is not to be seen. */
    public boolean hides(String column) {
        return sight != null && sight.hidden().contains(column);
    }

    public Optional<NamedMeasure> measure(String name) {
        return measures.stream().filter(measure -> measure.name().equals(name)).findFirst();
    }

    /** What the rows are aggregated by for this measure, in the order of the formula it is, from left to right. */
    public List<Measure.Aggregate> aggregates(Measure measure) {
        return switch (measure) {
            case Measure.Aggregate aggregate -> List.of(aggregate);
            case Measure.Ratio ratio -> List.of(ratio.dividend(), ratio.divisor());
            case Measure.Named named ->
                aggregates(measure(named.measure()).orElseThrow().definition());
            case Measure.Computed computed ->
                computed.operands().stream()
                        .flatMap(operand -> aggregates(operand).stream())
                        .toList();
        };
    }

    public Optional<Segment> segment(String name) {
        return segments.stream().filter(segment -> segment.name().equals(name)).findFirst();
    }

    /** All fields that an event may bring: the time field, the dimensions, and the roles' fields that none declares. */
    List<Field> ownFields() {
        List<Field> own = new ArrayList<>(dimensions);
        roles.taken().forEach((role, name) -> {
            if (own.stream().noneMatch(field -> field.name().equals(name))) {
                own.add(Field.of(name, Roles.implicitType(role)));
            }
        });
        return own;
    }

    /** The one of {@link #ownFields} that has this name; null where there is none. */
    @Nullable
    Field ownField(String name) {
        for (Field dimension : dimensions) {
            if (dimension.name().equals(name)) {
                return dimension;
            }
        }
        return roles.field(name);
    }

    /** The table that holds the events: all own fields but the time field, which is {@link Table#TIME}. */
    public Table table(String dataset) {
        return new Table(
                dataset,
                ownFields().stream()
                        .filter(field -> !field.name().equals(roles.time()))
                        .map(field -> new Table.Column(field.name(), field.type()))
                        .toList());
    }

    /** The type of the field as events bring it; empty where it is not declared, and so lands in {@code properties}. */
    public Optional<FieldType> type(String field) {
        return Optional.ofNullable(ownField(field)).map(Field::type);
    }

    /** In the shape that {@link ModelReader} reads, and reads back equal. */
    public ObjectNode toJson() {
        return ModelWriter.write(this);
    }
}
