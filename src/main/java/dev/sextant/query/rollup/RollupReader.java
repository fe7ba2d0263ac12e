package dev.sextant.query.rollup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Fields;
import dev.sextant.query.model.Grain;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Measure.Aggregate;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import java.util.ArrayList;
import java.util.List;

/** Reads declarations of rollups: their dimensions and measures as those of a query. */
public final class RollupReader {

    private static final long HOUR = 3_600;
    private static final long DAY = 86_400;

    private RollupReader() {}

    /**
     * Reads a declaration that keeps to the contract.
     *
     * @throws ProblemException {@code Unprocessable}, with the place
     */
    public static Rollup read(JsonNode body, String dataset, DatasetModel model) {
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        asked.set("dimensions", body.path("dimensions"));
        asked.set("measures", body.path("measures"));
        Grain grain = grain(body.path("grain").asText());
        if (body.path("dimensions").isEmpty() && body.path("measures").isEmpty()) {
            return new Rollup(body.path("name").asText(), grain, List.of(), List.of()); // it counts events all the same
        }
        Query query = QueryReader.read(asked, dataset, model);
        List<String> dimensions = dimensions(query, model);
        for (int i = 0; i < query.measures().size(); i++) {
            if (!addsUp(query.measures().get(i), model)) {
                throw refused(
                        "/measures/" + i,
                        "Only counts, sums, averages, min and max of fields, and ratios of them, can be kept: they add up");
            }
        }
        return new Rollup(body.path("name").asText(), grain, dimensions, query.measures());
    }

    private static Grain grain(String text) {
        Grain grain = Grain.parse(text).orElseThrow(() -> refused("/grain", "must be such as 1m, 15m, 1h or 1d"));
        boolean counted = switch (grain.unit()) {
            case SECOND, MINUTE, HOUR, DAY -> true;
            case WEEK, MONTH, QUARTER, YEAR -> false;
        };
        long seconds = grain.atLeast().toSeconds();
        boolean fits = DAY % seconds == 0 && (HOUR % seconds == 0 || seconds % HOUR == 0);
        if (!counted || !fits) {
            throw refused(
                    "/grain", "must be a part of an hour, such as 15m, or hours that make a day, such as 6h or 1d");
        }
        return grain;
    }

    /** Whether a rollup can group by the field. */
    public static boolean canGroupBy(String field, DatasetModel model) {
        return isKept(new Dimension.Plain(field, field), model);
    }

    private static List<String> dimensions(Query query, DatasetModel model) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < query.dimensions().size(); i++) {
            Dimension dimension = query.dimensions().get(i);
            if (!(dimension instanceof Dimension.Plain plain) || !isKept(plain, model)) {
                throw refused("/dimensions/" + i, "must be a declared field by its name, neither the time nor JSON");
            }
            names.add(plain.field());
        }
        return names;
    }

    private static boolean isKept(Dimension.Plain plain, DatasetModel model) {
        return plain.as().equals(plain.field())
                && !Fields.of(model).isTime(plain.field())
                && model.type(plain.field())
                        .filter(type -> type != FieldType.JSON)
                        .isPresent();
    }

    /** Whether a rollup can keep the measure. */
    public static boolean addsUp(Measure measure, DatasetModel model) {
        return switch (measure) {
            case Measure.Named named ->
                model.measure(named.measure())
                        .map(meant -> addsUp(meant.definition(), model))
                        .orElse(false);
            case Measure.Ratio ratio -> addsUp(ratio.dividend(), model) && addsUp(ratio.divisor(), model);
            case Aggregate aggregate ->
                switch (aggregate.function()) {
                    case COUNT, SUM, MIN, MAX, AVG -> !aggregate.isOfExpression();
                    default -> false;
                };
            default -> false;
        };
    }

    private static ProblemException refused(String pointer, String detail) {
        return new ProblemException(Unprocessable.at(pointer, Reason.INVALID_MODEL, detail));
    }
}
