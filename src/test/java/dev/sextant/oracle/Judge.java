package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.oracle.Expected.Column;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds the pages of an answer against what is expected: columns, types, every value in its very form, their order. */
final class Judge {

    private static final BigInteger SAFE_MAX = BigInteger.TWO.pow(53).subtract(BigInteger.ONE);

    private final Expected expected;
    private final int limit;

    Judge(Expected expected, JsonNode query) {
        this.expected = expected;
        this.limit = query.path("limit").asInt(1000);
    }

    /** How many pages there must be. */
    int pages() {
        return Math.max(1, (expected.rows().size() + limit - 1) / limit);
    }

    /** What is wrong with a page; empty where nothing is. */
    Optional<String> objection(JsonNode answer, int page) {
        List<List<@Nullable Object>> rows = rowsOf(page);
        List<Kind> kinds = kinds(rows, page);
        return Stream.of(
                        columns(answer.path("columns"), kinds),
                        rows(answer.path("rows"), rows, kinds),
                        totals(answer.path("totals"), kinds),
                        subtotals(answer.path("subtotals"), page, kinds),
                        compared(answer.path("compared_range")),
                        end(answer, page))
                .flatMap(Optional::stream)
                .findFirst();
    }

    List<List<@Nullable Object>> rowsOf(int page) {
        List<List<@Nullable Object>> rows = expected.rows();
        int from = Math.min(page * limit, rows.size());
        return rows.subList(from, Math.min(from + limit, rows.size()));
    }

    private Optional<String> end(JsonNode answer, int page) {
        boolean more = page + 1 < pages();
        boolean told = answer.path("has_more").asBoolean(!more) == more
                && answer.path("next_cursor").isTextual() == more;
        boolean exact = expected.columns().stream().noneMatch(Column::sketched);
        return !told || answer.path("exact").asBoolean(!exact) != exact
                ? Optional.of("has_more, next_cursor or exact: there %s more rows".formatted(more ? "are" : "are no"))
                : Optional.empty();
    }

    /** Whole numbers beyond what a double holds make their column one of strings, on this page. */
    private List<Kind> kinds(List<List<@Nullable Object>> rows, int page) {
        List<List<@Nullable Object>> all = new ArrayList<>(rows);
        if (expected.totals() != null) {
            all.add(measuresAsRow(expected.totals()));
        }
        if (expected.subtotals() != null && page == 0) {
            expected.subtotals()
                    .forEach(level -> level.rows()
                            .forEach(row -> all.add(
                                    measuresAsRow(row.subList(level.names().size(), row.size())))));
        }
        return IntStream.range(0, expected.columns().size())
                .mapToObj(column -> kind(
                        expected.columns().get(column).kind(), all.stream().anyMatch(row -> isBeyond(row.get(column)))))
                .toList();
    }

    private List<@Nullable Object> measuresAsRow(List<@Nullable Object> measures) {
        List<@Nullable Object> row = new ArrayList<>();
        while (row.size() < expected.columns().size() - measures.size()) {
            row.add(null);
        }
        row.addAll(measures);
        return row;
    }

    private static boolean isBeyond(@Nullable Object value) {
        return value instanceof BigInteger whole && whole.abs().compareTo(SAFE_MAX) > 0;
    }

    private static Kind kind(Kind kind, boolean beyond) {
        return beyond ? Kind.DECIMAL : kind == Kind.DECIMAL ? Kind.LONG : kind;
    }

