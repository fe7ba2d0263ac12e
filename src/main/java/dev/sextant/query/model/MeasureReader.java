package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.expression.Expression;
import dev.sextant.query.expression.Expression.Subject;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Measure.Function;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads measures, those of queries and the definitions in models. */
final class MeasureReader {

    private static final Map<String, Function> FUNCTIONS = Arrays.stream(Function.values())
            .collect(Collectors.toMap(function -> function.name().toLowerCase(Locale.ROOT), function -> function));

    private static final Set<String> DEFINITION = Set.of("agg", "field", "type", "expr", "q", "exact", "filter", "of");
    private static final Set<String> OF_QUERY = definitionAnd("measure", "as");
    private static final Set<String> NAMED = Set.of("measure", "as");

    /** The members of a model's measure. */
    static final Set<String> OF_MODEL = definitionAnd("name", "unit", "currency");

    private static final String[] FOR_AGGREGATES = {"field", "type", "q", "exact", "filter", "of"};

    private final Vocabulary vocabulary;

    MeasureReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    private static Set<String> definitionAnd(String... further) {
        Set<String> members = new HashSet<>(DEFINITION);
        members.addAll(List.of(further));
        return Set.copyOf(members);
    }

    /** A query's measures; those that are refused are missing. An expression may name all others but the expressions that come after it. */
    List<Measure> all(List<Place> places) {
        @Nullable Measure[] all = new @Nullable Measure[places.size()];
        List<Measure> own = new ArrayList<>();
        for (boolean computed : List.of(false, true)) {
            for (int i = 0; i < all.length; i++) {
                if (ComputedReader.isComputed(places.get(i)) == computed) {
                    all[i] = read(places.get(i), own);
                    Stream.ofNullable(all[i]).forEach(own::add);
                }
            }
        }
        return Arrays.stream(all).flatMap(Stream::ofNullable).toList();
    }

    private @Nullable Measure read(Place place, List<Measure> own) {
        if (ComputedReader.isComputed(place)) {
            return computed(place, OF_QUERY, own, alias(place));
        }
        if (!place.has("measure")) {
            return definition(place, OF_QUERY, alias(place));
        }
        if (!place.isObjectOf(NAMED)) {
            return null;
        }
        String name = place.text("measure");
        if (name == null) {
            return null;
        }
        if (!vocabulary.measures().contains(name)) {
            place.member("measure").refuse(Reason.UNKNOWN_FIELD, Names.unknown("Measure", name, vocabulary.measures()));
            return null;
        }
        String alias = alias(place);
        return new Measure.Named(name, alias == null ? name : alias);
    }

    private static @Nullable String alias(Place place) {
        Place alias = place.member("as");
        return alias.isAbsent() ? null : Names.read(alias);
    }

    /**
     * What {@code agg} begins; null where anything is refused.
     *
     * @param members that the object may have
     * @param as the column's name; null for the one by default
     */
    @Nullable
    Measure definition(Place place, Set<String> members, @Nullable String as) {
        if (ComputedReader.isComputed(place)) {
            return computed(place, members, List.of(), as);
        }
        if (!place.isObjectOf(members)) {
            return null;
        }
        return "ratio".equals(place.value().path("agg").asText()) ? ratio(place, as) : aggregate(place, as);
    }

    private @Nullable Measure computed(Place place, Set<String> members, List<Measure> own, @Nullable String as) {
        if (!place.isObjectOf(members)) {
            return null;
        }
        refuseMembers(place, "the measures that the expression names have it", FOR_AGGREGATES);
        return new ComputedReader(vocabulary).read(place, own, as);
    }

    private @Nullable Measure ratio(Place place, @Nullable String as) {
        refuseMembers(place, "a ratio is made of two measures", "field", "type", "expr", "q", "exact", "filter");
        Place of = place.member("of");
        if (!of.value().isArray() || of.value().size() != 2) {
            of.refuse("must be two measures: the first is divided by the second");
            return null;
        }
        List<Place> parts = of.elements(2);
        Aggregate dividend = part(parts.getFirst(), "dividend");
        Aggregate divisor = part(parts.getLast(), "divisor");
        if (dividend == null || divisor == null) {
            return null;
        }
        return new Measure.Ratio(dividend, divisor, as == null ? "ratio" : as);
    }

    private @Nullable Aggregate part(Place place, String as) {
        if (ComputedReader.isComputed(place)
                || "ratio".equals(place.value().path("agg").asText())) {
            place.member("agg").refuse("a ratio divides two aggregates; an expression may divide all else");
            return null;
        }
        return definition(place, DEFINITION, as) instanceof Aggregate aggregate ? aggregate : null;
    }

