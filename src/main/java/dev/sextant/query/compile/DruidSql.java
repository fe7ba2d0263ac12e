package dev.sextant.query.compile;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlAlienSystemTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of Druid 33. Instants are whole numbers of microseconds and truths are 0 and 1, as {@code Dialect.DRUID} says;
 * what its functions do otherwise than ours is said in other words by {@link DruidPhrases}, or refused.
 */
final class DruidSql extends SqlDialect {

    DruidSql() {
        super(EMPTY_CONTEXT
                .withDatabaseProduct(DatabaseProduct.UNKNOWN)
                .withIdentifierQuoteString("\"")
                .withNullCollation(NullCollation.LOW));
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
        Phrase phrase = DruidPhrases.of(call);
        if (phrase == null) {
            super.unparseCall(writer, call, leftPrecedence, rightPrecedence);
        } else {
            phrase.print(writer, call);
        }
    }

    /** Nothing but letters, digits and some signs stands as it is: no text can read like {@code "$events"}. */
    @Override
    public void quoteStringLiteral(StringBuilder sql, @Nullable String charset, String text) {
        boolean isPlain = text.chars().allMatch(DruidSql::isPlain);
        sql.append(isPlain ? "'" : "U&'");
        sql.append(
                isPlain
                        ? text
                        : text.chars()
                                .mapToObj(letter -> isPlain(letter)
                                        ? Character.toString(letter)
                                        : "\\%04x".formatted(letter))
                                .collect(Collectors.joining()));
        sql.append('\'');
    }

    private static boolean isPlain(int letter) {
        return letter >= ' ' && letter <= 'z' && "\"$'\\".indexOf(letter) < 0;
    }

    @Override
    public boolean supportsCharSet() {
        return false;
    }

    @Override
    public void unparseOffsetFetch(SqlWriter writer, @Nullable SqlNode offset, @Nullable SqlNode fetch) {
        unparseFetchUsingLimit(writer, offset, fetch);
    }

    /** It knows no NULLS LAST. */
    @Override
    public @Nullable SqlNode emulateNullDirection(SqlNode node, boolean nullsFirst, boolean descending) {
        return emulateNullDirectionWithIsNull(node, nullsFirst, descending);
    }

    /** It orders texts by UTF-16's units; what they are ordered by instead is ordered by code points. */
    void orderTexts(SqlSelect select, Sort sort) {
        SqlNodeList order = select.getOrderList();
        if (order == null) {
            return;
        }
        List<SqlTypeName> types = sort.getCollation().getFieldCollations().stream()
                .map(RelFieldCollation::getFieldIndex)
                .map(index -> sort.getRowType().getFieldList().get(index).getType().getSqlTypeName())
                .toList();
        int at = 0;
        for (int i = 0; i < order.size(); i++) {
            SqlNode item = order.get(i);
            SqlNode key = item instanceof SqlCall call && call.getOperator() == SqlStdOperatorTable.DESC
                    ? call.operand(0)
                    : item;
            if (key instanceof SqlCall call && call.getOperator() == SqlStdOperatorTable.IS_NULL) {
                continue; // comes before the key itself
            }
            if (types.get(at) == SqlTypeName.VARCHAR && key instanceof SqlIdentifier) {
                SqlNode ordered = Operators.BY_CODE_POINTS.createCall(SqlParserPos.ZERO, key);
                order.set(i, item == key ? ordered : SqlStdOperatorTable.DESC.createCall(SqlParserPos.ZERO, ordered));
            }
            at++;
        }
    }

    @Override
    public void unparseDateTimeLiteral(
            SqlWriter writer, SqlAbstractDateTimeLiteral literal, int leftPrecedence, int rightPrecedence) {
        org.apache.calcite.util.TimestampString moment =
                literal.getValueAs(org.apache.calcite.util.TimestampString.class);
        writer.literal(Long.toString(TimeUnit.MILLISECONDS.toMicros(moment.getMillisSinceEpoch())));
    }

    @Override
    public @Nullable SqlNode getCastSpec(RelDataType type) {
        String name = switch (type.getSqlTypeName()) {
            case BOOLEAN, TIMESTAMP, DECIMAL -> "BIGINT";
            default -> SqlTypeUtil.isCharacter(type) ? "VARCHAR" : type.getSqlTypeName().getName();
        };
        return new SqlDataTypeSpec(
                new SqlAlienSystemTypeNameSpec(name, type.getSqlTypeName(), SqlParserPos.ZERO), SqlParserPos.ZERO);
    }
}
