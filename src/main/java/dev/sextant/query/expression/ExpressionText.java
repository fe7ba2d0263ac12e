package dev.sextant.query.expression;

import dev.sextant.query.expression.Expression.Call;
import dev.sextant.query.expression.Expression.Case;
import dev.sextant.query.expression.Expression.Cast;
import dev.sextant.query.expression.Expression.Extract;
import dev.sextant.query.expression.Expression.Literal;
import dev.sextant.query.expression.Expression.Subject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes trees as texts, with as few brackets as {@link Parser} needs to find the same tree. */
final class ExpressionText {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** How tight things bind, as {@link Parser} has it. */
    private static final int LOOSEST = 1;

    private static final int NEGATION = 3;
    private static final int SUM = 5;
    private static final int SIGNED = 7;

    private ExpressionText() {}

    static String of(Expression expression) {
        return of(expression, LOOSEST);
    }

    /** @param loosest what binds looser goes in brackets */
    private static String of(Expression expression, int loosest) {
        return switch (expression) {
            case Literal literal -> literal(literal.value());
            case Subject subject -> name(subject.name());
            case Call call when call.operation().isFunction() -> call.operation() + list(call.parts());
            case Call call -> tightness(call.operation()) < loosest ? "(" + infix(call) + ")" : infix(call);
            case Case cases -> cases(cases.parts());
            case Cast cast ->
                "CAST(%s AS %s)".formatted(of(cast.value()), cast.type().name().toLowerCase(Locale.ROOT));
            case Extract extract -> extract(extract);
        };
    }

    private static String list(List<Expression> parts) {
        return parts.stream().map(ExpressionText::of).collect(Collectors.joining(", ", "(", ")"));
    }

    private static int tightness(Operation operation) {
        return switch (operation) {
            case OR -> LOOSEST;
            case AND -> 2;
            case NOT -> NEGATION;
            case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN, IS_NULL -> 4;
            case ADD, SUBTRACT -> SUM;
            case MULTIPLY, DIVIDE, REMAINDER -> 6;
            default -> SIGNED;
        };
    }

    private static String infix(Call call) {
        Expression first = call.parts().getFirst();
        Expression last = call.parts().getLast();
        int own = tightness(call.operation());
        String sign = call.operation().sign();
        return switch (call.operation()) {
            case NOT, NEGATE -> sign + " " + of(first, own);
            case IS_NULL -> of(first, SUM) + " IS NULL";
            case IN ->
                of(first, SUM) + " IN "
                        + list(call.parts().subList(1, call.parts().size()));
            case EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                of(first, SUM) + " " + sign + " " + of(last, SUM);
            default -> of(first, own) + " " + sign + " " + of(last, own + 1);
        };
    }

    private static String literal(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Instant instant -> "TIMESTAMP " + quoted(instant.toString());
            case Boolean truth -> truth ? "TRUE" : "FALSE";
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String name(String name) {
        JsonPath path = JsonPath.mayBe(name) ? JsonPath.parse(name) : null;
        if (path == null) {
            return rootName(name);
        }
        StringBuilder text = new StringBuilder(rootName(path.root()));
        for (Object step : path.steps()) {
            if (step instanceof String member && PLAIN_NAME.matcher(member).matches()) {
                text.append('.').append(member);
            } else {
                text.append('[').append(literalStep(step)).append(']');
            }
        }
        return text.toString();
    }

    private static String literalStep(Object step) {
        return step instanceof String member ? quoted(member) : step.toString();
    }

    private static String rootName(String name) {
        boolean plain = PLAIN_NAME.matcher(name).matches() && !Atoms.KEYWORDS.contains(name.toUpperCase(Locale.ROOT));
        return plain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String extract(Extract extract) {
        String zone = extract.zone().equals(ZoneOffset.UTC)
                ? ""
                : " AT TIME ZONE " + quoted(extract.zone().getId());
        return "EXTRACT(%s FROM %s%s)".formatted(extract.part(), of(extract.instant()), zone);
    }

    private static String cases(List<Expression> parts) {
        StringBuilder text = new StringBuilder("CASE");
        for (int i = 0; i + 1 < parts.size(); i += 2) {
            text.append(" WHEN ").append(of(parts.get(i))).append(" THEN ").append(of(parts.get(i + 1)));
        }
        if (parts.size() % 2 == 1) {
            text.append(" ELSE ").append(of(parts.getLast()));
        }
        return text.append(" END").toString();
    }
}
