package dev.sextant.engine.duckdb;

import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a statement the values of its {@code ?} marks, from the form that {@code FieldType} says. */
final class Bound {

    private Bound() {}

    static void to(PreparedStatement prepared, List<@Nullable Object> values) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            prepared.setObject(i + 1, bound(values.get(i)));
        }
    }

    private static @Nullable Object bound(@Nullable Object value) {
        return switch (value) {
            case Instant instant -> LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
            case null -> null;
            case String _, Long _, Integer _, Double _, Boolean _, BigInteger _ -> value;
            default -> throw new IllegalArgumentException("A parameter has a form that no field type says");
        };
    }
}
