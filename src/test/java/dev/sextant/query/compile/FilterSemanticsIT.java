package dev.sextant.query.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.query.model.Bodies;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Filter;
import dev.sextant.query.model.Filter.Comparison;
import dev.sextant.query.model.Filter.Operator;
import dev.sextant.query.model.ModelReader;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.QueryReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Random conditions over rows full of nulls: what the engine finds, against the same conditions worked out in Java. */
class FilterSemanticsIT {

    private static final DatasetModel MODEL = ModelReader.read(Bodies.json("""
            {'dimensions': [{'name': 'text', 'type': 'string'}, {'name': 'whole', 'type': 'long'},
              {'name': 'real', 'type': 'double'}, {'name': 'flag', 'type': 'boolean'}, {'name': 'at', 'type': 'timestamp'}]}"""), "");

    private static final Map<String, List<Object>> FIELD_TO_VALUES = Map.of(
            "text", List.of("", "a", "b", "B", "ab", "é", "z", "\uFB00", "\uD835\uDCB3", "a'b", "%", "a\nb", "_"),
            "whole", List.of(-5L, 0L, 1L, 2L, Long.MAX_VALUE, Long.MIN_VALUE, 9007199254740993L, 9007199254740992L),
            "real", List.of(-1.5, 0.0, 0.1, 1.0, 1e300, -1e-300),
            "flag", List.of(true, false),
            "at",
                    List.of(
                            Instant.EPOCH,
                            Instant.parse("2015-10-25T01:00:00.000001Z"),
                            Instant.parse("1969-01-01T00:00:00Z")),
            "properties.p", List.of("5", " 7", "abc", "true", "1.5", 5.0, 1.5, 7.0));

    /** What a property may hold: as JSON, and as the text it reads as. */
    private static final Map<String, @Nullable String> JSON_TO_TEXT = new HashMap<>();

    static {
        JSON_TO_TEXT.put("{\"p\":\"5\"}", "5");
        JSON_TO_TEXT.put("{\"p\":5}", "5");
        JSON_TO_TEXT.put("{\"p\":\" 7\"}", " 7");
        JSON_TO_TEXT.put("{\"p\":\"abc\"}", "abc");
        JSON_TO_TEXT.put("{\"p\":\"NaN\"}", "NaN");
        JSON_TO_TEXT.put("{\"p\":\"Infinity\"}", "Infinity");
        JSON_TO_TEXT.put("{\"p\":true}", "true");
        JSON_TO_TEXT.put("{\"p\":1.5}", "1.5");
        JSON_TO_TEXT.put("{\"p\":null}", null);
        JSON_TO_TEXT.put("{}", null);
    }

    private static final List<Map<String, @Nullable Object>> ROWS = new ArrayList<>();
    private static @Nullable DuckDbTables tables;
    private static @Nullable Asking asking;

