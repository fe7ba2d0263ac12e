package dev.sextant.oracle;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Expressions over fields, of every type. */
final class RandomFormulas {

    private static final List<Kind> NUMBERS = List.of(Kind.LONG, Kind.DOUBLE);
    private static final List<Kind> ORDERED = List.of(Kind.LONG, Kind.DOUBLE, Kind.STRING, Kind.TIMESTAMP);
    private static final List<String> COMPARISONS = List.of("=", "<>", "!=", "<", "<=", ">", ">=");

    private final Palette palette;
    private final Random random;

    RandomFormulas(Palette palette, Random random) {
        this.palette = palette;
        this.random = random;
    }

    Formula next(Kind kind) {
        return of(kind, random.nextInt(1, 4));
    }

    private Formula of(Kind kind, int depth) {
        if (depth > 0 && kind != Kind.BOOLEAN && random.nextInt(4) == 0) {
            return chosen(kind, depth - 1);
        }
        return switch (kind) {
            case LONG -> depth == 0 ? aWhole() : whole(depth - 1);
            case DOUBLE -> depth == 0 ? aNumber() : number(depth - 1);
            case STRING -> depth == 0 ? aText() : text(depth - 1);
            case BOOLEAN -> depth == 0 ? compared(0) : condition(depth - 1);
            case TIMESTAMP -> anInstant();
            default -> throw new IllegalArgumentException("No expression is of it");
        };
    }

    /** One of several values of the kind. */
    private Formula chosen(Kind kind, int depth) {
        List<Formula> operands = List.of(of(kind, depth), of(kind, depth));
        Formula condition = of(Kind.BOOLEAN, depth);
        List<Formula> withCondition = List.of(condition, operands.getFirst(), operands.getLast());
        return switch (random.nextInt(6)) {
            case 0 -> Formula.of("COALESCE(%s, %s)", kind, operands, Meanings::first);
            case 1 -> Formula.of("GREATEST(%s, %s)", kind, operands, values -> Meanings.most(values, false));
            case 2 -> Formula.of("least(%s, %s)", kind, operands, values -> Meanings.most(values, true));
            case 3 ->
                Formula.of(
                        "CASE WHEN %s THEN %s END",
                        kind,
                        List.of(condition, operands.getFirst()),
                        values -> Meanings.isMet(values.getFirst()) ? values.getLast() : null);
            case 4 -> Formula.of("NULLIF(%s, %s)", kind, operands, Meanings::unlessEqual);
            default ->
                Formula.of(
                        "CASE WHEN %s THEN %s ELSE %s END",
                        kind, withCondition, values -> values.get(Meanings.isMet(values.getFirst()) ? 1 : 2));
        };
    }

    private Formula aWhole() {
        return switch (random.nextInt(5)) {
            case 0 -> Formula.named("big", "big", Kind.LONG);
            case 1 -> aLiteral(BigInteger.valueOf(random.nextInt(-4, 6)));
            case 2 ->
                Formula.strictly(
                        "CAST(%s AS long)",
                        Kind.LONG, List.of(aProperty()), values -> Casts.read((String) values.getFirst(), Kind.LONG));
            default -> Formula.named("n", "n", Kind.LONG);
        };
    }

    private static Formula aLiteral(BigInteger value) {
        return Formula.literal(value.toString(), Kind.LONG, value);
    }

    private Formula aProperty() {
        String name = palette.pick(List.of("properties.p", "properties.q", "properties.r.a", "doc.a"));
        return Formula.named(name, name, Kind.STRING);
    }

    private Formula whole(int depth) {
        return switch (random.nextInt(9)) {
            case 0 -> wholes("(%s + %s)", depth, BigInteger::add);
            case 1 -> wholes("(%s - %s)", depth, BigInteger::subtract);
            case 2 -> wholes("(%s * %s)", depth, BigInteger::multiply);
            case 3 -> Formula.strictly("(%s %% %s)", Kind.LONG, both(Kind.LONG, depth), Meanings::remainder);
            case 4 -> ofWhole("ABS(%s)", depth, BigInteger::abs);
            case 5 -> ofWhole("(- %s)", depth, BigInteger::negate);
            case 6 ->
                Formula.strictly(
                        "LENGTH(%s)",
                        Kind.LONG,
                        List.of(of(Kind.STRING, depth)),
                        values -> BigInteger.valueOf(
                                ((String) values.getFirst()).codePoints().count()));
            case 7 ->
                Formula.strictly(
                        "CAST(%s AS long)",
                        Kind.LONG,
                        List.of(of(Kind.DOUBLE, depth)),
                        values -> Meanings.truncated((Approximate) values.getFirst()));
            default ->
                Formula.strictly(
                        "EPOCH_MS(%s)",
                        Kind.LONG,
                        List.of(anInstant()),
                        values -> BigInteger.valueOf(((Instant) values.getFirst()).toEpochMilli()));
        };
    }

