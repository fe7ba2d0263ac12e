package dev.sextant.query.model;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Refuses measures that may not be asked for. Pure. */
public final class DeniedMeasures {

    private DeniedMeasures() {}

    /**
     * Looks through measures of a query.
     *
     * @throws ProblemException {@code PolicyDenied} where one of the measures is denied, or made of one that is
     */
    public static void refuse(List<Measure> measures, DatasetModel model) {
        if (model.sight() != null) {
            measures.forEach(measure -> named(measure).forEach(name -> refuse(name, model)));
        }
    }

    /** The same for a measure or metric of this name. */
    public static void refuse(String name, DatasetModel model) {
        Sight sight = model.sight();
        if (sight != null && sight.denied().contains(name)) {
            throw new ProblemException(
                    new Problem.PolicyDenied("Your roles do not allow to ask for the measure '%s'.".formatted(name)));
        }
    }

    /** The measures of the model that a measure names. */
    static Set<String> named(Measure measure) {
        return all(measure).collect(Collectors.toSet());
    }

    private static Stream<String> all(Measure measure) {
        return switch (measure) {
            case Measure.Named named -> Stream.of(named.measure());
            case Measure.Computed computed -> computed.operands().stream().flatMap(DeniedMeasures::all);
            case Measure.Aggregate _, Measure.Ratio _ -> Stream.empty();
        };
    }
}
