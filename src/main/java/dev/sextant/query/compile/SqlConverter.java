package dev.sextant.query.compile;

import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** Makes trees of statements: parses, guards, validates, converts. Costs milliseconds of CPU, and stack. */
final class SqlConverter {

    /**
     * What a statement is.
     *
     * @param parameters the types of its {@code ?} marks
     */
    record Converted(RelRoot root, List<RelDataType> parameters) {}

    private static final SqlParser.Config PARSER = SqlParser.config()
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withConformance(SqlConformanceEnum.LENIENT)
            .withIdentifierMaxLength(128);

    /** Nothing is simplified, merged or pruned: what the statement says is what is asked. */
    private static final SqlToRelConverter.Config CONVERTER = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withRelBuilderConfigTransform(config -> config.withSimplify(false)
                    .withPruneInputOfAggregate(false)
                    .withSimplifyLimit(false)
                    .withSimplifyValues(false)
                    .withBloat(-1));

    /** Time between two times stays a call, for the engine to count whole units. */
    private static final SqlRexConvertletTable CONVERTLETS =
            call -> call.getOperator().equals(SqlStdOperatorTable.TIMESTAMP_DIFF)
                    ? (context, difference) -> {
                        SqlIntervalQualifier unit = difference.operand(0);
                        RexBuilder rex = context.getRexBuilder();
                        RexNode name = rex.makeLiteral(unit.getUnit().name());
                        return rex.makeCall(
                                SqlFunctions.DIFFERENCE,
                                name,
                                context.convertExpression(difference.operand(1)),
                                context.convertExpression(difference.operand(2)));
                    }
                    : StandardConvertletTable.INSTANCE.get(call);

    /** The first word of a statement. */
    private static final Pattern BEGIN = Pattern.compile("\\A[\\s(]*([A-Za-z_]{1,40})");

    private static final Set<String> READING = Set.of("SELECT", "WITH");

    private SqlConverter() {}

    static Converted convert(SqlText text, SqlSchema schema) {
        Matcher begin = BEGIN.matcher(text.text());
        if (begin.find() && !READING.contains(begin.group(1).toUpperCase(Locale.ROOT))) {
            throw SqlProblems.invalid(
                    "Only SELECT reads: a statement that begins with '%s' is not taken.".formatted(begin.group(1)));
        }
        try {
            SqlNode parsed = SqlParser.create(text.text(), PARSER).parseStmt();
            return convert(SqlGuard.check(parsed, text, schema), schema);
        } catch (SqlParseException e) {
            throw SqlProblems.of(e, text);
        } catch (CalciteContextException e) {
            throw SqlProblems.of(e, text, schema);
        }
    }

    private static Converted convert(SqlNode statement, SqlSchema schema) {
        JavaTypeFactoryImpl types = SqlTypes.factory();
        Properties insensitive = new Properties();
        insensitive.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
        CalciteCatalogReader catalog = new CalciteCatalogReader(
                schema.calcite(), List.of(), types, new CalciteConnectionConfigImpl(insensitive));
        SqlValidator validator = SqlValidatorUtil.newValidator(
                SqlFunctions.TABLE,
                catalog,
                types,
                SqlValidator.Config.DEFAULT
                        .withTypeCoercionEnabled(false)
                        .withConformance(SqlConformanceEnum.LENIENT)
                        .withDefaultNullCollation(NullCollation.LAST)
                        .withIdentifierExpansion(true));
        SqlNode validated = validator.validate(statement);
        RelOptCluster cluster =
                RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), new RexBuilder(types));
        SqlToRelConverter converter = new SqlToRelConverter(
                (_, _, _, _) -> {
                    throw SqlProblems.notSupported("A view");
                },
                validator,
                catalog,
                cluster,
                CONVERTLETS,
                CONVERTER);
        boolean isQuery = validated.isA(SqlKind.QUERY);
        if (!isQuery) {
            throw SqlProblems.invalid("Only SELECT reads: no other statement is taken.");
        }
        RelRoot root = converter.convertQuery(validated, false, true);
        List<RelDataType> parameters = validator.getParameterRowType(validated).getFieldList().stream()
                .map(field -> field.getType())
                .toList();
        return new Converted(root, parameters);
    }
}
