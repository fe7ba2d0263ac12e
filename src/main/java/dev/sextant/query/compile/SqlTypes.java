package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/** The types of statements: averages are doubles, sums of whole numbers are exact, texts are never padded. */
final class SqlTypes {

    private static final class Rules extends RelDataTypeSystemImpl {

        @Override
        public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
            SqlTypeName sum = SqlTypeName.INT_TYPES.contains(argument.getSqlTypeName())
                            || argument.getSqlTypeName() == SqlTypeName.DECIMAL
                    ? SqlTypeName.DECIMAL
                    : SqlTypeName.DOUBLE;
            return like(factory, sum, argument);
        }

        @Override
        public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
            return like(factory, SqlTypeName.DOUBLE, argument);
        }

        private static RelDataType like(RelDataTypeFactory factory, SqlTypeName type, RelDataType argument) {
            RelDataType made = type == SqlTypeName.DECIMAL
                    ? factory.createSqlType(SqlTypeName.DECIMAL, 38, 0)
                    : factory.createSqlType(type);
            return factory.createTypeWithNullability(made, argument.isNullable());
        }

        @Override
        public int getMaxPrecision(SqlTypeName type) {
            return switch (type) {
                case DECIMAL -> 38;
                case TIMESTAMP -> 6;
                default -> super.getMaxPrecision(type);
            };
        }

        @Override
        public int getDefaultPrecision(SqlTypeName type) {
            return type == SqlTypeName.TIMESTAMP ? 6 : super.getDefaultPrecision(type);
        }

        @Override
        public boolean shouldConvertRaggedUnionTypesToVarying() {
            return true;
        }
    }

    private static final class Factory extends JavaTypeFactoryImpl {
        Factory() {
            super(new Rules());
        }

        @Override
        public Charset getDefaultCharset() {
            return StandardCharsets.UTF_8;
        }
    }

    private SqlTypes() {}

    static JavaTypeFactoryImpl factory() {
        return new Factory();
    }

    static SqlTypeName of(FieldType type) {
        return switch (type) {
            case STRING, JSON -> SqlTypeName.VARCHAR;
            case LONG -> SqlTypeName.BIGINT;
            case DOUBLE -> SqlTypeName.DOUBLE;
            case BOOLEAN -> SqlTypeName.BOOLEAN;
            case TIMESTAMP -> SqlTypeName.TIMESTAMP;
            case DECIMAL -> SqlTypeName.DECIMAL;
        };
    }

    /** What a column of an answer holds. */
    static FieldType of(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case CHAR, VARCHAR, NULL -> FieldType.STRING;
            case TINYINT, SMALLINT, INTEGER, BIGINT -> FieldType.LONG;
            case FLOAT, REAL, DOUBLE -> FieldType.DOUBLE;
            case DECIMAL -> type.getScale() == 0 ? FieldType.DECIMAL : FieldType.DOUBLE;
            case BOOLEAN -> FieldType.BOOLEAN;
            case TIMESTAMP, DATE -> FieldType.TIMESTAMP;
            default -> throw SqlProblems.notSupported("A column that is an interval or a list");
        };
    }

    /** As the engine calls it. */
    static String name(RelDataType type) {
        if (type.getSqlTypeName() == SqlTypeName.DATE) {
            return "DATE";
        }
        return switch (of(type)) {
            case STRING, JSON -> "VARCHAR";
            case LONG -> "BIGINT";
            case DOUBLE -> "DOUBLE";
            case DECIMAL -> "HUGEINT";
            case BOOLEAN -> "BOOLEAN";
            case TIMESTAMP -> "TIMESTAMP";
        };
    }
}
