package dev.sextant.query.model;

import dev.sextant.query.expression.Expression;
import dev.sextant.query.expression.Expression.Subject;
import dev.sextant.query.expression.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an expression over measures may name: the query's own measures by their columns, and the model's.
 *
 * @param own comes first where both have a name
 */
record MeasureScope(DatasetModel model, Fields fields, List<Measure> own) implements Scope {

    @Override
    public @Nullable Subject find(String name) {
        Measure measure = measure(name);
        return measure == null
                ? null
                : new Subject(name, Columns.of(measure, model, fields).type());
    }

    private @Nullable Measure measure(String name) {
        return Stream.concat(own.stream(), named())
                .filter(measure -> measure.as().equals(name))
                .findFirst()
                .orElse(null);
    }

    private Stream<Measure> named() {
        return model.measures().stream().map(named -> new Measure.Named(named.name(), named.name()));
    }

    @Override
    public String unknown(String name) {
        List<String> known =
                Stream.concat(own.stream(), named()).map(Measure::as).distinct().toList();
        return Names.unknown("Measure", name, known)
                + "; an expression over measures names those of the query that stand before it, or the dataset's, not fields";
    }

    /** The measures that the expression names, in their order. */
    List<Measure> operands(Expression expression) {
        List<Measure> operands = new ArrayList<>();
        for (String name : expression.subjects()) {
            Measure measure = measure(name);
            if (measure != null) {
                operands.add(measure);
            }
        }
        return operands;
    }

    /** See {@link Expression#weight}: what an expression names is spelled out where it stands. */
    long weight(Expression expression) {
        return expression.weight(name -> weight(measure(name)));
    }

    private long weight(@Nullable Measure measure) {
        return switch (measure) {
            case Measure.Computed computed ->
                new MeasureScope(model, fields, computed.operands()).weight(computed.expression());
            case Measure.Named named ->
                weight(model.measure(named.measure()).orElseThrow().definition());
            case null, default -> 3; // a ratio is the largest
        };
    }
}