    private Formula wholes(String form, int depth, BinaryOperator<BigInteger> operator) {
        return Formula.strictly(
                form,
                Kind.LONG,
                both(Kind.LONG, depth),
                values -> Casts.whole(operator.apply((BigInteger) values.getFirst(), (BigInteger) values.getLast())));
    }

    private Formula ofWhole(String form, int depth, UnaryOperator<BigInteger> operator) {
        return Formula.strictly(
                form,
                Kind.LONG,
                List.of(of(Kind.LONG, depth)),
                values -> Casts.whole(operator.apply((BigInteger) values.getFirst())));
    }

    private List<Formula> both(Kind kind, int depth) {
        return List.of(of(kind, depth), of(kind, depth));
    }

    private Formula aNumber() {
        return switch (random.nextInt(5)) {
            case 0 -> Formula.named("wild", "wild", Kind.DOUBLE);
            case 1 -> {
                double value = random.nextInt(-8, 9) / 4.0;
                yield Formula.literal(Double.toString(value), Kind.DOUBLE, Approximate.exactly(value));
            }
            case 2 ->
                Formula.strictly(
                        "CAST(%s AS double)",
                        Kind.DOUBLE,
                        List.of(aProperty()),
                        values -> Casts.read((String) values.getFirst(), Kind.DOUBLE));
            default -> Formula.named("x", "x", Kind.DOUBLE);
        };
    }

    private Formula number(int depth) {
        Formula one = of(Kind.DOUBLE, depth);
        Formula other = of(palette.pick(NUMBERS), depth);
        List<Formula> both = random.nextBoolean() ? List.of(one, other) : List.of(other, one);
        return switch (random.nextInt(9)) {
            case 0 -> Formula.strictly("(%s + %s)", Kind.DOUBLE, both, Meanings.inDoubles(Approximate::plus));
            case 1 -> Formula.strictly("(%s - %s)", Kind.DOUBLE, both, Meanings.inDoubles(Approximate::minus));
            case 2 -> Formula.strictly("(%s * %s)", Kind.DOUBLE, both, Meanings.inDoubles(Approximate::times));
            case 3 -> Formula.strictly("(%s / %s)", Kind.DOUBLE, both, Meanings.inDoubles(Approximate::dividedBy));
            case 4 ->
                Formula.strictly(
                        "(%s / %s)", Kind.DOUBLE, both(Kind.LONG, depth), Meanings.inDoubles(Approximate::dividedBy));
            case 5 -> Formula.strictly("ABS(%s)", Kind.DOUBLE, List.of(one), Meanings.ofDouble(Approximate::absolute));
            case 6 -> rounded(one);
            case 7 -> Formula.strictly("SQRT(%s)", Kind.DOUBLE, List.of(one), Meanings::root);
            default ->
                Formula.strictly(
                        "(- %s)",
                        Kind.DOUBLE,
                        List.of(one),
                        Meanings.ofDouble(number -> Approximate.exactly(0).minus(number)));
        };
    }

    private Formula rounded(Formula number) {
        RoundingMode mode = palette.pick(List.of(RoundingMode.HALF_UP, RoundingMode.FLOOR, RoundingMode.CEILING));
        String form = switch (mode) {
            case FLOOR -> "FLOOR(%s)";
            case CEILING -> "CEIL(%s)";
            default -> "ROUND(%s)";
        };
        return Formula.strictly(
                form, Kind.DOUBLE, List.of(number), Meanings.ofDouble(value -> Meanings.rounded(value, mode)));
    }

    private Formula aText() {
        return switch (random.nextInt(4)) {
            case 0 -> {
                String text = palette.text();
                yield Formula.literal("'" + text.replace("'", "''") + "'", Kind.STRING, text);
            }
            case 1 -> aProperty();
            default -> {
                String name = palette.pick(List.of("who", "city"));
                yield Formula.named(name, name, Kind.STRING);
            }
        };
    }

