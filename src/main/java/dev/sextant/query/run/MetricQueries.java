package dev.sextant.query.run;

import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.DeniedMeasures;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Measure.Function;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.Roles;
import dev.sextant.query.model.TimeRange;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The metrics that a dataset has by name, which are its named measures and those that follow from its roles, and the
 * queries that ask for them. Pure. What is refused is named as a parameter.
 */
public final class MetricQueries {

    private static final Predicate<String> TIMEFRAME =
            Pattern.compile("[1-9][0-9]{0,5}[smhd]").asMatchPredicate();
    private static final Duration TIMEFRAME_MAX = Duration.ofHours(24);

    private MetricQueries() {}

    /** Asks for the measures over the whole range, in one row. */
    public static Query totals(String dataset, List<Measure> measures, TimeRange range) {
        return Query.of(dataset)
                .measures(measures)
                .timeRange(range)
                .limit(Query.LIMIT_MAX)
                .totals(false)
                .build();
    }

    /** Reads a window that ends now: {@code 5m}, 24 hours at most. */
    public static Grain timeframe(String text) {
        return amount(text)
                .filter(grain -> grain.atLeast().compareTo(TIMEFRAME_MAX) <= 0)
                .orElseThrow(() -> refused(
                        "timeframe", Reason.INVALID_TIMEFRAME, "A timeframe is such as 5m; s, m, h or d; up to 24h."));
    }

    /** Reads an amount of time in seconds, minutes, hours or days. */
    public static Optional<Grain> amount(String text) {
        return Optional.of(text).filter(TIMEFRAME).flatMap(Grain::parse);
    }

    /** The measures of these names, in their order; those of all built-in names where none is given. */
    public static List<Measure> measures(List<String> names, DatasetModel model) {
        Map<String, Measure> builtIn = builtIn(model.roles());
        if (names.isEmpty()) {
            return builtIn.values().stream()
                    .filter(measure ->
                            model.sight() == null || !model.sight().denied().contains(measure.as()))
                    .toList();
        }
        return names.stream()
                .distinct()
                .map(name -> measure(name, model, builtIn))
                .toList();
    }

    private static Measure measure(String name, DatasetModel model, Map<String, Measure> builtIn) {
        DeniedMeasures.refuse(name, model);
        return model.measure(name)
                .<Measure>map(named -> new Measure.Named(name, name))
                .or(() -> Optional.ofNullable(builtIn.get(name)))
                .orElseThrow(() -> refused(
                        "metrics",
                        Reason.UNKNOWN_FIELD,
                        "There is no metric '%s'; there are %s.".formatted(name, there(model, builtIn))));
    }

    private static String there(DatasetModel model, Map<String, Measure> builtIn) {
        List<String> names = Stream.concat(
                        builtIn.keySet().stream(), model.measures().stream().map(DatasetModel.NamedMeasure::name))
                .distinct()
                .toList();
        return String.join(", ", names);
    }

    private static Map<String, Measure> builtIn(Roles roles) {
        Map<String, Measure> nameToMeasure = new LinkedHashMap<>();
        nameToMeasure.put("events", new Aggregate(Function.COUNT, null, null, true, null, "events"));
        if (roles.entity() != null) {
            nameToMeasure.put(
                    "users", new Aggregate(Function.COUNT_DISTINCT, roles.entity(), null, true, null, "users"));
        }
        if (roles.value() != null) {
            nameToMeasure.put("revenue", new Aggregate(Function.SUM, roles.value(), null, true, null, "revenue"));
        }
        return nameToMeasure;
    }

    public static ProblemException refused(String parameter, Reason reason, String detail) {
        Violation violation = Violation.of(parameter, reason.name().toLowerCase(Locale.ROOT), detail);
        return new ProblemException(new Unprocessable(reason, List.of(violation), detail));
    }
}
