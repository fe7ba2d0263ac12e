package dev.sextant.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.expression.JsonPath;
import java.util.Set;

/** What can be kept back of a dataset by rules, held against its model: what {@link SeenModel} would make of it. Pure. */
public record KeptBack(DatasetModel model) {

    /** Metrics that follow from roles. */
    private static final Set<String> BUILT_IN = Set.of("events", "users", "revenue");

    /**
     * Reads a filter as queries have it.
     *
     * @throws ProblemException as a query with this filter would
     */
    public void requireFilter(JsonNode filter, String pointer) {
        Refusals refusals = new Refusals(Reason.INVALID_QUERY);
        new FilterReader(Vocabulary.of(model)).read(Place.body(filter, pointer, refusals));
        refusals.throwIfAny();
    }

    /**
     * Whether a field can be hidden or masked.
     *
     * @param mustBe whether there must be such a field
     * @throws ProblemException {@code Unprocessable}
     */
    public void require(String name, String pointer, boolean mustBe) {
        Fields fields = Fields.of(model);
        if (fields.isTime(name) || (Table.isReserved(name) && !SeenModel.SYSTEM.contains(name))) {
            throw refused(
                    pointer,
                    Reason.INVALID_QUERY,
                    "Events are found and told apart by '%s': it cannot be kept back.".formatted(name));
        }
        if (JsonPath.mayBe(name)) {
            requireMember(name, pointer);
        }
        if (mustBe && fields.find(name) == null) {
            throw refused(pointer, Reason.UNKNOWN_FIELD, fields.unknown(name));
        }
    }

    private static void requireMember(String name, String pointer) {
        JsonPath path = JsonPath.parse(name);
        if (path == null || path.steps().size() != 1 || !(path.steps().getFirst() instanceof String)) {
            throw refused(
                    pointer,
                    Reason.INVALID_QUERY,
                    "Of JSON, outermost members can be kept back: name such as properties.email.");
        }
    }

    /** Whether it is a field, and its values are texts. */
    public boolean isText(String name) {
        Field field = JsonPath.mayBe(name) ? null : Fields.of(model).find(name);
        return field != null && field.type() == FieldType.STRING;
    }

    /**
     * Looks a measure up.
     *
     * @throws ProblemException {@code UNKNOWN_FIELD} where there is no measure or metric of this name
     */
    public void requireMeasure(String name, String pointer) {
        if (model.measure(name).isEmpty() && !BUILT_IN.contains(name)) {
            throw refused(
                    pointer,
                    Reason.UNKNOWN_FIELD,
                    Names.unknown("Measure", name, Vocabulary.of(model).measures()));
        }
    }

    private static ProblemException refused(String pointer, Reason reason, String detail) {
        return new ProblemException(Unprocessable.at(pointer, reason, detail));
    }
}