    private @Nullable Measure aggregate(Place place, @Nullable String as) {
        Function function = function(place);
        if (function == null) {
            return null;
        }
        refuseMembers(place, "only a ratio has it", "of");
        Expression input = input(place, function);
        Double quantile = quantile(place, function);
        Filter filter = new FilterReader(vocabulary).read(place.member("filter"));
        boolean sketchable = function == Function.COUNT_DISTINCT || function == Function.QUANTILE;
        boolean exact = place.flag("exact", true) || !sketchable;
        if ((input == null && function != Function.COUNT) || (quantile == null && function == Function.QUANTILE)) {
            return null;
        }
        String field = input instanceof Subject subject ? subject.name() : null;
        Expression expression = field == null ? input : null;
        Aggregate read = new Aggregate(function, field, expression, quantile, exact, filter, "");
        String alias = as == null ? aliasByDefault(read) : as;
        return new Aggregate(function, field, expression, quantile, exact, filter, alias);
    }

    private static @Nullable Function function(Place place) {
        String name = place.requiredText("agg");
        if (name == null) {
            return null;
        }
        Function function = FUNCTIONS.get(name);
        if (function == null) {
            place.member("agg").refuse(Names.unknownOf("Aggregate", name, aggregates()));
        }
        return function;
    }

    /** All that {@code agg} may be. */
    private static List<String> aggregates() {
        return Stream.concat(FUNCTIONS.keySet().stream(), Stream.of("expression", "ratio"))
                .toList();
    }

    /** What is aggregated; null where rows are counted, too. */
    private @Nullable Expression input(Place place, Function function) {
        if (function == Function.COUNT) {
            String why = "count counts events: count values by a filter with op exists";
            refuseMembers(place, why, "field", "type", "expr");
            return null;
        }
        if (place.has("field") && place.has("expr")) {
            place.refuse("needs field or expr, not both");
            return null;
        }
        Expression input = place.has("expr") ? ofText(place) : ofField(place);
        Place at = place.member(place.has("expr") ? "expr" : "field");
        return input == null || refusesType(function, input, at) ? null : input;
    }

    private @Nullable Expression ofText(Place place) {
        refuseMembers(place, "an expression says CAST(… AS …)", "type");
        return ExpressionPlace.value(place.member("expr"), vocabulary);
    }

    private @Nullable Expression ofField(Place place) {
        String name = place.requiredText("field");
        Field field = name == null ? null : vocabulary.field(name, place.member("field"));
        return field == null ? null : ExpressionPlace.field(field, place.member("type"));
    }

    private static boolean refusesType(Function function, Expression input, Place at) {
        FieldType type = input.type();
        boolean number = type == FieldType.LONG || type == FieldType.DOUBLE;
        if (numeric(function) ? number : type != FieldType.JSON) {
            return false;
        }
        String subject = input instanceof Subject field ? "Field '%s'".formatted(field.name()) : "This";
        String remedy = Fields.isUntyped(input) ? "; say of which type it is: \"type\": \"double\"" : "";
        at.refuse(
                Reason.TYPE_MISMATCH,
                "%s is %s: %s needs %s%s"
                        .formatted(
                                subject,
                                type.name().toLowerCase(Locale.ROOT),
                                function.name().toLowerCase(Locale.ROOT),
                                numeric(function) ? "a number" : "anything but json",
                                remedy));
        return true;
    }

    private static boolean numeric(Function function) {
        return switch (function) {
            case SUM, AVG, QUANTILE -> true;
            case COUNT, MIN, MAX, COUNT_DISTINCT -> false;
        };
    }

    private static @Nullable Double quantile(Place place, Function function) {
        Place q = place.member("q");
        if (function != Function.QUANTILE) {
            refuseMembers(place, "only a quantile has it", "q");
            return null;
        }
        double value = q.value().doubleValue();
        if (!q.value().isNumber() || value < 0 || value > 1) {
            q.refuse("must be a number from 0 to 1");
            return null;
        }
        return value == 0 ? 0.0 : value;
    }

    private static void refuseMembers(Place place, String why, String... members) {
        for (String member : members) {
            if (place.has(member)) {
                place.member(member).refuse("does not belong here: " + why);
            }
        }
    }

    static String aliasByDefault(Measure measure) {
        return switch (measure) {
            case Measure.Named named -> named.measure();
            case Measure.Ratio _ -> "ratio";
            case Measure.Computed _ -> "expression";
            case Aggregate aggregate -> aliasByDefault(aggregate);
        };
    }

    /** {@code count}, {@code sum_amount}, {@code p95_latency}, {@code p99_9_latency}, {@code sum_expression}. */
    private static String aliasByDefault(Aggregate aggregate) {
        if (aggregate.function() == Function.COUNT) {
            return "count";
        }
        String cast =
                aggregate.expression() == null ? aggregate.field() : ExpressionPlace.castField(aggregate.expression());
        String prefix = aggregate.quantile() == null
                ? aggregate.function().name().toLowerCase(Locale.ROOT)
                : "p" + percent(aggregate.quantile()).replace('.', '_');
        return prefix + "_" + (cast == null ? "expression" : cast);
    }

    private static String percent(double quantile) {
        return BigDecimal.valueOf(quantile)
                .movePointRight(2)
                .stripTrailingZeros()
                .toPlainString();
    }
}
