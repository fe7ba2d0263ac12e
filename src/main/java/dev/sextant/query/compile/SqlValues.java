package dev.sextant.query.compile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.WholeNumber;
import dev.sextant.query.model.TimeRange;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the values of a statement's {@code ?} marks, each in the type that its place has. */
final class SqlValues {

    private SqlValues() {}

    static List<@Nullable Object> read(List<JsonNode> values, List<FieldType> types) {
        if (values.size() != types.size()) {
            throw new ProblemException(Unprocessable.at(
                    "/parameters",
                    Reason.INVALID_SQL,
                    "The statement has %d ? %s, and %d %s given."
                            .formatted(
                                    types.size(),
                                    types.size() == 1 ? "mark" : "marks",
                                    values.size(),
                                    values.size() == 1 ? "parameter is" : "parameters are")));
        }
        List<@Nullable Object> read = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            read.add(read(values.get(i), types.get(i), "/parameters/" + i));
        }
        return read;
    }

    private static @Nullable Object read(JsonNode value, FieldType type, String pointer) {
        if (value.isNull()) {
            return null;
        }
        return switch (type) {
            case STRING, JSON -> check(value.isTextual(), value.textValue(), type, pointer);
            case BOOLEAN -> check(value.isBoolean(), value.booleanValue(), type, pointer);
            case DOUBLE ->
                check(value.isNumber() && Double.isFinite(value.doubleValue()), value.doubleValue(), type, pointer);
            case LONG -> check(WholeNumber.isLong(value), value.longValue(), type, pointer);
            case DECIMAL -> check(value.isIntegralNumber(), value.bigIntegerValue(), type, pointer);
            case TIMESTAMP -> instant(value, type, pointer);
        };
    }

    private static Object check(boolean fits, @Nullable Object value, FieldType type, String pointer) {
        if (!fits || value == null) {
            throw new ProblemException(Unprocessable.at(
                    pointer,
                    Reason.TYPE_MISMATCH,
                    "A %s is wanted here%s."
                            .formatted(
                                    type.name().toLowerCase(Locale.ROOT),
                                    type == FieldType.TIMESTAMP
                                            ? ", such as 2015-09-12T00:00:00Z, in the years 0001 to 9999"
                                            : "")));
        }
        return value;
    }

    private static Object instant(JsonNode value, FieldType type, String pointer) {
        try {
            Instant instant = OffsetDateTime.parse(value.isTextual() ? value.textValue() : "")
                    .toInstant();
            boolean isInRange = !instant.isBefore(TimeRange.EARLIEST) && !instant.isAfter(TimeRange.LATEST);
            return check(isInRange, instant.truncatedTo(ChronoUnit.MICROS), type, pointer);
        } catch (DateTimeException _) {
            return check(false, null, type, pointer);
        }
    }
}
