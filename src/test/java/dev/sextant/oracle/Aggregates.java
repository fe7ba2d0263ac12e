package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What measures come to over a list of events. */
final class Aggregates {

    /** What the order of addition may change in a sum of doubles, relative to the sum of their sizes. */
    private static final double SUM_TOLERANCE = 1e-9;

    /** Relative, of two in three estimates. */
    private static final double SKETCH_ERROR = 0.0325;

    /** Quarters below this add up without rounding, whatever their order. */
    private static final double EXACT_MAX = 1L << 40;

    private final Schema schema;
    private final List<JsonNode> measures;
    private final Conditions conditions;

    /** @param measures that expressions may name */
    Aggregates(Schema schema, List<JsonNode> measures) {
        this.schema = schema;
        this.measures = measures;
        this.conditions = new Conditions(schema);
    }

    @Nullable
    Object value(JsonNode measure, List<Event> events) {
        if (measure.has("measure")) {
            return value(schema.measure(measure.get("measure").textValue()), events);
        }
        if (measure.get("agg").textValue().equals("expression")) {
            String text = measure.get("expr").textValue();
            return schema.formula(text).value(name -> value(Columns.named(name, schema, measures), events));
        }
        if (measure.get("agg").textValue().equals("ratio")) {
            return ratio(
                    value(measure.get("of").get(0), events),
                    value(measure.get("of").get(1), events));
        }
        List<Event> taken = measure.has("filter")
                ? events.stream()
                        .filter(event -> conditions.met(measure.get("filter"), new EventSubject(schema, event)))
                        .toList()
                : events;
        return aggregate(measure, taken);
    }

    private @Nullable Object aggregate(JsonNode measure, List<Event> events) {
        String aggregate = measure.get("agg").textValue();
        if (aggregate.equals("count")) {
            return BigInteger.valueOf(events.size());
        }
        List<Object> values = events.stream()
                .<@Nullable Object>map(event -> schema.input(measure, event))
                .filter(Objects::nonNull)
                .map(value -> Objects.requireNonNull(value))
                .toList();
        if (aggregate.equals("count_distinct")) {
            int count = new HashSet<>(values).size();
            return measure.path("exact").asBoolean(true) ? BigInteger.valueOf(count) : sketched(count);
        }
        return values.isEmpty() ? null : aggregate(measure, aggregate, values);
    }

    /** Three times the error that is said: of so few values none is farther off. */
    private static Approximate sketched(int count) {
        return new Approximate(count, Math.ceil(count * SKETCH_ERROR * 3));
    }

    private static Object aggregate(JsonNode measure, String aggregate, List<Object> values) {
        return switch (aggregate) {
            case "sum" -> sum(values);
            case "avg" -> average(values);
            case "min" -> values.stream().min(Values::compare).orElseThrow();
            case "max" -> values.stream().max(Values::compare).orElseThrow();
            case "quantile" -> quantile(values, measure.get("q").doubleValue());
            default -> throw new IllegalArgumentException(aggregate);
        };
    }

    private static BigDecimal decimal(Object number) {
        return number instanceof BigInteger whole
                ? new BigDecimal(whole)
                : new BigDecimal(((Approximate) number).value());
    }

    private static BigDecimal total(List<Object> values) {
        return values.stream().map(Aggregates::decimal).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Object sum(List<Object> values) {
        BigDecimal total = total(values);
        return values.getFirst() instanceof BigInteger
                ? total.toBigIntegerExact()
                : new Approximate(total.doubleValue(), sumTolerance(values));
    }

    private static double sumTolerance(List<Object> values) {
        boolean exact = values.stream()
                .mapToDouble(value -> ((Approximate) value).value())
                .allMatch(value -> value * 4 == Math.rint(value * 4) && Math.abs(value) < EXACT_MAX);
        return exact ? 0 : sizes(values) * SUM_TOLERANCE;
    }

    private static double sizes(List<Object> values) {
        return values.stream()
                .map(value -> decimal(value).abs())
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .doubleValue();
    }

    private static Approximate average(List<Object> values) {
        double average = total(values)
                .divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128)
                .doubleValue();
        boolean exact = values.getFirst() instanceof BigInteger ? sizes(values) < EXACT_MAX : sumTolerance(values) == 0;
        return exact
                ? Approximate.tightly(average)
                : new Approximate(average, sizes(values) / values.size() * SUM_TOLERANCE);
    }

    /** Source: Hyndman and Fan (1996), type 7. */
    private static Approximate quantile(List<Object> values, double q) {
        List<BigDecimal> sorted =
                values.stream().map(Aggregates::decimal).sorted().toList();
        BigDecimal place = new BigDecimal(q).multiply(BigDecimal.valueOf(sorted.size() - 1L));
        int below = place.intValue();
        BigDecimal low = sorted.get(below);
        BigDecimal high = sorted.get(Math.min(below + 1, sorted.size() - 1));
        BigDecimal part = place.subtract(BigDecimal.valueOf(below));
        double value = low.add(high.subtract(low).multiply(part)).doubleValue();
        double size = Math.max(low.abs().doubleValue(), high.abs().doubleValue());
        boolean exact = isOfQuarters(q)
                && size < EXACT_MAX
                && isOfQuarters(low.doubleValue())
                && isOfQuarters(high.doubleValue());
        return exact ? Approximate.exactly(value) : new Approximate(value, size * SUM_TOLERANCE);
    }

    private static boolean isOfQuarters(double value) {
        return value * 4 == Math.rint(value * 4);
    }

    private static @Nullable Approximate ratio(@Nullable Object dividend, @Nullable Object divisor) {
        if (dividend == null || divisor == null) {
            return null;
        }
        Approximate above = approximate(dividend);
        Approximate below = approximate(divisor);
        if (below.value() == 0 && below.tolerance() == 0) {
            return null;
        }
        if (below.admits(0)) {
            throw new Undecidable();
        }
        double value = above.value() / below.value();
        if (Double.isInfinite(value)) {
            return null; // beyond what a double, and JSON, can say
        }
        double tolerance = (above.tolerance() + Math.abs(value) * below.tolerance()) / Math.abs(below.value());
        return tolerance == 0 ? Approximate.tightly(value) : new Approximate(value, tolerance * 2);
    }

    private static Approximate approximate(Object number) {
        return number instanceof Approximate approximate
                ? approximate
                : Approximate.exactly(((BigInteger) number).doubleValue());
    }
}
