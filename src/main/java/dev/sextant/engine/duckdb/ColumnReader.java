package dev.sextant.engine.duckdb;

import dev.sextant.engine.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the values of one column of a result, in the form {@link FieldType} says. */
@FunctionalInterface
interface ColumnReader {

    @Nullable
    Object read(ResultSet rows) throws SQLException;

    /**
     * The reader for one column.
     *
     * @param sqlType the engine's name of the type that the column has
     */
    static ColumnReader of(int column, FieldType type, String sqlType) {
        return switch (type) {
            case STRING, JSON -> rows -> rows.getString(column);
            case BOOLEAN -> rows -> unlessNull(rows.getBoolean(column), rows);
            case LONG ->
                sqlType.equals("BIGINT")
                        ? rows -> unlessNull(rows.getLong(column), rows)
                        : rows -> map(whole(rows, column), BigInteger::longValueExact);
            case DOUBLE -> rows -> finite(rows.getObject(column));
            case DECIMAL -> rows -> whole(rows, column);
            case TIMESTAMP -> instants(column, sqlType);
        };
    }

    private static <T> @Nullable T unlessNull(T value, ResultSet rows) throws SQLException {
        return rows.wasNull() ? null : value;
    }

    private static @Nullable BigInteger whole(ResultSet rows, int column) throws SQLException {
        return switch (rows.getObject(column)) {
            case null -> null;
            case BigInteger number -> number;
            case BigDecimal number -> number.toBigIntegerExact();
            case Double number -> BigDecimal.valueOf(number).toBigIntegerExact();
            case Number number -> BigInteger.valueOf(number.longValue());
            default -> throw new IllegalStateException("A column that should hold numbers holds none");
        };
    }

    private static @Nullable Double finite(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Number number when Double.isFinite(number.doubleValue()) -> number.doubleValue();
            case Number _ -> null;
            default -> throw new IllegalStateException("A column that should hold numbers holds none");
        };
    }

    private static ColumnReader instants(int column, String sqlType) {
        return switch (sqlType) {
            case "DATE" ->
                rows -> map(
                        rows.getObject(column, LocalDate.class),
                        day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
            case "TIMESTAMP WITH TIME ZONE" ->
                rows -> map(rows.getObject(column, OffsetDateTime.class), OffsetDateTime::toInstant);
            default ->
                rows -> map(rows.getObject(column, LocalDateTime.class), moment -> moment.toInstant(ZoneOffset.UTC));
        };
    }

    private static <V, T> @Nullable T map(@Nullable V value, Function<V, T> change) {
        return value == null ? null : change.apply(value);
    }
}
