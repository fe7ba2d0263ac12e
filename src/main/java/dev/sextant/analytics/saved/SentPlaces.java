package dev.sextant.analytics.saved;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import java.util.HashMap;
import java.util.Map;

/**
 * Where in what the caller sent stands what a run's query has elsewhere: the values of parameters, and a filter that stands
 * within another there. Pure.
 *
 * @param runToSent JSON pointers; what is below the one is below the other
 */
record SentPlaces(Map<String, String> runToSent) {

    private static final String FILTER = "/filter";

    SentPlaces {
        runToSent = Map.copyOf(runToSent);
    }

    /**
     * @param changes of the caller, without parameters
     * @param saved as it is kept
     */
    static SentPlaces of(JsonNode changes, JsonNode saved) {
        boolean joinsFilters = Overrides.joinsFilters(changes, saved);
        Map<String, String> runToSent = new HashMap<>();
        Parameters.places(saved).forEach((place, name) -> {
            boolean isOfFilter = place.startsWith(FILTER + "/");
            if (isOfFilter && joinsFilters) {
                runToSent.put(Overrides.SAVED_FILTER + place.substring(FILTER.length()), "/parameters/" + name);
            } else if (isOfFilter || !changes.has(place.split("/", 3)[1])) {
                runToSent.put(place, "/parameters/" + name);
            }
        });
        if (joinsFilters) {
            runToSent.put(Overrides.FURTHER_FILTER, FILTER);
        }
        return new SentPlaces(runToSent);
    }

    /** The failure of a run, with its pointers at what the caller sent. */
    Throwable told(Throwable failure) {
        if (!(failure instanceof ProblemException known) || !(known.problem() instanceof Unprocessable refused)) {
            return failure;
        }
        return new ProblemException(new Unprocessable(
                refused.reason(), refused.errors().stream().map(this::told).toList(), refused.detail()));
    }

    private Violation told(Violation error) {
        String pointer = error.pointer();
        if (pointer == null) {
            return error;
        }
        return runToSent.entrySet().stream()
                .filter(place -> (pointer + "/").startsWith(place.getKey() + "/"))
                .findFirst()
                .map(place -> Violation.at(
                        place.getValue() + pointer.substring(place.getKey().length()), error.code(), error.detail()))
                .orElse(error);
    }
}