    private Formula text(int depth) {
        return switch (random.nextInt(7)) {
            case 0 -> ofText("UPPER(%s)", depth, text -> Meanings.eachPoint(text, Meanings::upper));
            case 1 -> ofText("lower(%s)", depth, text -> Meanings.eachPoint(text, Character::toLowerCase));
            case 2 -> ofText("TRIM(%s)", depth, text -> text.replaceAll("^ +| +$", ""));
            case 3 -> {
                int from = random.nextInt(1, 4);
                int length = random.nextInt(0, 4);
                String form = "SUBSTRING(%%s, %d, %d)".formatted(from, length);
                yield ofText(form, depth, text -> Meanings.part(text, from, length));
            }
            case 4 ->
                Formula.strictly(
                        "CAST(%s AS string)",
                        Kind.STRING,
                        List.of(of(Kind.LONG, depth)),
                        values -> values.getFirst().toString());
            case 5 ->
                Formula.strictly(
                        "(%s || %s)",
                        Kind.STRING, both(Kind.STRING, depth), values -> (String) values.getFirst() + values.getLast());
            default ->
                Formula.strictly(
                        "CONCAT(%s, %s)",
                        Kind.STRING, both(Kind.STRING, depth), values -> (String) values.getFirst() + values.getLast());
        };
    }

    private Formula ofText(String form, int depth, UnaryOperator<String> operator) {
        return Formula.strictly(
                form,
                Kind.STRING,
                List.of(of(Kind.STRING, depth)),
                values -> operator.apply((String) values.getFirst()));
    }

    private Formula anInstant() {
        if (random.nextInt(4) == 0) {
            Instant instant = palette.time();
            return Formula.literal("TIMESTAMP '%s'".formatted(instant), Kind.TIMESTAMP, instant);
        }
        String name = palette.pick(List.of("time", "at"));
        return Formula.named(name, name, Kind.TIMESTAMP);
    }

    private Formula condition(int depth) {
        List<Formula> both = both(Kind.BOOLEAN, depth);
        return switch (random.nextInt(8)) {
            case 0 ->
                Formula.of(
                        "(%s AND %s)",
                        Kind.BOOLEAN, both, values -> values.stream().allMatch(Meanings::isMet));
            case 1 ->
                Formula.of(
                        "(%s OR %s)",
                        Kind.BOOLEAN, both, values -> values.stream().anyMatch(Meanings::isMet));
            case 2 ->
                Formula.of(
                        "NOT %s", Kind.BOOLEAN, List.of(both.getFirst()), values -> !Meanings.isMet(values.getFirst()));
            case 3 ->
                Formula.of(
                        "NOT ok",
                        Kind.BOOLEAN,
                        List.of(Formula.named("ok", "ok", Kind.BOOLEAN)),
                        values -> !Meanings.isMet(values.getFirst()));
            case 4 -> isNull(of(palette.pick(ORDERED), depth));
            case 5 -> ofTexts(depth);
            case 6 -> in(depth);
            default -> compared(depth);
        };
    }

    private static Formula isNull(Formula operand) {
        return Formula.of(
                "(%s IS NULL)",
                Kind.BOOLEAN, List.of(operand), values -> Approximate.finite(values.getFirst()) == null);
    }

    private Formula ofTexts(int depth) {
        List<Formula> both = both(Kind.STRING, depth);
        return random.nextBoolean()
                ? Formula.of("CONTAINS(%s, %s)", Kind.BOOLEAN, both, values -> Meanings.holds(values, String::contains))
                : Formula.of(
                        "STARTS_WITH(%s, %s)",
                        Kind.BOOLEAN, both, values -> Meanings.holds(values, String::startsWith));
    }

    private Formula in(int depth) {
        Kind kind = palette.pick(ORDERED);
        List<Formula> operands = List.of(of(kind, depth), of(kind, 0), of(kind, 0));
        return Formula.of(
                "(%s IN (%s, %s))",
                Kind.BOOLEAN,
                operands,
                values -> values.subList(1, 3).stream()
                        .anyMatch(value -> Meanings.compared("=", values.getFirst(), value)));
    }

    private Formula compared(int depth) {
        Kind kind = palette.pick(ORDERED);
        Kind other = NUMBERS.contains(kind) ? palette.pick(NUMBERS) : kind;
        String sign = palette.pick(COMPARISONS);
        return Formula.of(
                "(%%s %s %%s)".formatted(sign),
                Kind.BOOLEAN,
                List.of(of(kind, depth), of(other, depth)),
                values -> Meanings.compared(sign, values.getFirst(), values.getLast()));
    }
}
