package dev.sextant.query.compile;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
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

        /** Else a text that is masked by nothing would be cast to VARCHAR CHARACTER SET. */
        @Override
        public boolean supportsCharSet() {
            return false;
        }
    }

    /**
     * Calcite's, but that keys which hold parameters, and aggregates that are computed with, are made in a SELECT of their
     * own, as is what is seen of a table. Else a key would stand twice, in SELECT and in GROUP BY, and no engine knows two parameters for one.
     */
    private static final class Converter extends RelToSqlConverter {

        private final Set<RelNode> apart = Collections.newSetFromMap(new IdentityHashMap<>());

        Converter() {
            super(DIALECT);
        }

        /** Not {@code visit}: Calcite finds those by reflection, and only in public classes. */
        @Override
        protected Result dispatch(RelNode node) {
            closeIf(node, ScanTree.isSeen(node));
            if (node instanceof Aggregate aggregate && aggregate.getInput() instanceof Project inputs) {
                closeIf(
                        inputs,
                        aggregate.getGroupSet().asList().stream()
                                .anyMatch(key ->
                                        holdsParameter(inputs.getProjects().get(key))));
            }
            if (node instanceof Project project && project.getInput() instanceof Aggregate aggregate) {
                closeIf(aggregate, project.getProjects().stream().anyMatch(Converter::isComputed));
            }
            Result result = super.dispatch(node);
            // Whatever comes after the last of all clauses needs a SELECT around it.
            return apart.contains(node)
                    ? result(result.asSelect(), Set.of(Clause.SELECT, Clause.OFFSET), node, null)
                    : result;
        }

        private void closeIf(RelNode node, boolean condition) {
            if (condition) {
                apart.add(node);
            }
        }

        private static boolean holdsParameter(RexNode key) {
            return switch (key) {
                case RexDynamicParam _ -> true;
                case RexCall call -> call.getOperands().stream().anyMatch(Converter::holdsParameter);
                default -> false;
            };
        }

        private static boolean isComputed(RexNode result) {
            return result instanceof RexCall call
                    && (call.getOperator().equals(ExpressionOperators.TRY)
                            || call.getOperator().equals(ExpressionOperators.CASE_WHEN)
                            || call.getOperands().stream().anyMatch(Converter::isComputed));
        }
    }

    private static final SqlDialect DIALECT = new Dialect();

    private DuckDbSql() {}

    /** The statement, and for each of its {@code ?} marks which dynamic parameter of the tree it is. */
    static SqlString print(RelNode tree) {
        return print(new Converter().visitRoot(tree).asStatement());
    }

    /** The same of the condition alone by which the tree filters what it scans; {@code TRUE} where it does not. */
    static SqlString printCondition(RelNode tree) {
        SqlNode condition = new Converter().visitRoot(tree).asSelect().getWhere();
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