    @BeforeContainer
    static void load() throws SQLException {
        Random random = new Random(7);
        List<Map<String, @Nullable Object>> stored = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Map<String, @Nullable Object> row = new HashMap<>();
            for (String field : List.of("text", "whole", "real", "flag", "at")) {
                List<Object> values = FIELD_TO_VALUES.getOrDefault(field, List.of());
                row.put(field, random.nextInt(4) == 0 ? null : values.get(random.nextInt(values.size())));
            }
            row.put("event_id", "e" + i);
            row.put("__time", Instant.EPOCH);
            String json = List.copyOf(JSON_TO_TEXT.keySet()).get(random.nextInt(JSON_TO_TEXT.size()));
            row.put("properties", random.nextInt(8) == 0 ? null : json);
            stored.add(row);
            Map<String, @Nullable Object> seen = new HashMap<>(row);
            seen.put("properties.p", row.get("properties") == null ? null : JSON_TO_TEXT.get(json));
            ROWS.add(seen);
        }
        tables = new DuckDbTables();
        tables.create(MODEL.table("rows"));
        tables.insert("rows", stored);
        asking = new Asking(tables, "rows", MODEL);
    }

    @AfterContainer
    static void close() throws SQLException {
        if (tables != null) {
            tables.close();
        }
    }

    @Property(tries = 1500)
    void findsExactlyTheRowsThatMeetIt(@ForAll("filters") Filter filter) {
        Query query = Query.of("rows")
                .dimensions(List.of(new Dimension.Plain("event_id", "event_id")))
                .filter(filter)
                .limit(10_000)
                .build();
        Set<@Nullable Object> expected = new HashSet<>();
        ROWS.stream().filter(row -> meets(filter, row)).forEach(row -> expected.add(row.get("event_id")));

        Query read = QueryReader.read(query.toJson(), "rows", MODEL);
        List<List<@Nullable Object>> found =
                Objects.requireNonNull(asking).page(read).rows();

        assertThat(read).isEqualTo(query);
        assertThat(found).extracting(List::getFirst).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static boolean meets(Filter filter, Map<String, @Nullable Object> row) {
        return switch (filter) {
            case Comparison comparison -> meets(comparison, row.get(comparison.field()));
            case Filter.And and -> and.all().stream().allMatch(one -> meets(one, row));
            case Filter.Or or -> or.any().stream().anyMatch(one -> meets(one, row));
            case Filter.Not not -> !meets(not.filter(), row);
            case Filter.InSegment _, Filter.Met _ -> throw new AssertionError("None are made");
        };
    }

    private static boolean meets(Comparison comparison, @Nullable Object stored) {
        Object first = comparison.values().getFirst();
        boolean asNumber = comparison.field().startsWith("properties.") && first instanceof Double;
        Object value = asNumber ? number(stored) : stored;
        return switch (comparison.operator()) {
            case IS_NULL -> first.equals(value == null);
            case EXISTS -> first.equals(value != null);
            case NE -> !first.equals(value);
            case NIN -> value == null || !comparison.values().contains(value);
            default -> value != null && meets(comparison.operator(), value, comparison.values());
        };
    }

    private static @Nullable Object number(@Nullable Object text) {
        return text != null && List.of("5", "1.5").contains(text.toString()) ? Double.valueOf(text.toString()) : null;
    }

    private static boolean meets(Operator operator, Object value, List<Object> operands) {
        Object operand = operands.getFirst();
        return switch (operator) {
            case EQ -> value.equals(operand);
            case IN -> operands.contains(value);
            case GT -> order(value, operand) > 0;
            case GTE -> order(value, operand) >= 0;
            case LT -> order(value, operand) < 0;
            case LTE -> order(value, operand) <= 0;
            case BETWEEN -> order(value, operand) >= 0 && order(value, operands.getLast()) <= 0;
            case CONTAINS -> value.toString().contains(operand.toString());
            case STARTS_WITH -> value.toString().startsWith(operand.toString());
            case REGEX ->
                Pattern.compile(operand.toString()).matcher(value.toString()).find();
            case NE, NIN, IS_NULL, EXISTS -> throw new AssertionError("Answered before");
        };
    }

    private static int order(Object one, Object other) {
        return switch (one) {
            case String text ->
                Arrays.compareUnsigned(
                        text.getBytes(StandardCharsets.UTF_8), other.toString().getBytes(StandardCharsets.UTF_8));
            case Long whole -> whole.compareTo((Long) other);
            case Double real -> real.compareTo((Double) other);
            case Instant instant -> instant.compareTo((Instant) other);
            default -> throw new AssertionError("Has no order");
        };
    }

    @Provide
    Arbitrary<Filter> filters() {
        return tree(4);
    }

    private static Arbitrary<Filter> tree(int depth) {
        Arbitrary<Filter> leaf = comparisons();
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<List<Filter>> several =
                Arbitraries.lazy(() -> tree(depth - 1)).list().ofMinSize(1).ofMaxSize(3);
        return Arbitraries.frequencyOf(
                Tuple.of(3, leaf),
                Tuple.of(2, several.map(Filter.And::new)),
                Tuple.of(2, several.map(Filter.Or::new)),
                Tuple.of(2, Arbitraries.lazy(() -> tree(depth - 1)).map(Filter.Not::new)));
    }

    private static Arbitrary<Filter> comparisons() {
        return Arbitraries.of(FIELD_TO_VALUES.keySet())
                .flatMap(field -> Arbitraries.of(operators(field)).flatMap(operator -> comparison(field, operator)));
    }

    private static List<Operator> operators(String field) {
        List<Operator> fitting = new ArrayList<>(List.of(Operator.values()));
        if (!field.equals("text") && !field.startsWith("properties.")) {
            fitting.removeAll(List.of(Operator.CONTAINS, Operator.STARTS_WITH, Operator.REGEX));
        }
        if (field.equals("flag")) {
            fitting.removeAll(List.of(Operator.GT, Operator.GTE, Operator.LT, Operator.LTE, Operator.BETWEEN));
        }
        return fitting;
    }

    private static Arbitrary<Filter> comparison(String field, Operator operator) {
        List<Object> values = FIELD_TO_VALUES.getOrDefault(field, List.of());
        return switch (operator) {
            case IS_NULL, EXISTS ->
                Arbitraries.of(true, false).map(wanted -> new Comparison(field, operator, List.of(wanted)));
            case REGEX ->
                Arbitraries.of("a", "^a", "b$", "a.b", "[^a-z]", "(?i)B", "\\d+", "^$", "é|z")
                        .map(regex -> new Comparison(field, operator, List.of(regex)));
            case CONTAINS, STARTS_WITH ->
                Arbitraries.of("", "a", "b", "'", "%", "_", "\uD835\uDCB3", "7")
                        .map(text -> new Comparison(field, operator, List.of(text)));
            case BETWEEN ->
                Combinators.combine(Arbitraries.of(values), Arbitraries.of(values))
                        .as((from, to) -> List.of(from, to))
                        .filter(FilterSemanticsIT::areOfOneType)
                        .map(pair -> new Comparison(field, operator, pair));
            case IN, NIN ->
                Arbitraries.of(values)
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(4)
                        .filter(FilterSemanticsIT::areOfOneType)
                        .map(list -> new Comparison(field, operator, list));
            default -> Arbitraries.of(values).map(value -> new Comparison(field, operator, List.of(value)));
        };
    }

    private static boolean areOfOneType(List<Object> values) {
        return values.stream().map(Object::getClass).distinct().count() == 1;
    }
}
