package dev.sextant.query.compile;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** Collects the values of one tree: no value of a query or a model ever stands in the SQL itself. */
final class Parameters {

    private final RexBuilder rex;
    private final RelDataType any;
    private final List<Object> values = new ArrayList<>();

    Parameters(RexBuilder rex) {
        this.rex = rex;
        this.any = rex.getTypeFactory().createSqlType(SqlTypeName.ANY);
    }

    /** @param value a {@link Slot}, or a value that the model brings, in the form that {@code FieldType} says */
    RexNode add(Object value) {
        values.add(value);
        return rex.makeDynamicParam(any, values.size() - 1);
    }

    RexNode addNumberOfRows(Slot slot) {
        values.add(slot);
        return rex.makeDynamicParam(rex.getTypeFactory().createSqlType(SqlTypeName.BIGINT), values.size() - 1);
    }

    List<Object> values() {
        return values;
    }
}
