package dev.sextant.oracle;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** Expressions over measures. */
final class OfMeasures {

    private OfMeasures() {}

    static Formula any(Formula one, Formula other, Random random) {
        List<Formula> both = List.of(one, other);
        return switch (random.nextInt(4)) {
            case 0 -> sum(both);
            case 1 -> Formula.strictly("%s / %s", Kind.DOUBLE, both, Meanings.inDoubles(Approximate::dividedBy));
            case 2 ->
                Formula.strictly(
                        "100.0 * %s / %s",
                        Kind.DOUBLE,
                        both,
                        values -> Approximate.exactly(100)
                                .times(Approximate.of(values.getFirst()))
                                .dividedBy(Approximate.of(values.getLast())));
            default ->
                Formula.of(
                        "CASE WHEN %s > %s THEN %s ELSE 0 END",
                        one.kind(),
                        List.of(one, other, one),
                        values -> Meanings.compared(">", values.getFirst(), values.get(1))
                                ? values.getFirst()
                                : zero(one.kind()));
        };
    }

    private static Object zero(Kind kind) {
        return kind == Kind.DOUBLE ? Approximate.exactly(0) : BigInteger.ZERO;
    }

    private static Formula sum(List<Formula> both) {
        List<Kind> kinds = both.stream().map(Formula::kind).toList();
        if (kinds.contains(Kind.DOUBLE)) {
            return Formula.strictly("%s + %s", Kind.DOUBLE, both, Meanings.inDoubles(Approximate::plus));
        }
        boolean exact = kinds.contains(Kind.DECIMAL);
        return Formula.strictly(
                "%s + %s",
                exact ? Kind.DECIMAL : Kind.LONG, both, values -> {
                    BigInteger sum = ((BigInteger) values.getFirst()).add((BigInteger) values.getLast());
                    return exact ? sum : Casts.whole(sum);
                });
    }
}
