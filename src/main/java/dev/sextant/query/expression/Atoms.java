package dev.sextant.query.expression;

import dev.sextant.engine.FieldType;
import dev.sextant.kernel.Instants;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.query.expression.Expression.Case;
import dev.sextant.query.expression.Expression.Extract;
import dev.sextant.query.expression.Expression.Literal;
import dev.sextant.query.expression.Expression.Part;
import dev.sextant.query.expression.Token.Kind;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads what no operator stands in: values, names, calls, brackets. */
final class Atoms {

    private static final Map<String, FieldType> TYPES = Map.of(
            "string", FieldType.STRING,
            "long", FieldType.LONG,
            "double", FieldType.DOUBLE,
            "boolean", FieldType.BOOLEAN,
            "timestamp", FieldType.TIMESTAMP);

    /** Words that are names only in double quotes. */
    static final Set<String> KEYWORDS = Set.of(
            "AND", "OR", "NOT", "IN", "BETWEEN", "IS", "NULL", "TRUE", "FALSE", "CASE", "WHEN", "THEN", "ELSE", "END",
            "LIKE", "ILIKE", "SIMILAR", "SELECT", "FROM", "AS");

    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final Parser parser;
    private final Tokens tokens;
    private final Names names;

    Atoms(Parser parser, Tokens tokens, Scope scope) {
        this.parser = parser;
        this.tokens = tokens;
        this.names = new Names(tokens, scope);
    }

    /** @param negative whether a minus stood before the number that stands here */
    Expression read(boolean negative) {
        parser.count();
        Token token = tokens.here();
        return switch (token.kind()) {
            case NUMBER -> number(tokens.take(), negative);
            case STRING -> new Literal(tokens.take().text(), FieldType.STRING);
            case QUOTED_NAME -> names.read();
            case NAME -> word(token);
            case SIGN -> bracket();
            case END -> throw tokens.unexpected("a value");
        };
    }

    private Expression bracket() {
        if (!tokens.takeSign("(")) {
            throw tokens.unexpected("a value");
        }
        Expression inner = parser.expression();
        tokens.requireSign(")");
        return inner;
    }

