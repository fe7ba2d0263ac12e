package dev.sextant.oracle;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the operations of expressions come to. */
final class Meanings {

    /** A double has no digits after the point beyond this. */
    private static final double WHOLE_MIN = 1L << 53;

    private Meanings() {}

    static boolean isMet(@Nullable Object condition) {
        return Boolean.TRUE.equals(condition);
    }

    static @Nullable Object first(List<@Nullable Object> values) {
        return values.stream()
                .filter(Objects::nonNull)
                .findFirst()
                .map(Meanings::finite)
                .orElse(null);
    }

    static @Nullable Object most(List<@Nullable Object> values, boolean least) {
        Comparator<Object> order = Values::compare;
        return values.stream()
                .filter(Objects::nonNull)
                .map(Meanings::finite)
                .min(least ? order : order.reversed())
                .orElse(null);
    }

    /** Which of them infinity is, nobody says. */
    private static Object finite(@Nullable Object value) {
        if (Approximate.finite(value) == null) {
            throw new Undecidable();
        }
        return Objects.requireNonNull(value);
    }

    static @Nullable Object unlessEqual(List<@Nullable Object> values) {
        return compared("=", values.getFirst(), values.getLast()) ? null : values.getFirst();
    }

    static boolean compared(String sign, @Nullable Object one, @Nullable Object other) {
        Object left = Approximate.finite(one);
        Object right = Approximate.finite(other);
        boolean isThere = left != null && right != null;
        return switch (sign) {
            case "=" -> isThere && compare(left, right) == 0;
            case "<>", "!=" -> !isThere || compare(left, right) != 0;
            case "<" -> isThere && compare(left, right) < 0;
            case "<=" -> isThere && compare(left, right) <= 0;
            case ">" -> isThere && compare(left, right) > 0;
            default -> isThere && compare(left, right) >= 0;
        };
    }

    private static int compare(@Nullable Object one, @Nullable Object other) {
        return Values.compare(Objects.requireNonNull(one), Objects.requireNonNull(other));
    }

    static boolean holds(List<@Nullable Object> texts, BiPredicate<String, String> relation) {
        return texts.getFirst() instanceof String one
                && texts.getLast() instanceof String other
                && relation.test(one, other);
    }

    static @Nullable Object remainder(List<Object> values) {
        BigInteger divisor = (BigInteger) values.getLast();
        return divisor.signum() == 0 ? null : ((BigInteger) values.getFirst()).remainder(divisor);
    }

    static Function<List<Object>, @Nullable Object> inDoubles(
            BiFunction<Approximate, Approximate, @Nullable Approximate> operator) {
        return values -> operator.apply(Approximate.of(values.getFirst()), Approximate.of(values.getLast()));
    }

    static Function<List<Object>, @Nullable Object> ofDouble(UnaryOperator<Approximate> operator) {
        return values -> operator.apply((Approximate) values.getFirst());
    }

    static @Nullable Object root(List<Object> values) {
        Approximate number = (Approximate) values.getFirst();
        if (number.value() < 0 || !number.isFinite()) {
            return null;
        }
        double root = Math.sqrt(number.value());
        return number.tolerance() == 0
                ? Approximate.exactly(root)
                : new Approximate(root, number.tolerance() / Math.max(root, Math.sqrt(number.tolerance())));
    }

    static Approximate rounded(Approximate number, RoundingMode mode) {
        return !number.isFinite() || Math.abs(number.value()) > WHOLE_MIN
                ? number
                : Approximate.exactly(number.rounded(mode).doubleValue());
    }

    static @Nullable Object truncated(Approximate number) {
        return number.isFinite() ? Casts.whole(number.rounded(RoundingMode.DOWN).toBigIntegerExact()) : null;
    }

    /** Unlike Java, gives the sharp s a capital of its own. */
    static int upper(int point) {
        return point == 'ß' ? 'ẞ' : Character.toUpperCase(point);
    }

    static String eachPoint(String text, IntUnaryOperator operator) {
        return text.codePoints()
                .map(operator)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** @param from the first code point's place is 1 */
    static String part(String text, int from, int length) {
        return text.codePoints()
                .skip(from - 1L)
                .limit(length)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
