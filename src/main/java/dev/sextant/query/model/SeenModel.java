package dev.sextant.query.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.authz.policy.ColumnRule.Mask;
import dev.sextant.authz.policy.ColumnRule.Masked;
import dev.sextant.authz.policy.DatasetRules;
import dev.sextant.engine.FieldType;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.expression.JsonPath;
import dev.sextant.query.model.DatasetModel.Hierarchy;
import dev.sextant.query.model.DatasetModel.NamedMeasure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the model by which somebody sees a dataset from whom something is kept back: what is hidden, and what is made of it,
 * is not in it. A rule that does not fit the dataset takes away rather than gives: a filter that cannot be read shows no
 * event, or, among those that hide events, hides all. Pure.
 */
public final class SeenModel {

    /** System columns that can be hidden or masked: the others are what events are told apart and found by. */
    public static final Set<String> SYSTEM = Set.of(Table.SOURCE, Table.PROPERTIES);

    /** Nothing leads down from one level. */
    private static final int LEVELS_MIN = 2;

    private final DatasetModel whole;
    private final DatasetRules rules;
    private final Set<String> hidden = new HashSet<>();
    private final Map<String, Masked> fieldToMask = new HashMap<>();
    private final Map<String, TreeSet<String>> fieldToMembers = new HashMap<>();
    private boolean isBeyondRules;

    private SeenModel(DatasetModel whole, DatasetRules rules) {
        this.whole = whole;
        this.rules = rules;
    }

    /** The model itself where nothing is kept back. */
    public static DatasetModel of(DatasetModel whole, DatasetRules rules) {
        return rules.areNone() ? whole : new SeenModel(whole, rules).seen();
    }

    private DatasetModel seen() {
        rules.hidden().forEach(this::hide);
        rules.fieldToMask().values().forEach(this::mask);
        Set<String> gone = hidden;
        Roles roles = roles(whole.roles());
        List<NamedMeasure> measures = whole.measures().stream()
                .filter(measure -> Collections.disjoint(FieldNames.of(measure.definition(), whole), gone))
                .toList();
        return new DatasetModel(
                roles,
                whole.dimensions().stream()
                        .filter(field -> !gone.contains(field.name()))
                        .toList(),
                whole.hierarchies().stream()
                        .map(this::hierarchy)
                        .filter(Objects::nonNull)
                        .toList(),
                measures,
                whole.segments().stream()
                        .filter(segment -> Collections.disjoint(FieldNames.of(segment.filter(), whole), gone))
                        .toList(),
                sight(measures));
    }

    private Sight sight(List<NamedMeasure> measures) {
        Map<String, List<String>> members = new HashMap<>();
        fieldToMembers.forEach((field, names) -> members.put(field, List.copyOf(names)));
        Set<String> system = new HashSet<>(hidden);
        system.retainAll(SYSTEM);
        return new Sight(
                whole,
                isBeyondRules ? nothing() : rows(),
                whole.ownFields().stream()
                        .map(Field::name)
                        .filter(name -> !hidden.contains(name))
                        .collect(Collectors.toSet()),
                fieldToMask,
                members,
                system,
                denied(measures),
                Policy.of(new String(Json.write(sorted(rules)), StandardCharsets.UTF_8))
                        .fingerprint());
    }

    /** Equal rules are to have equal texts. */
    private record Sorted(
            @Nullable List<JsonNode> any,
            List<JsonNode> without,
            List<String> hidden,
            List<Masked> masks,
            List<String> measures) {}

    private static Sorted sorted(DatasetRules rules) {
        return new Sorted(
                rules.any(),
                rules.without(),
                rules.hidden().stream().sorted().toList(),
                rules.fieldToMask().values().stream()
                        .sorted(java.util.Comparator.comparing(Masked::field))
                        .toList(),
                rules.measures().stream().sorted().toList());
    }