    private Optional<String> columns(JsonNode columns, List<Kind> kinds) {
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            Column column = expected.columns().get(i);
            wanted.add("%s %s %s %s %s"
                    .formatted(column.name(), kinds.get(i), column.role(), column.unit(), column.grain()));
        }
        List<String> got = Oracle.list(columns).stream()
                .map(column -> "%s %s %s %s %s"
                        .formatted(
                                column.path("name").asText(),
                                Kind.of(column.path("type").asText()),
                                column.path("role").asText(),
                                column.path("unit").textValue(),
                                column.path("grain").textValue()))
                .toList();
        return got.equals(wanted) ? Optional.empty() : Optional.of("columns %s, not %s".formatted(got, wanted));
    }

    private Optional<String> rows(JsonNode got, List<List<@Nullable Object>> wanted, List<Kind> kinds) {
        return rows(got, wanted, kinds, IntStream.range(0, kinds.size()).boxed().toList());
    }

    private Optional<String> subtotals(JsonNode got, int page, List<Kind> kinds) {
        List<Expected.Level> levels = expected.subtotals();
        if (levels == null || page > 0) {
            return got.isMissingNode() ? Optional.empty() : Optional.of("subtotals that nobody asked for");
        }
        if (got.size() != levels.size()) {
            return Optional.of("%d levels, not %d".formatted(got.size(), levels.size()));
        }
        for (int i = 0; i < levels.size(); i++) {
            List<String> names = Oracle.list(got.get(i).get("level")).stream()
                    .map(JsonNode::textValue)
                    .toList();
            if (!names.equals(levels.get(i).names())) {
                return Optional.of("level %s, not %s".formatted(names, levels.get(i)));
            }
            Optional<String> objection = rows(
                    got.get(i).get("rows"),
                    levels.get(i).rows(),
                    kinds,
                    levels.get(i).columns());
            if (objection.isPresent()) {
                return Optional.of("subtotals %s: %s; %s".formatted(names, objection.get(), levels.get(i)));
            }
        }
        return Optional.empty();
    }

    private Optional<String> compared(JsonNode got) {
        Period period = expected.compared();
        boolean right = period == null
                ? got.isMissingNode()
                : got.path("from").asText().equals(text(period.from()))
                        && got.path("to").asText().equals(text(period.to()));
        return right ? Optional.empty() : Optional.of("compared_range %s, not %s".formatted(got, period));
    }

    /** @param columns of the rows, by their places */
    private Optional<String> rows(
            JsonNode got, List<List<@Nullable Object>> wanted, List<Kind> kinds, List<Integer> columns) {
        if (got.size() != wanted.size()) {
            return Optional.of("%d rows, not %d".formatted(got.size(), wanted.size()));
        }
        for (int i = 0; i < wanted.size(); i++) {
            for (int place = 0; place < columns.size(); place++) {
                int column = columns.get(place);
                JsonNode value = got.get(i).path(place);
                Object right = wanted.get(i).get(place);
                if (!isRight(value, right, kinds.get(column))) {
                    return Optional.of("row %d, %s: %s, not %s"
                            .formatted(i, expected.columns().get(column).name(), value, right));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> totals(JsonNode got, List<Kind> kinds) {
        List<@Nullable Object> totals = expected.totals();
        if (totals == null) {
            return got.isMissingNode() ? Optional.empty() : Optional.of("totals that nobody asked for");
        }
        int first = expected.columns().size() - totals.size();
        for (int i = 0; i < totals.size(); i++) {
            Column column = expected.columns().get(first + i);
            if (!isRight(got.path(column.name()), totals.get(i), kinds.get(first + i))) {
                return Optional.of(
                        "total %s: %s, not %s".formatted(column.name(), got.path(column.name()), totals.get(i)));
            }
        }
        return Optional.empty();
    }

    private static boolean isRight(JsonNode got, @Nullable Object right, Kind kind) {
        return switch (right) {
            case null -> got.isNull();
            case Boolean truth -> got.isBoolean() && got.booleanValue() == truth;
            case BigInteger whole
            when kind == Kind.DECIMAL -> got.isTextual() && got.textValue().equals(whole.toString());
            case BigInteger whole ->
                got.isIntegralNumber() && got.bigIntegerValue().equals(whole);
            case Approximate number ->
                (kind == Kind.LONG ? got.isIntegralNumber() : got.isFloatingPointNumber())
                        && number.admits(got.doubleValue());
            case String text when kind == Kind.JSON -> got.equals(Schema.parse(text));
            case String text -> got.isTextual() && got.textValue().equals(text);
            default -> got.isTextual() && got.textValue().equals(text((Instant) right));
        };
    }

    /** RFC 3339 in UTC with three decimals, or six where they are needed. */
    private static String text(Instant instant) {
        int digits = instant.truncatedTo(ChronoUnit.MILLIS).equals(instant) ? 3 : 6;
        DateTimeFormatter form =
                new DateTimeFormatterBuilder().appendInstant(digits).toFormatter(Locale.ROOT);
        return form.format(instant);
    }
}
