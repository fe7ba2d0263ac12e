package dev.sextant.engine.duckdb;

import dev.sextant.engine.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneOffset;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** Reads the values of one column of a result, in the form {@link FieldType} says. Pure. */
final class ColumnReader {

    private ColumnReader() {}

    static @Nullable Object read(DuckDBReadableVector vector, long row, FieldType type) {
        if (vector.isNull(row)) {
            return null;
        }
        return switch (type) {
            case STRING, JSON -> vector.getString(row);
            case BOOLEAN -> vector.getBoolean(row);
            case LONG ->
                vector.getType() == DuckDBColumnType.BIGINT
                        ? vector.getLong(row)
                        : whole(vector, row).longValueExact();
            case DOUBLE -> finite(number(vector, row));
            case DECIMAL -> whole(vector, row);
            case TIMESTAMP ->
                switch (vector.getType()) {
                    case DATE ->
                        vector.getLocalDate(row).atStartOfDay(ZoneOffset.UTC).toInstant();
                    case TIMESTAMP_WITH_TIME_ZONE ->
                        vector.getOffsetDateTime(row).toInstant();
                    default -> vector.getLocalDateTime(row).toInstant(ZoneOffset.UTC);
                };
        };
    }

    private static BigInteger whole(DuckDBReadableVector vector, long row) {
        return switch (vector.getType()) {
            case HUGEINT -> vector.getHugeInt(row);
            case UHUGEINT -> vector.getUHugeInt(row);
            case UBIGINT -> vector.getUint64(row);
            case DECIMAL -> vector.getBigDecimal(row).toBigIntegerExact();
            case DOUBLE -> BigDecimal.valueOf(vector.getDouble(row)).toBigIntegerExact();
            default -> BigInteger.valueOf(small(vector, row));
        };
    }

    private static double number(DuckDBReadableVector vector, long row) {
        return switch (vector.getType()) {
            case DOUBLE -> vector.getDouble(row);
            case FLOAT -> vector.getFloat(row);
            case DECIMAL -> vector.getBigDecimal(row).doubleValue();
            default -> whole(vector, row).doubleValue();
        };
    }

    private static long small(DuckDBReadableVector vector, long row) {
        return switch (vector.getType()) {
            case TINYINT -> vector.getByte(row);
            case SMALLINT -> vector.getShort(row);
            case INTEGER -> vector.getInt(row);
            case BIGINT -> vector.getLong(row);
            case UTINYINT -> vector.getUint8(row);
            case USMALLINT -> vector.getUint16(row);
            case UINTEGER -> vector.getUint32(row);
            default -> throw new IllegalStateException("A column is no number: " + vector.getType());
        };
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
