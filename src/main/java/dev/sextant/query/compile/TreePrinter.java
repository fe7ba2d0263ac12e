package dev.sextant.query.compile;

import dev.sextant.engine.Dialect;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWriterConfig;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlString;

/** Prints trees as an engine understands them. */
final class TreePrinter {

    /**
     * Calcite's, but that keys which hold parameters, and aggregates that are computed with, are made in a SELECT of their
     * own, as is what is seen of a table. Else a key would stand twice, in SELECT and in GROUP BY, and no engine knows two parameters for one.
     */
    private static final class Converter extends RelToSqlConverter {

        private final Set<RelNode> apart = Collections.newSetFromMap(new IdentityHashMap<>());

        Converter(SqlDialect dialect) {
            super(dialect);
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
            if (dialect instanceof DruidSql && node instanceof Aggregate aggregate) {
                closeIf(
                        aggregate.getInput(),
                        aggregate.getInput() instanceof Project project
                                && project.getInput() instanceof Aggregate); // it would take the two for one
            }
            if (node instanceof Project project && project.getInput() instanceof Aggregate aggregate) {
                closeIf(aggregate, project.getProjects().stream().anyMatch(Converter::isComputed));
            }
            Result result = super.dispatch(node);
            if (node instanceof Sort sort
                    && dialect instanceof DruidSql
                    && result.asStatement() instanceof SqlSelect select) {
                DruidSql.sort(select, sort);
            }
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

    private static final TreePrinter DUCKDB = new TreePrinter(new DuckDbSql());
    private static final TreePrinter DRUID = new TreePrinter(new DruidSql());

    private final SqlDialect dialect;

    private TreePrinter(SqlDialect dialect) {
        this.dialect = dialect;
    }

    static TreePrinter of(Dialect dialect) {
        return switch (dialect) {
            case DUCKDB -> DUCKDB;
            case DRUID -> DRUID;
        };
    }

    /** The statement, and for each of its {@code ?} marks which dynamic parameter of the tree it is. */
    SqlString print(RelNode tree) {
        return print(new Converter(dialect).visitRoot(tree).asStatement());
    }

    /** The same of the condition alone by which the tree filters what it scans; {@code TRUE} where it does not. */
    SqlString printCondition(RelNode tree) {
        SqlNode condition = new Converter(dialect).visitRoot(tree).asSelect().getWhere();
        return print(condition == null ? SqlLiteral.createBoolean(true, SqlParserPos.ZERO) : condition);
    }

    private SqlString print(SqlNode node) {
        return node.toSqlString(config -> config.withDialect(dialect)
                .withQuoteAllIdentifiers(true)
                .withAlwaysUseParentheses(false)
                .withSelectListItemsOnSeparateLines(false)
                .withUpdateSetListNewline(false)
                .withIndentation(0)
                .withLineFolding(SqlWriterConfig.LineFolding.WIDE)
                .withClauseStartsLine(false));
    }
}
