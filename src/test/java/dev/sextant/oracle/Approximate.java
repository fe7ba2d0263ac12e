package dev.sextant.oracle;

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
