package dev.sextant.query.model;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Measure.Function;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads measures, those of queries and the definitions in models. */
final class MeasureReader {

    private static final Map<String, Function> FUNCTIONS = Arrays.stream(Function.values())
            .collect(Collectors.toMap(function -> function.name().toLowerCase(Locale.ROOT), function -> function));

    private static final Set<String> DEFINITION = Set.of("agg", "field", "q", "exact", "filter", "of");
    private static final Set<String> OF_QUERY = definitionAnd("measure", "as");
    private static final Set<String> NAMED = Set.of("measure", "as");

    /** The members of a model's measure. */
    static final Set<String> OF_MODEL = definitionAnd("name", "unit", "currency");

    private final Vocabulary vocabulary;

    MeasureReader(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    private static Set<String> definitionAnd(String... further) {
        Set<String> members = new HashSet<>(DEFINITION);
        members.addAll(List.of(further));
        return Set.copyOf(members);
    }

    /** A query's measure; null where anything is refused. */
    @Nullable
    Measure read(Place place) {
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
        if ("expression".equals(place.value().path("agg").asText())) {
            place.member("agg").refuse(Reason.NOT_SUPPORTED, "Measures by expression are not supported yet");
            return null;
        }
        if (!place.isObjectOf(members)) {
            return null;
        }
        return "ratio".equals(place.value().path("agg").asText()) ? ratio(place, as) : aggregate(place, as);
    }

    private @Nullable Measure ratio(Place place, @Nullable String as) {
        refuseMembers(place, "a ratio is made of two measures", "field", "q", "exact", "filter");
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
        if ("ratio".equals(place.value().path("agg").asText())) {
            place.member("agg").refuse("a ratio of ratios is not possible");
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
        Field field = field(place, function);
        Double quantile = quantile(place, function);
        Filter filter = new FilterReader(vocabulary).read(place.member("filter"));
        boolean sketchable = function == Function.COUNT_DISTINCT || function == Function.QUANTILE;
        boolean exact = place.flag("exact", true) || !sketchable;
        if ((field == null && function != Function.COUNT) || (quantile == null && function == Function.QUANTILE)) {
            return null;
        }
        String name = field == null ? null : field.name();
        String alias = as == null ? aliasByDefault(function, name, quantile) : as;
        return new Aggregate(function, name, quantile, exact, filter, alias);
    }

    private static @Nullable Function function(Place place) {
        String name = place.requiredText("agg");
        if (name == null) {
            return null;
        }
        Function function = FUNCTIONS.get(name);
        if (function == null) {
            place.member("agg").refuse(Names.unknown("Aggregate", name, FUNCTIONS.keySet()));
        }
        return function;
    }

    private @Nullable Field field(Place place, Function function) {
        if (function == Function.COUNT) {
            refuseMembers(place, "count counts events: count values by a filter with op exists", "field");
            return null;
        }
        String name = place.requiredText("field");
        Field field = name == null ? null : vocabulary.field(name, place.member("field"));
        if (field != null && !fits(function, field)) {
            place.member("field")
                    .refuse(
                            Reason.TYPE_MISMATCH,
                            "Field '%s' is %s: %s needs %s"
                                    .formatted(
                                            field.name(),
                                            field.type().name().toLowerCase(Locale.ROOT),
                                            function.name().toLowerCase(Locale.ROOT),
                                            numeric(function) ? "a number" : "anything but json"));
            return null;
        }
        return field;
    }

    private static boolean fits(Function function, Field field) {
        return numeric(function) ? field.isNumeric() : field.type() != FieldType.JSON;
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
            case Aggregate aggregate -> aliasByDefault(aggregate.function(), aggregate.field(), aggregate.quantile());
        };
    }

    /** {@code count}, {@code sum_amount}, {@code p95_latency}, {@code p99_9_latency}. */
    private static String aliasByDefault(Function function, @Nullable String field, @Nullable Double quantile) {
        if (field == null) {
            return "count";
        }
        String prefix = quantile == null
                ? function.name().toLowerCase(Locale.ROOT)
                : "p" + percent(quantile).replace('.', '_');
        return prefix + "_" + field;
    }

    private static String percent(double quantile) {
        return BigDecimal.valueOf(quantile)
                .movePointRight(2)
                .stripTrailingZeros()
                .toPlainString();
    }
}