    /** Beside the field, what events brought under its name while it was not declared. */
    private void hide(String name) {
        if (!takeOut(name)) {
            takeOutOf(Table.PROPERTIES, name);
            if (isTouchable(name)) {
                hidden.add(name);
            }
        }
    }

    private void mask(Masked mask) {
        String name = mask.field();
        if (!takeOut(name)) {
            takeOutOf(Table.PROPERTIES, name);
            if (isTouchable(name)) {
                fieldToMask.put(name, ofType(mask));
            }
        }
    }

    /** Only texts have something to hash or to show a part of. */
    private Masked ofType(Masked mask) {
        Field field = Fields.of(whole).find(mask.field());
        return field != null && field.type() == FieldType.STRING ? mask : new Masked(mask.field(), Mask.NULL, null);
    }

    /** Takes a member out of a field of JSON; false where the name is none of a member. */
    private boolean takeOut(String name) {
        JsonPath path = JsonPath.mayBe(name) ? JsonPath.parse(name) : null;
        if (path == null || path.steps().isEmpty()) {
            return false;
        }
        if (path.steps().getFirst() instanceof String member) {
            takeOutOf(path.root(), member);
        } else {
            isBeyondRules = true;
        }
        return true;
    }

    private void takeOutOf(String field, String member) {
        fieldToMembers.computeIfAbsent(field, _ -> new TreeSet<>()).add(member);
    }

    /** What events are found by cannot be kept back: who is to be kept from that sees nothing. */
    private boolean isTouchable(String name) {
        boolean isSystem = Table.isReserved(name) && !SYSTEM.contains(name);
        isBeyondRules |= isSystem || name.equals(whole.roles().time());
        return !isSystem && !name.equals(whole.roles().time());
    }

    private Roles roles(Roles all) {
        return new Roles(
                all.time(),
                left(all.entity()),
                left(all.event()),
                left(all.session()),
                left(all.value()),
                left(all.touchpoint()));
    }

    private @Nullable String left(@Nullable String field) {
        return field == null || hidden.contains(field) ? null : field;
    }

    private @Nullable Hierarchy hierarchy(Hierarchy all) {
        List<String> levels = all.levels().stream()
                .filter(level -> !hidden.contains(level.split("[.\\[]", 2)[0]))
                .toList();
        return levels.size() < LEVELS_MIN ? null : new Hierarchy(all.name(), levels);
    }

    private @Nullable Filter rows() {
        List<Filter> both = new ArrayList<>();
        if (rules.any() != null) {
            List<Filter> any = rules.any().stream()
                    .map(this::filter)
                    .filter(Objects::nonNull)
                    .toList();
            both.add(any.isEmpty() ? nothing() : any.size() == 1 ? any.getFirst() : new Filter.Or(any));
        }
        for (JsonNode without : rules.without()) {
            Filter filter = filter(without);
            both.add(filter == null ? nothing() : new Filter.Not(filter));
        }
        return both.isEmpty() ? null : both.size() == 1 ? both.getFirst() : new Filter.And(both);
    }

    /** Null where it does not fit the dataset. */
    private @Nullable Filter filter(JsonNode node) {
        Refusals refusals = new Refusals(Reason.INVALID_QUERY);
        Filter filter = new FilterReader(Vocabulary.of(whole)).read(Place.body(node, "", refusals));
        return refusals.isEmpty() ? filter : null;
    }

    /** Every event has a time. */
    private Filter nothing() {
        return new Filter.Comparison(whole.roles().time(), Filter.Operator.IS_NULL, List.of(true));
    }

    /** Whoever may not ask for a measure may not ask for what is computed of it. */
    private Set<String> denied(List<NamedMeasure> measures) {
        Set<String> denied = new HashSet<>(rules.measures());
        for (NamedMeasure measure : measures) { // one is made only of those before it
            if (!Collections.disjoint(DeniedMeasures.named(measure.definition()), denied)) {
                denied.add(measure.name());
            }
        }
        return denied;
    }
}
