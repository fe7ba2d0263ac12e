package dev.sextant.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the body of a query, and checks it against the dataset's model. */
public final class QueryReader {

    static final int MEASURES_MAX = 50;
    static final int DIMENSIONS_MAX = 20;

    private static final Set<String> MEMBERS = Set.of(
            "dataset",
            "measures",
            "dimensions",
            "filter",
            "time_range",
            "having",
            "order",
            "limit",
            "cursor",
            "totals",
            "dry_run",
            "explain",
            "fields",
            "grouping",
            "compare",
            "fill",
            "others",
            "navigate",
            "as_of",
            "budget");

    static final String DATA_VERSION_PREFIX = "dv_";
    private static final Pattern DATA_VERSION = Pattern.compile("dv_[0-9]{1,18}");
    private static final List<String> NOT_YET = List.of("budget");

    private final DatasetModel model;
    private final Vocabulary vocabulary;

    private QueryReader(DatasetModel model) {
        this.model = model;
        this.vocabulary = Vocabulary.of(model);
    }

    /**
     * Reads a query.
     *
     * @param dataset the name of the dataset that is asked: the body's own, or the default where it names none
     * @throws ProblemException {@code Unprocessable} with all that is wrong, each with its pointer; {@code PolicyDenied}
     *     where it is right and asks for a measure that may not be asked for
     */
    public static Query read(JsonNode body, String dataset, DatasetModel model) {
        return readPart(body, "", dataset, model);
    }

    /** Reads a query that is the part of a body that stands at {@code pointer}. */
    public static Query readPart(JsonNode part, String pointer, String dataset, DatasetModel model) {
        Refusals refusals = new Refusals(Reason.INVALID_QUERY);
        Query query = new QueryReader(model).read(Place.body(part, pointer, refusals), dataset);
        refusals.throwIfAny();
        Query read = Objects.requireNonNull(query, "A query that is not there must have been refused");
        DeniedMeasures.refuse(read.measures(), model);
        return read;
    }

    private @Nullable Query read(Place body, String dataset) {
        if (!body.isObjectOf(MEMBERS)) {
            return null;
        }
        refuseWhatComesLater(body);
        ShapeReader shapes = new ShapeReader(model, vocabulary);
        Query plain = Query.of(dataset)
                .fields(shapes.fields(body))
                .dimensions(dimensions(body))
                .measures(measures(body))
                .filter(new FilterReader(vocabulary).read(body.member("filter")))
                .timeRange(RangeReader.read(body.member("time_range")))
                .limit(limit(body.member("limit")))
                .cursor(body.text("cursor"))
                .totals(body.flag("totals", true))
                .asOf(asOf(body.member("as_of")))
                .build();
        Query shaped = plain.fields().isEmpty() ? shapes.read(body, plain) : plain;
        Shown shown = Shown.of(shaped, model, vocabulary, body.refusals());
        return shaped.toBuilder()
                .having(new FilterReader(shown).read(body.member("having")))
                .order(shown.order(body))
                .build();
    }

    private static void refuseWhatComesLater(Place body) {
        for (String name : NOT_YET) {
            if (body.has(name)) {
                body.member(name).refuse(Reason.NOT_SUPPORTED, "'%s' is not supported yet".formatted(name));
            }
        }
        for (String name : List.of("dry_run", "explain")) {
            if (body.flag(name, false)) {
                body.member(name).refuse(Reason.NOT_SUPPORTED, "'%s' is not supported yet".formatted(name));
            }
        }
    }

    private List<Dimension> dimensions(Place body) {
        DimensionReader reader = new DimensionReader(vocabulary);
        List<Dimension> dimensions = new ArrayList<>();
        for (Place place : body.list("dimensions", DIMENSIONS_MAX)) {
            Dimension dimension = reader.read(place);
            if (dimension != null) {
                dimensions.add(dimension);
            }
        }
        return dimensions;
    }

    private List<Measure> measures(Place body) {
        List<Measure> measures = new MeasureReader(vocabulary).all(body.list("measures", MEASURES_MAX));
        if (measures.isEmpty()
                && !body.has("fields")
                && body.value().path("dimensions").isEmpty()
                && body.refusals().isEmpty()) {
            body.refuse("needs at least one measure or dimension, or fields");
        }
        return measures;
    }

    private static @Nullable Long asOf(Place place) {
        String text = place.isAbsent() ? null : place.text();
        if (text == null) {
            return null;
        }
        if (!DATA_VERSION.matcher(text).matches()) {
            place.refuse("must be the data_version of an answer, such as dv_412");
            return null;
        }
        return Long.valueOf(text.substring(DATA_VERSION_PREFIX.length()));
    }

    private static int limit(Place limit) {
        return limit.isAbsent() ? Query.LIMIT_BY_DEFAULT : wholeNumber(limit, Query.LIMIT_MAX, Query.LIMIT_BY_DEFAULT);
    }

    /** From 1 on; what is read instead where it is refused. */
    static int wholeNumber(Place place, int max, int otherwise) {
        boolean whole = place.value().isIntegralNumber() && place.value().canConvertToInt();
        int value = place.value().intValue();
        if (!whole || value < 1 || value > max) {
            place.refuse("must be a whole number from 1 to %,d".formatted(max));
            return otherwise;
        }
        return value;
    }
}
