package dev.sextant.query.compile;

import dev.sextant.engine.Dialect;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** Collects the values of one tree: no value of a query or a model ever stands in the SQL itself. */
final class Parameters {

    /** A regular expression, or a {@link Slot} for one, that is wanted in Java's syntax. */
    record Translated(Object pattern) {}

    private final RexBuilder rex;
    private final Dialect dialect;
    private final RelDataType any;
    private final List<Object> values = new ArrayList<>();

    Parameters(RexBuilder rex, Dialect dialect) {
        this.rex = rex;
        this.dialect = dialect;
        this.any = rex.getTypeFactory().createSqlType(SqlTypeName.ANY);
    }

    /** @param value a {@link Slot}, or a value that the model brings, in the form that {@code FieldType} says */
    RexNode add(Object value) {
        values.add(value);
        return rex.makeDynamicParam(any, values.size() - 1);
    }

    /** A regular expression, in the engine's syntax. */
    RexNode addPattern(Object value) {
        return add(
                switch (dialect) {
                    case DUCKDB -> value;
                    case DRUID -> new Translated(value);
                });
    }

    RexNode addNumberOfRows(Slot slot) {
        values.add(slot);
        return rex.makeDynamicParam(rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT), values.size() - 1);
    }

    Dialect dialect() {
        return dialect;
    }

    List<Object> values() {
        return values;
    }
}