    private static Literal number(Token token, boolean negative) {
        String text = (negative ? "-" : "") + token.text();
        if (token.text().chars().allMatch(Character::isDigit)) {
            BigInteger whole = new BigInteger(text);
            if (whole.bitLength() > 63) {
                throw ExpressionRefusal.at(
                        token.position(),
                        Reason.INVALID_QUERY,
                        "A whole number has 64 bits at most: write a double, with a point");
            }
            return new Literal(whole.longValueExact(), FieldType.LONG);
        }
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw ExpressionRefusal.at(token.position(), Reason.INVALID_QUERY, "It is out of the range of a double");
        }
        return new Literal(number == 0 ? 0.0 : number, FieldType.DOUBLE);
    }

    private Expression word(Token token) {
        boolean called = tokens.next().isSign("(");
        switch (token.text().toUpperCase(Locale.ROOT)) {
            case "TRUE", "FALSE" -> {
                return new Literal(tokens.take().isWord("TRUE"), FieldType.BOOLEAN);
            }
            case "CASE" -> {
                return cases();
            }
            case "NULL" ->
                throw tokens.refusal(
                        "NULL is no value here: ask IS NULL, and leave out ELSE for what shall be missing");
            case "TIMESTAMP" -> {
                if (tokens.next().kind() == Kind.STRING) {
                    return timestamp();
                }
            }
            case "SELECT" -> throw tokens.refusal("An expression is about one row at a time: it holds no queries");
            default -> {}
        }
        if (called) {
            return function(token);
        }
        if (KEYWORDS.contains(token.text().toUpperCase(Locale.ROOT))) {
            throw tokens.refusal(
                    "Expected a value, found %s; a field of that name goes in double quotes".formatted(token.text()));
        }
        return names.read();
    }

    private Expression timestamp() {
        tokens.take();
        Token text = tokens.take();
        try {
            Instant instant = Instants.parse(text.text());
            if (instant.truncatedTo(ChronoUnit.MICROS).equals(instant)
                    && !instant.isBefore(EARLIEST)
                    && !instant.isAfter(LATEST)) {
                return new Literal(instant, FieldType.TIMESTAMP);
            }
        } catch (DateTimeException _) {
            // told below
        }
        throw ExpressionRefusal.at(
                text.position(),
                Reason.INVALID_QUERY,
                "A timestamp is an RFC 3339 instant of whole microseconds, such as '2026-11-23T15:00:00Z'");
    }

    private Expression function(Token name) {
        int position = name.position();
        String upper = name.text().toUpperCase(Locale.ROOT);
        Operation operation = Operation.functions().get(upper.equals("CEILING") ? "CEIL" : upper);
        if (operation == null && !Set.of("CAST", "EXTRACT", "NULLIF", "IF").contains(upper)) {
            List<String> known = new ArrayList<>(List.of("CAST", "EXTRACT", "NULLIF"));
            Operation.functions().keySet().stream().sorted().forEach(known::add);
            throw ExpressionRefusal.at(
                    position, Reason.INVALID_QUERY, Spelling.unknownOf("Function", name.text(), known));
        }
        tokens.take();
        tokens.requireSign("(");
        return switch (upper) {
            case "CAST" -> cast(position);
            case "EXTRACT" -> extract(position);
            case "NULLIF" -> nullIf(position);
            case "IF" ->
                throw ExpressionRefusal.at(
                        position, Reason.INVALID_QUERY, "There is no IF: write CASE WHEN … THEN … ELSE … END");
            default -> parser.call(operation == null ? Operation.COALESCE : operation, position, parser.list());
        };
    }

    private Expression cast(int position) {
        Expression value = parser.expression();
        tokens.requireWord("AS");
        Token name = tokens.take();
        FieldType type = TYPES.get(name.text().toLowerCase(Locale.ROOT));
        if (type == null) {
            throw ExpressionRefusal.at(
                    name.position(),
                    Reason.INVALID_QUERY,
                    Spelling.unknown("Type", name.text(), TYPES.keySet())
                            + "; these are: string, long, double, boolean, timestamp");
        }
        tokens.requireSign(")");
        return new Typing(position).cast(value, type);
    }

    private Expression nullIf(int position) {
        List<Expression> operands = parser.list();
        if (operands.size() != 2) {
            throw ExpressionRefusal.at(
                    position, Reason.INVALID_QUERY, "NULLIF takes 2 arguments, not %d".formatted(operands.size()));
        }
        Expression equal = parser.call(Operation.EQUAL, position, operands);
        Expression differs = parser.call(Operation.NOT, position, List.of(equal));
        return cases(position, List.of(differs, operands.getFirst()));
    }

    private Expression extract(int position) {
        Token name = tokens.take();
        Part part = Part.of(name.text());
        if (part == null) {
            List<String> parts = Arrays.stream(Part.values()).map(Part::name).toList();
            throw ExpressionRefusal.at(
                    name.position(), Reason.INVALID_QUERY, Spelling.unknownOf("Part", name.text(), parts));
        }
        tokens.requireWord("FROM");
        Expression instant = parser.expression();
        if (instant.type() != FieldType.TIMESTAMP) {
            throw ExpressionRefusal.at(
                    position, Reason.TYPE_MISMATCH, "EXTRACT needs a timestamp, not " + Typing.named(instant.type()));
        }
        ZoneId zone = tokens.here().isWord("AT") ? zone() : ZoneOffset.UTC;
        tokens.requireSign(")");
        return new Extract(part, instant, zone);
    }

    private ZoneId zone() {
        tokens.take();
        tokens.requireWord("TIME");
        tokens.requireWord("ZONE");
        Token named = tokens.here();
        String name = tokens.requireString("a time zone in quotes, such as 'Europe/Berlin'");
        if (!ZONES.contains(name) || name.startsWith("SystemV/")) {
            throw ExpressionRefusal.at(
                    named.position(),
                    Reason.INVALID_QUERY,
                    "That is no time zone of the IANA database; give one such as 'Europe/Berlin'");
        }
        ZoneId zone = ZoneId.of(name);
        return zone.normalized().equals(ZoneOffset.UTC) ? ZoneOffset.UTC : zone;
    }

    /** {@code CASE WHEN … THEN …}, and {@code CASE x WHEN 1 THEN …}, which asks for equality each time. */
    private Expression cases() {
        int position = tokens.take().position();
        Expression subject = tokens.here().isWord("WHEN") ? null : parser.expression();
        List<Expression> parts = new ArrayList<>();
        while (tokens.takeWord("WHEN")) {
            Expression asked = parser.expression();
            parts.add(subject == null ? asked : parser.call(Operation.EQUAL, position, List.of(subject, asked)));
            tokens.requireWord("THEN");
            parts.add(parser.expression());
        }
        if (parts.isEmpty()) {
            throw tokens.unexpected("WHEN");
        }
        if (tokens.takeWord("ELSE")) {
            parts.add(parser.expression());
        }
        tokens.requireWord("END");
        return cases(position, parts);
    }

    private static Expression cases(int position, List<Expression> parts) {
        Typing typing = new Typing(position);
        List<Expression> values = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            boolean condition = i % 2 == 0 && i + 1 < parts.size();
            if (!condition) {
                values.add(parts.get(i));
            } else if (parts.get(i).type() != FieldType.BOOLEAN) {
                throw ExpressionRefusal.at(
                        position,
                        Reason.TYPE_MISMATCH,
                        "WHEN needs a condition, not "
                                + Typing.named(parts.get(i).type()));
            }
        }
        List<Expression> alike = typing.alike(values);
        List<Expression> typed = new ArrayList<>(parts);
        for (int i = 0, value = 0; i < parts.size(); i++) {
            if (i % 2 == 1 || i + 1 == parts.size()) {
                typed.set(i, alike.get(value++));
            }
        }
        return new Case(typed, Typing.typeOf(alike));
    }
}
