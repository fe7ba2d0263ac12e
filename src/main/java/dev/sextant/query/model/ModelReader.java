package dev.sextant.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.query.model.DatasetModel.Hierarchy;
import dev.sextant.query.model.DatasetModel.NamedMeasure;
import dev.sextant.query.model.DatasetModel.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and checks the models of datasets, new ones and what is added to one that is there. */
public final class ModelReader {

    static final int HIERARCHIES_MAX = 50;
    static final int LEVELS_MAX = 20;
    static final int MEASURES_MAX = 200;
    static final int SEGMENTS_MAX = 200;

    private static final Set<String> MEMBERS = Set.of(
            "time",
            "entity",
            "event",
            "session",
            "value",
            "touchpoint",
            "dimensions",
            "hierarchies",
            "measures",
            "segments");

    private final Place place;
    private final DatasetModel base;

    private ModelReader(Place place, DatasetModel base) {
        this.place = place;
        this.base = base;
    }

    /**
     * Reads a new model.
     *
     * @param pointerPrefix where the node stands in the caller's body, such as {@code /model}
     * @throws ProblemException {@code Unprocessable} with all that is wrong, each with its pointer
     */
    public static DatasetModel read(JsonNode node, String pointerPrefix) {
        return read(node, pointerPrefix, DatasetModel.EMPTY, true);
    }

    /**
     * Reads what is added to a model: roles that were not taken, and further fields, hierarchies, measures and segments.
     * What is there already may be said again, if it is said alike; what is left out stays.
     *
     * @throws ProblemException {@code Unprocessable}: {@code INCOMPATIBLE_CHANGE} for whatever would change or take away
     *     what is there
     */
    public static DatasetModel extend(DatasetModel base, JsonNode addition, String pointerPrefix) {
        return read(addition, pointerPrefix, base, false);
    }

    private static DatasetModel read(JsonNode node, String pointerPrefix, DatasetModel base, boolean isNew) {
        Refusals refusals = new Refusals(Reason.INVALID_MODEL);
        Place place = Place.body(node, pointerPrefix, refusals);
        DatasetModel model = new ModelReader(place, base).read(isNew);
        refusals.throwIfAny();
        return model;
    }

    private DatasetModel read(boolean isNew) {
        if (!place.isObjectOf(MEMBERS)) {
            return base;
        }
        Roles roles = new RoleReader(place, isNew ? null : base.roles()).read();
        List<Field> dimensions = new FieldReader(place, base, roles).read();
        Vocabulary vocabulary = vocabulary(roles, dimensions, List.of(), List.of());
        List<Hierarchy> hierarchies = merged(
                base.hierarchies(), "hierarchies", HIERARCHIES_MAX, Hierarchy::name, at -> hierarchy(at, vocabulary));
        // A segment knows no other: none can be made of itself.
        List<Segment> segments =
                merged(base.segments(), "segments", SEGMENTS_MAX, Segment::name, at -> segment(at, vocabulary));
        List<NamedMeasure> known = new ArrayList<>(base.measures());
        List<NamedMeasure> measures = merged(base.measures(), "measures", MEASURES_MAX, NamedMeasure::name, at -> {
            NamedMeasure measure = measure(at, vocabulary(roles, dimensions, known, segments));
            if (measure != null) {
                known.add(measure);
            }
            return measure;
        });
        return new DatasetModel(roles, dimensions, hierarchies, measures, segments);
    }

    private static Vocabulary vocabulary(
            Roles roles, List<Field> dimensions, List<NamedMeasure> measures, List<Segment> segments) {
        return Vocabulary.of(new DatasetModel(roles, dimensions, List.of(), measures, segments));
    }

    /** What is there, and then what is new. */
    private <T> List<T> merged(
            List<T> there,
            String list,
            int elementsMax,
            Function<T, String> nameOf,
            Function<Place, @Nullable T> read) {
        List<T> all = new ArrayList<>(there);
        Set<String> seen = new HashSet<>();
        for (Place at : place.list(list, elementsMax)) {
            T element = read.apply(at);
            if (element == null || isThere(there, element, nameOf, at)) {
                continue;
            }
            all.add(element);
            if (!seen.add(nameOf.apply(element).toLowerCase(Locale.ROOT))) {
                at.member("name").refuse("is taken: names must differ by more than their case");
            }
        }
        if (all.size() > elementsMax) {
            place.member(list)
                    .refuse("would have %,d elements; at most %,d are allowed".formatted(all.size(), elementsMax));
        }
        return all;
    }

    /** Whether the name is taken already, and then whether by the very same. */
    static <T> boolean isThere(List<T> there, T element, Function<T, String> nameOf, Place at) {
        for (T other : there) {
            if (nameOf.apply(other).equalsIgnoreCase(nameOf.apply(element))) {
                if (!other.equals(element)) {
                    at.refuse(
                            Reason.INCOMPATIBLE_CHANGE,
                            "'%s' is there already, and cannot be changed".formatted(nameOf.apply(other)));
                }
                return true;
            }
        }
        return false;
    }

    static @Nullable String name(Place at) {
        return at.requiredText("name") == null ? null : Names.read(at.member("name"));
    }

    private static @Nullable Hierarchy hierarchy(Place at, Vocabulary vocabulary) {
        if (!at.isObjectOf(Set.of("name", "levels"))) {
            return null;
        }
        String name = name(at);
        List<String> levels = new ArrayList<>();
        for (Place level : at.list("levels", LEVELS_MAX)) {
            String text = level.text();
            Field field = text == null ? null : vocabulary.field(text, level);
            if (field == null) {
                continue;
            }
            if (levels.contains(field.name())) {
                level.refuse("is a level already");
            }
            levels.add(field.name());
        }
        if (at.value().path("levels").isEmpty()) {
            at.member("levels").refuse("must name at least one field");
        }
        return name == null ? null : new Hierarchy(name, levels);
    }

    private static @Nullable Segment segment(Place at, Vocabulary vocabulary) {
        if (!at.isObjectOf(Set.of("name", "filter"))) {
            return null;
        }
        String name = name(at);
        Filter filter = new FilterReader(vocabulary).read(at.member("filter"));
        if (!at.has("filter")) {
            at.member("filter").refuse("is missing");
        }
        return name == null || filter == null ? null : new Segment(name, filter);
    }

    private static @Nullable NamedMeasure measure(Place at, Vocabulary vocabulary) {
        String name = at.value().isObject() ? name(at) : null;
        Measure definition =
                new MeasureReader(vocabulary).definition(at, MeasureReader.OF_MODEL, name == null ? "unnamed" : name);
        if (name == null || definition == null) {
            return null;
        }
        return new NamedMeasure(name, definition, FieldReader.unit(at), FieldReader.currency(at));
    }
}
