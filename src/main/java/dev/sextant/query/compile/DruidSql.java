package dev.sextant.query.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of Druid 33. Instants are whole numbers of microseconds and truths are 0 and 1, as {@code Dialect.DRUID} says;
 * what its functions do otherwise than ours is said in other words by {@link DruidPhrases}, or refused.
 */
final class DruidSql extends SqlDialect {

    private static final Set<SqlOperator> DIRECTIONS =
            Set.of(SqlStdOperatorTable.DESC, SqlStdOperatorTable.NULLS_FIRST, SqlStdOperatorTable.NULLS_LAST);

    DruidSql() {
        super(EMPTY_CONTEXT
                .withDatabaseProduct(DatabaseProduct.UNKNOWN)
                .withIdentifierQuoteString("\"")
                .withNullCollation(NullCollation.LOW));
    }

    /** Columns are told by their names. */
    @Override
    public SqlConformance getConformance() {
        return SqlConformanceEnum.STRICT_2003;
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
                                .mapToObj(letter ->
                                        isPlain(letter) ? Character.toString(letter) : "\\%04x".formatted(letter))
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

    /**
     * What a statement is sorted by, as Druid sorts: it knows no NULLS LAST, nulls are least, and texts are ordered by
     * UTF-16's units. By one key alone it sorts in a way of its own, in which nulls of numbers come first always.
     */
    static void sort(SqlSelect select, Sort sort) {
        SqlNodeList order = select.getOrderList();
        if (order == null) {
            return;
        }
        List<RelFieldCollation> by = sort.getCollation().getFieldCollations();
        List<SqlNode> items = new ArrayList<>();
        for (int i = 0; i < by.size(); i++) {
            SqlNode key = bare(order.get(i));
            RelDataType type = sort.getRowType()
                    .getFieldList()
                    .get(by.get(i).getFieldIndex())
                    .getType();
            boolean descending = by.get(i).getDirection().isDescending();
            boolean nullsFirst = by.get(i).nullDirection == RelFieldCollation.NullDirection.FIRST;
            if (type.isNullable() && (nullsFirst == descending || by.size() == 1)) {
                items.add(directed(SqlStdOperatorTable.IS_NULL.createCall(SqlParserPos.ZERO, key), nullsFirst));
            }
            boolean isText = type.getSqlTypeName() == SqlTypeName.VARCHAR;
            items.add(directed(isText ? Operators.BY_CODE_POINTS.createCall(SqlParserPos.ZERO, key) : key, descending));
        }
        select.setOrderBy(new SqlNodeList(items, SqlParserPos.ZERO));
    }

    private static SqlNode bare(SqlNode item) {
        return item instanceof SqlCall call && DIRECTIONS.contains(call.getOperator()) ? bare(call.operand(0)) : item;
    }

    private static SqlNode directed(SqlNode key, boolean descending) {
        return descending ? SqlStdOperatorTable.DESC.createCall(SqlParserPos.ZERO, key) : key;
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
            default ->
                SqlTypeUtil.isCharacter(type)
                        ? "VARCHAR"
                        : type.getSqlTypeName().getName();
        };
        return new SqlDataTypeSpec(
                new SqlAlienSystemTypeNameSpec(name, type.getSqlTypeName(), SqlParserPos.ZERO), SqlParserPos.ZERO);
    }
}
