package dev.sextant.query.split;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a measure's value is made of the parts of its group, by their indexes. */
sealed interface Formula {

    /** Null where there is no value. */
    @Nullable
    Object value(List<@Nullable Object> parts);

    record Same(int part) implements Formula {
        @Override
        public @Nullable Object value(List<@Nullable Object> parts) {
            return parts.get(part);
        }
    }

    /** A sum of doubles: null where it is of nothing, or beyond all doubles. */
    record DoubleSum(int sum, int count) implements Formula {
        @Override
        public @Nullable Object value(List<@Nullable Object> parts) {
            return finite(isZero(parts.get(count)) ? null : (Double) parts.get(sum));
        }
    }

    record Average(int sum, int count) implements Formula {
        @Override
        public @Nullable Object value(List<@Nullable Object> parts) {
            Object number = parts.get(count);
            Double dividend = asDouble(parts.get(sum));
            return isZero(number) || dividend == null || number == null
                    ? null
                    : finite(dividend / ((Number) number).doubleValue());
        }
    }

    /** In doubles; null where the divisor is zero or null. */
    record Quotient(Formula dividend, Formula divisor) implements Formula {
        @Override
        public @Nullable Object value(List<@Nullable Object> parts) {
            Double above = asDouble(dividend.value(parts));
            Double below = asDouble(divisor.value(parts));
            return above == null || below == null || below == 0 ? null : finite(above / below);
        }
    }

    private static boolean isZero(@Nullable Object count) {
        return count == null || count.equals(0L);
    }

    private static @Nullable Double asDouble(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case BigInteger whole -> whole.doubleValue();
            case Number number -> number.doubleValue();
            default -> throw new IllegalStateException("Only numbers are divided");
        };
    }

    private static @Nullable Double finite(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }
}
