package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Into which stretch a number falls. Worked out in decimals. */
final class Bins {

    private Bins() {}

    /** Of the lower edge, for an input of this kind. */
    static Kind kind(JsonNode dimension, Kind input) {
        JsonNode bins = dimension.get("bins");
        boolean whole = Stream.concat(
                        Stream.of(bins.path("width"), bins.path("origin")), Oracle.list(bins.path("edges")).stream())
                .filter(number -> !number.isMissingNode())
                .allMatch(number -> number.doubleValue() == Math.rint(number.doubleValue()));
        return input == Kind.LONG && whole ? Kind.LONG : Kind.DOUBLE;
    }

    /** Null below the first edge. */
    static @Nullable Object edge(JsonNode bins, Object number, Kind kind) {
        BigDecimal value = number instanceof BigInteger whole
                ? new BigDecimal(whole)
                : new BigDecimal(((Approximate) number).value());
        BigDecimal edge = bins.has("edges") ? among(bins.get("edges"), value) : ofWidth(bins, value);
        if (edge == null) {
            return null;
        }
        return kind == Kind.LONG ? Casts.whole(edge.toBigIntegerExact()) : Approximate.exactly(edge.doubleValue());
    }

    private static @Nullable BigDecimal among(JsonNode edges, BigDecimal value) {
        return Oracle.list(edges).stream()
                .map(edge -> new BigDecimal(edge.doubleValue()))
                .filter(edge -> edge.compareTo(value) <= 0)
                .max(BigDecimal::compareTo)
                .map(edge -> BigDecimal.valueOf(edge.doubleValue()))
                .orElse(null);
    }

    /** The largest edge that, as a double, is not above the value. */
    private static BigDecimal ofWidth(JsonNode bins, BigDecimal value) {
        BigDecimal width = BigDecimal.valueOf(bins.get("width").doubleValue());
        BigDecimal origin = BigDecimal.valueOf(bins.path("origin").asDouble(0));
        BigDecimal index = value.subtract(origin).divide(width, 0, RoundingMode.FLOOR);
        BigDecimal next = origin.add(index.add(BigDecimal.ONE).multiply(width));
        boolean reached = new BigDecimal(next.doubleValue()).compareTo(value) <= 0;
        return reached ? next : origin.add(index.multiply(width));
    }
}
