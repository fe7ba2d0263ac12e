package dev.sextant.analytics.olap;

import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Measure.Function;
import dev.sextant.query.model.Roles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The metrics that a dataset has by name: its named measures, and those that follow from its roles. Pure. */
final class MetricNames {

    private MetricNames() {}

    /** The measures of these names, in their order; those of all built-in names where none is given. */
    static List<Measure> measures(List<String> names, DatasetModel model) {
        Map<String, Measure> builtIn = builtIn(model.roles());
        if (names.isEmpty()) {
            return List.copyOf(builtIn.values());
        }
        return names.stream()
                .distinct()
                .map(name -> measure(name, model, builtIn))
                .toList();
    }

    private static Measure measure(String name, DatasetModel model, Map<String, Measure> builtIn) {
        return model.measure(name)
                .<Measure>map(named -> new Measure.Named(name, name))
                .or(() -> Optional.ofNullable(builtIn.get(name)))
                .orElseThrow(() -> MetricsPlan.refused(
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
}
