package dev.sextant.query.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Writes measures as {@link MeasureReader} reads them, but for their aliases. */
final class MeasureWriter {

    private MeasureWriter() {}

    static void write(Measure measure, ObjectNode node) {
        switch (measure) {
            case Measure.Named named -> node.put("measure", named.measure());
            case Measure.Ratio ratio -> {
                ArrayNode of = node.put("agg", "ratio").putArray("of");
                write(ratio.dividend(), of.addObject());
                write(ratio.divisor(), of.addObject());
            }
            case Measure.Aggregate aggregate -> write(aggregate, node);
            case Measure.Computed computed ->
                node.put("agg", "expression").put("expr", computed.expression().text());
        }
    }

    private static void write(Measure.Aggregate aggregate, ObjectNode node) {
        node.put("agg", aggregate.function().name().toLowerCase(Locale.ROOT));
        if (aggregate.field() != null) {
            node.put("field", aggregate.field());
        }
        if (aggregate.expression() != null) {
            DimensionWriter.write(aggregate.expression(), node);
        }
        if (aggregate.quantile() != null) {
            node.put("q", aggregate.quantile());
        }
        if (!aggregate.exact()) {
            node.put("exact", false);
        }
        if (aggregate.filter() != null) {
            node.set("filter", FilterWriter.write(aggregate.filter()));
        }
    }
}
