package dev.sextant.query.compile;

import static dev.sextant.query.compile.Phrase.refusal;
import static dev.sextant.query.compile.Phrase.refused;
import static dev.sextant.query.compile.Phrase.words;

import dev.sextant.engine.PooledColumns;
import dev.sextant.engine.Table;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** In what words Druid is asked for what our operators mean; those of texts and conditions stand here. */
@SuppressWarnings({"ReferenceEquality", "IdentityHashMapUsage"}) // operators that DuckDB spells alike are equal
final class DruidPhrases {

    /** Stands for the operand where a text is ordered: what lies beyond 16 bits comes after what does not. */
    private static final String BY_CODE_POINTS = "REGEXP_REPLACE(%s, '([\\x{10000}-\\x{10FFFF}])', U&'\\FFFF$1')";

    private static final Map<SqlOperator, Phrase> OPERATOR_TO_PHRASE = phrases();

    private DruidPhrases() {}

    /** Null where it is said as it is everywhere. */
    static @Nullable Phrase of(SqlCall call) {
        if (call.getOperator() instanceof Quantile quantile) {
            return DruidSums.quantile(quantile);
        }
        return call.getOperator() == SqlStdOperatorTable.FILTER && call.operand(0) instanceof SqlCall aggregate
                ? DruidSums.filtered(aggregate)
                : OPERATOR_TO_PHRASE.get(call.getOperator());
    }

    private static Map<SqlOperator, Phrase> phrases() {
        Map<SqlOperator, Phrase> phrases = new IdentityHashMap<>();
        addConditions(phrases);
        addTexts(phrases);
        DruidNumbers.addTo(phrases);
        DruidSums.addTo(phrases);
        DruidTimes.addTo(phrases);
        return phrases;
    }

    private static void addConditions(Map<SqlOperator, Phrase> phrases) {
        phrases.put(Operators.CONTAINS, DruidPhrases::contains);
        phrases.put(Operators.STARTS_WITH, words("(STRPOS({0}, {1}) = 1)"));
        phrases.put(Operators.REGEXP_MATCHES, words("REGEXP_LIKE({0}, {1})"));
        phrases.put(Operators.IS_SET, words("({0} = 1)"));
        phrases.put(Operators.AS_VALUE, words("(CASE WHEN {0} THEN 1 ELSE 0 END)"));
        phrases.put(ExpressionOperators.IS_TRUE, words("(CASE WHEN {0} THEN 1 ELSE 0 END)"));
        phrases.put(Operators.TEXT_GREATER, compared(">"));
        phrases.put(Operators.TEXT_GREATER_OR_EQUAL, compared(">="));
        phrases.put(Operators.TEXT_LESS, compared("<"));
        phrases.put(Operators.TEXT_LESS_OR_EQUAL, compared("<="));
    }

    private static Phrase compared(String sign) {
        return words("(" + BY_CODE_POINTS.formatted("{0}") + " " + sign + " " + BY_CODE_POINTS.formatted("{1}") + ")");
    }

    /** Of a text that is known it can look into its dictionary. */
    private static void contains(SqlWriter writer, List<SqlNode> operands) {
        boolean isKnown = operands.getLast() instanceof SqlDynamicParam;
        words(isKnown ? "CONTAINS_STRING({0}, {1})" : "(STRPOS({0}, {1}) > 0)").print(writer, operands);
    }

    private static void addTexts(Map<SqlOperator, Phrase> phrases) {
        phrases.put(Operators.BY_CODE_POINTS, words(BY_CODE_POINTS.formatted("{0}")));
        phrases.put(Operators.JSON_TEXT, DruidPhrases::wholeJson);
        phrases.put(Operators.JSON_TEXT_AT, DruidPhrases::jsonText);
        // Java's letters are ours but for the final sigma, and for the dotted I, of which it makes two.
        phrases.put(
                ExpressionOperators.LOWER,
                words("LOWER(REPLACE(REPLACE({0}, U&'\\0130', 'i'), U&'\\03A3', U&'\\03C3'))"));
        phrases.put(ExpressionOperators.UPPER, refused("UPPER", "take LOWER"));
        phrases.put(ExpressionOperators.UPPER_ASCII, words("UPPER({0})"));
        phrases.put(ExpressionOperators.TRIM, words("BTRIM({0}, {1})"));
        phrases.put(
                ExpressionOperators.LENGTH, words("CHAR_LENGTH(REGEXP_REPLACE({0}, '[\\x{10000}-\\x{10FFFF}]', '.'))"));
        phrases.put(Operators.PART_OF_TEXT, DruidPhrases::partOfText);
        phrases.put(ExpressionOperators.REGEXP_EXTRACT, DruidPhrases::extract);
        phrases.put(Operators.SHA256, refused("A hash", "ask for fields that are not masked by one"));
        phrases.put(Operators.TEXT_GREATEST, refused("GREATEST of texts", "take CASE"));
        phrases.put(Operators.TEXT_LEAST, refused("LEAST of texts", "take CASE"));
    }

    /** Events without properties have none here, too: see {@link PooledColumns#NO_PROPERTIES}. */
    private static void wholeJson(SqlWriter writer, List<SqlNode> operands) {
        words(
                        isNested(operands.getFirst())
                                ? "NULLIF(TO_JSON_STRING({0}), '" + PooledColumns.NO_PROPERTIES + "')"
                                : "{0}")
                .print(writer, operands);
    }

    /** Of what is no text it makes 1 of {@code true}, and lists. */
    private static void jsonText(SqlWriter writer, List<SqlNode> operands) {
        if (operands.size() < 3) {
            throw refusal("A member of JSON whose name has a quote or a backslash in it", "ask for other members");
        }
        String nested = isNested(operands.get(1)) ? "{1}" : "PARSE_JSON({1})";
        String json = "TO_JSON_STRING(JSON_QUERY(" + nested + ", {2}))";
        words("(CASE WHEN " + json + " LIKE '\"%' THEN JSON_VALUE(" + nested + ", {2}) ELSE " + json + " END)")
                .print(writer, operands);
    }

    /** Whether it is kept as nested data: {@link PooledColumns} says which. */
    private static boolean isNested(SqlNode json) {
        return json instanceof SqlIdentifier column && column.names.getLast().equals(Table.PROPERTIES);
    }

    private static void partOfText(SqlWriter writer, List<SqlNode> operands) {
        if (operands.size() < 3) {
            throw refusal("A part of a text between values that are not given", "give the places as numbers");
        }
        words("REGEXP_EXTRACT({1}, {2}, 1)").print(writer, operands);
    }

    private static void extract(SqlWriter writer, List<SqlNode> operands) {
        String pattern = ((SqlLiteral) operands.get(1)).getValueAs(String.class);
        SqlNode translated = SqlLiteral.createCharString(JavaPattern.of(pattern), SqlParserPos.ZERO);
        words("REGEXP_EXTRACT({0}, {1}, {2})").print(writer, List.of(operands.getFirst(), translated, operands.get(2)));
    }
}
