package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The measures of groups: of one period, or of two beside each other. */
final class Measured {

    private final Schema schema;
    private final List<JsonNode> measures;
    private final Aggregates aggregates;

    Measured(Schema schema, List<JsonNode> measures) {
        this.schema = schema;
        this.measures = measures;
        this.aggregates = new Aggregates(schema, measures);
    }

    int place(String name) {
        return measures.stream().map(Columns::measureName).toList().indexOf(name);
    }

    List<@Nullable Object> values(List<Event> events) {
        List<@Nullable Object> values = new ArrayList<>();
        measures.forEach(measure -> values.add(aggregates.value(measure, events)));
        return values;
    }

    /** All columns after the keys. */
    List<@Nullable Object> columns(List<Member> members, boolean compares) {
        List<@Nullable Object> current = values(events(members, true));
        return compares ? compared(current, values(events(members, false))) : current;
    }

    /** Those of a bucket of time that nothing fell into. */
    List<@Nullable Object> columnsOfGap(@Nullable Double fill, boolean compares) {
        List<@Nullable Object> gap = new ArrayList<>();
        for (JsonNode measure : measures) {
            Kind kind = new Columns(schema).measureKind(measure, measures);
            if (Columns.counts(schema.meant(measure))) {
                gap.add(BigInteger.ZERO);
            } else if (fill == null || !kind.isNumber()) {
                gap.add(null);
            } else {
                gap.add(kind == Kind.DOUBLE ? Approximate.exactly(fill) : BigInteger.valueOf(fill.longValue()));
            }
        }
        if (!compares) {
            return gap;
        }
        List<@Nullable Object> both = new ArrayList<>(gap);
        for (int i = 0; i < gap.size(); i++) {
            both.add(gap.get(i));
            if (new Columns(schema).measureKind(measures.get(i), measures).isNumber()) {
                both.add(null);
            }
        }
        return both;
    }

    private static List<Event> events(List<Member> members, boolean current) {
        return members.stream()
                .filter(member -> member.isCurrent() == current)
                .map(Member::event)
                .toList();
    }

    private List<@Nullable Object> compared(List<@Nullable Object> current, List<@Nullable Object> previous) {
        List<@Nullable Object> both = new ArrayList<>(current);
        for (int i = 0; i < current.size(); i++) {
            both.add(previous.get(i));
            if (new Columns(schema).measureKind(measures.get(i), measures).isNumber()) {
                both.add(changePercent(current.get(i), previous.get(i)));
            }
        }
        return both;
    }

    private static @Nullable Approximate changePercent(@Nullable Object current, @Nullable Object previous) {
        if (current == null || previous == null) {
            return null;
        }
        Approximate now = Approximate.of(current);
        Approximate before = Approximate.of(previous);
        Approximate percent = now.minus(before).times(Approximate.exactly(100)).dividedBy(before.absolute());
        return percent == null || !percent.isFinite() ? null : percent;
    }
}
