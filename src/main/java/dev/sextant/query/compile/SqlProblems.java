package dev.sextant.query.compile;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/** Says in our own words what is wrong with a statement, and where. Texts of the library never reach the caller. */
final class SqlProblems {

    private static final Pattern ENCOUNTERED = Pattern.compile("Encountered \"([^\"]{0,80})\"");
    private static final Pattern TABLE = Pattern.compile("(?:Object|Table) '([^']{1,200})' not found");
    private static final Pattern COLUMN = Pattern.compile("Column '([^']{1,200})' not found in any table");
    private static final Pattern COLUMN_OF =
            Pattern.compile("Column '([^']{1,200})' not found in table|Column '([^']{1,200})' not found");
    private static final Pattern FUNCTION = Pattern.compile("No match found for function signature ([^ (<]{1,80})");
    private static final Pattern AMBIGUOUS = Pattern.compile("Column '([^']{1,200})' is ambiguous");
    private static final Pattern NOT_GROUPED = Pattern.compile("Expression '([^']{1,200})' is not being grouped");
    private static final Pattern TYPES =
            Pattern.compile("Cannot apply '([^']{1,80})' to arguments of type '.*?'(?:\\. Supported.*)?");

    /** Such as {@code INTERVAL '1 day'}. */
    private static final Pattern INTERVAL = Pattern.compile("(?i)\\bINTERVAL\\s*'[^']*[a-z]");

