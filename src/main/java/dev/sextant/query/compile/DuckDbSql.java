package dev.sextant.query.compile;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriterConfig;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlString;
import org.jspecify.annotations.Nullable;

/** Prints trees as DuckDB understands them. */
final class DuckDbSql {

    /** Calcite's, with texts as they are: DuckDB does not know the standard's notation for those beyond ASCII. */
    private static final class Dialect extends DuckDBSqlDialect {
        Dialect() {
            super(DEFAULT_CONTEXT);
        }

        @Override
        public void quoteStringLiteral(StringBuilder sql, @Nullable String charset, String text) {
            sql.append('\'').append(text.replace("'", "''")).append('\'');
        }
    }

    private static final SqlDialect DIALECT = new Dialect();

    private DuckDbSql() {}

    /** The statement, and for each of its {@code ?} marks which dynamic parameter of the tree it is. */
    static SqlString print(RelNode tree) {
        return print(new RelToSqlConverter(DIALECT).visitRoot(tree).asStatement());
    }

    /** The same of the condition alone by which the tree filters what it scans; {@code TRUE} where it does not. */
    static SqlString printCondition(RelNode tree) {
        SqlNode condition =
                new RelToSqlConverter(DIALECT).visitRoot(tree).asSelect().getWhere();
        return print(condition == null ? SqlLiteral.createBoolean(true, SqlParserPos.ZERO) : condition);
    }

    private static SqlString print(SqlNode node) {
        return node.toSqlString(config -> config.withDialect(DIALECT)
                .withQuoteAllIdentifiers(true)
                .withAlwaysUseParentheses(false)
                .withSelectListItemsOnSeparateLines(false)
                .withUpdateSetListNewline(false)
                .withIndentation(0)
                .withLineFolding(SqlWriterConfig.LineFolding.WIDE)
                .withClauseStartsLine(false));
    }
}
