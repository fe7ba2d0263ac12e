package dev.sextant.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A double, and how far off another computation of it may be. There is one zero.
 *
 * @param tolerance absolute, 0 where every right computation comes to the very same
 */
record Approximate(double value, double tolerance) implements Comparable<Approximate> {

    /** Of a correctly rounded operation on exact numbers: equal quotients are equal doubles. */
    private static final double TIGHT = 1e-12;

    Approximate {
        value = value == 0 ? 0.0 : value;
    }

    static Approximate exactly(double value) {
        return new Approximate(value, 0);
    }

    static Approximate tightly(double value) {
        return new Approximate(value, Math.abs(value) * TIGHT);
    }

    /** Of what measures come to: engines turn whole numbers that no double holds into one beside it. */
    static Approximate of(Object number) {
        if (number instanceof Approximate approximate) {
            return approximate;
        }
        double value = ((BigInteger) number).doubleValue();
        return new Approximate(value, Math.abs(value) > 1L << 53 ? Math.ulp(value) : 0);
    }

    Approximate plus(Approximate other) {
        return made(value + other.value, tolerance + other.tolerance);
    }

    Approximate minus(Approximate other) {
        return made(value - other.value, tolerance + other.tolerance);
    }

    Approximate times(Approximate other) {
        return made(
                value * other.value,
                Math.abs(value) * other.tolerance + Math.abs(other.value) * tolerance + tolerance * other.tolerance);
    }

    /** Null where it is by zero. */
    @Nullable
    Approximate dividedBy(Approximate other) {
        if (other.value == 0 && other.tolerance == 0) {
            return null;
        }
        if (other.admits(0)) {
            throw new Undecidable();
        }
        double quotient = value / other.value;
        return made(quotient, (tolerance + Math.abs(quotient) * other.tolerance) / Math.abs(other.value) * 2);
    }

    Approximate absolute() {
        return new Approximate(Math.abs(value), tolerance);
    }

    /** Exact operands make one double only, whoever computes it. */
    private static Approximate made(double value, double tolerance) {
        return tolerance == 0 ? exactly(value) : new Approximate(value, tolerance + Math.abs(value) * TIGHT);
    }

    /** Null in place of a double that is no finite number. */
    static @Nullable Object finite(@Nullable Object value) {
        return value instanceof Approximate number && !number.isFinite() ? null : value;
    }

    boolean isFinite() {
        return !Double.isNaN(value) && !Double.isInfinite(value);
    }

    /**
     * Rounded to whole ones.
     *
     * @throws Undecidable where that depends on how far off it is
     */
    BigDecimal rounded(RoundingMode mode) {
        BigDecimal low = new BigDecimal(value - tolerance).setScale(0, mode);
        if (low.compareTo(new BigDecimal(value + tolerance).setScale(0, mode)) != 0) {
            throw new Undecidable();
        }
        return low;
    }

    boolean admits(double other) {
        return other == value || Math.abs(other - value) <= tolerance;
    }

    boolean isTight() {
        return tolerance <= Math.abs(value) * TIGHT;
    }

    /** @throws Undecidable where it depends on rounding */
    @Override
    public int compareTo(Approximate other) {
        if (value == other.value && isTight() && other.isTight()) {
            return 0;
        }
        if (!(Math.abs(value - other.value) > tolerance + other.tolerance)) {
            throw new Undecidable();
        }
        return Double.compare(value, other.value);
    }
}