    private static final Set<String> CLOCKS =
            Set.of("NOW", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIMESTAMP", "LOCALTIME");

    /** What the library says, all of it, and what we say instead. */
    private static final List<Message> MESSAGES = List.of(
            Message.of("Ordinal out of range", "there is no column of this number in SELECT"),
            Message.of(
                    "Cast function cannot convert value of type ([A-Z]+).* to type ([A-Z]+)",
                    "a value of type $1 cannot be CAST to $2"),
            Message.of("Aggregate expressions cannot be nested", "an aggregate cannot stand within another"),
            Message.of(
                    "Aggregate expression is illegal in ([A-Z ]+) clause",
                    "an aggregate cannot stand in $1; conditions on aggregates go to HAVING"),
            Message.of(
                    "Windowed aggregate expression is illegal in ([A-Z ]+) clause",
                    "a function with OVER cannot stand in $1; put it into a subquery"),
            Message.of("Column count mismatch in ([A-Z]+)", "both sides of $1 need as many columns"),
            Message.of(
                    "Type mismatch in column ([0-9]+) of ([A-Z]+)",
                    "column $1 has other types on the two sides of $2; CAST one of them"),
            Message.of(
                    "Illegal mixing of types in CASE or COALESCE",
                    "what CASE or COALESCE may yield is of several types; CAST them to one"),
            Message.of("([A-Z]+) clause must be a condition", "what stands after $1 must be a condition"),
            Message.of("Duplicate relation name", "two tables have the same name; give one another by AS"),
            Message.of(
                    "Expression '.*' is not in the select clause",
                    "with DISTINCT, rows are ordered by what SELECT names"),
            Message.of(
                    "Values passed to .* operator must have compatible types",
                    "the values that are compared are of several types; CAST one of them"));

    /** @param told with the groups of {@code said} as {@code $1}, {@code $2} */
    private record Message(Pattern said, String told) {

        static Message of(String said, String told) {
            return new Message(Pattern.compile(said + ".*", Pattern.DOTALL), told);
        }
    }

    private SqlProblems() {}

    static ProblemException invalid(int line, int column, String detail) {
        return at(Reason.INVALID_SQL, "line %d, column %d: %s.".formatted(line, column, detail));
    }

    static ProblemException invalid(String detail) {
        return at(Reason.INVALID_SQL, detail);
    }

    static ProblemException notSupported(String what) {
        return at(Reason.NOT_SUPPORTED, "%s is not supported in SQL here.".formatted(what));
    }

    static ProblemException tooLarge(String what, long max) {
        return new ProblemException(new Problem.LimitExceeded(
                "query.sql." + what.replace(' ', '_'),
                max,
                "The statement has too many %s; %d are allowed.".formatted(what, max)));
    }

    private static ProblemException at(Reason reason, String detail) {
        return new ProblemException(Unprocessable.at("/sql", reason, detail));
    }

    static ProblemException notSupported(SqlNode node, SqlText text, String what) {
        int line = node.getParserPosition().getLineNum();
        int column = text.column(line, node.getParserPosition().getColumnNum());
        return at(
                Reason.NOT_SUPPORTED,
                "line %d, column %d: %s is not supported in SQL here.".formatted(line, column, what));
    }

    static ProblemException of(SqlParseException failure, SqlText text) {
        var pos = failure.getPos();
        Matcher word = ENCOUNTERED.matcher(String.valueOf(failure.getMessage()));
        String detail = word.find() && !word.group(1).startsWith("<")
                ? "'" + word.group(1).replace("\"", "").replace("\\'", "'") + "' is not expected here"
                : "the statement is not complete, or not SQL";
        if (INTERVAL.matcher(text.text()).find()) {
            detail += "; an interval is written as INTERVAL '1' DAY, the unit behind the quotes";
        }
        return pos == null
                ? invalid(detail + ".")
                : invalid(pos.getLineNum(), text.column(pos.getLineNum(), pos.getColumnNum()), detail);
    }

    static ProblemException of(CalciteContextException failure, SqlText text, SqlSchema schema) {
        String message = failure.getCause() == null
                ? ""
                : String.valueOf(failure.getCause().getMessage());
        int line = failure.getPosLine();
        int column = text.column(line, failure.getPosColumn());
        String function = first(FUNCTION, message);
        String named = function == null ? first(COLUMN, message) : function;
        if (named != null && CLOCKS.contains(named.toUpperCase(Locale.ROOT))) {
            return at(
                    Reason.NOT_SUPPORTED,
                    "line %d, column %d: SQL has no clock here; write ? and give the instant in 'parameters'."
                            .formatted(line, column));
        }
        if (function != null) {
            return at(
                    Reason.NOT_SUPPORTED,
                    "line %d, column %d: the function or operator %s, with such operands, is not supported in SQL here."
                            .formatted(line, column, function));
        }
        return invalid(line, column, detail(message, schema, text));
    }

    private static String detail(String message, SqlSchema schema, SqlText text) {
        String table = first(TABLE, message);
        if (table != null) {
            return schema.unknown("Dataset", table, schema.datasets());
        }
        String name = first(COLUMN, message) == null ? first(COLUMN_OF, message) : first(COLUMN, message);
        if (name != null) {
            return schema.unknown("Field", name, schema.fieldsBeside(name, text.text()));
        }
        String ambiguous = first(AMBIGUOUS, message);
        if (ambiguous != null) {
            return "'" + ambiguous + "' may mean several columns; say which, by table.column or another name";
        }
        String ungrouped = first(NOT_GROUPED, message);
        if (ungrouped != null) {
            return "'" + ungrouped + "' is neither grouped by nor aggregated";
        }
        String operator = first(TYPES, message);
        if (operator != null && !operator.startsWith("$")) {
            return "'" + operator + "' does not take values of these types; CAST one of them";
        }
        if (message.startsWith("Illegal use of dynamic parameter")) {
            return "the type of this ? cannot be told; write CAST(? AS VARCHAR), or another type";
        }
        return MESSAGES.stream()
                .filter(known -> known.said().matcher(message).lookingAt())
                .map(known -> known.said().matcher(message).replaceFirst(known.told()))
                .findFirst()
                .orElse("the statement does not fit together here");
    }

    private static @Nullable String first(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        if (!matcher.find()) {
            return null;
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }
}
