package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import dev.sextant.engine.PooledColumns;
import dev.sextant.engine.Table;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/** Opens builders over a tenant's tables. */
final class TenantTables {

    /** Texts are UTF-8. */
    private static final class TypeFactory extends JavaTypeFactoryImpl {
        @Override
        public Charset getDefaultCharset() {
            return StandardCharsets.UTF_8;
        }
    }

    /** What stands in the tree is what is printed: nothing is simplified, merged or pruned. */
    private static final RelBuilder.Config AS_BUILT = RelBuilder.Config.DEFAULT
            .withSimplify(false)
            .withPruneInputOfAggregate(false)
            .withDedupAggregateCalls(false)
            .withAggregateUnique(true) // it takes one row for one, also where that is unnested
            .withBloat(-1);

    private TenantTables() {}

    /** A builder that knows the table. */
    static RelBuilder builder(Scanned scanned) {
        TypeFactory types = new TypeFactory();
        CalciteSchema schema = CalciteSchema.createRootSchema(false, false);
        List<String> path = scanned.table();
        CalciteSchema inner = path.size() == 1 ? schema : schema.add(path.getFirst(), new AbstractSchema());
        inner.add(path.getLast(), new AbstractTable() {
            @Override
            public RelDataType getRowType(RelDataTypeFactory factory) {
                return scanned.isPooled() ? pooledRow(scanned, factory) : row(scanned, factory);
            }
        });
        RelOptCluster cluster =
                RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), new RexBuilder(types));
        CalciteCatalogReader catalog =
                new CalciteCatalogReader(schema, List.of(), types, new CalciteConnectionConfigImpl(new Properties()));
        return RelBuilder.proto(Contexts.of(AS_BUILT)).create(cluster, catalog);
    }

    private static RelDataType row(Scanned scanned, RelDataTypeFactory factory) {
        RelDataTypeFactory.Builder row = factory.builder();
        scanned.columns()
                .forEach(column -> row.add(column.name(), SqlTypes.of(column.type()))
                        .nullable(!column.name().equals(Table.TIME)));
        return row.build();
    }

    private static RelDataType pooledRow(Scanned scanned, RelDataTypeFactory factory) {
        RelDataTypeFactory.Builder row = factory.builder();
        row.add(PooledColumns.TENANT, SqlTypeName.VARCHAR);
        row.add(PooledColumns.DATASET, SqlTypeName.VARCHAR);
        row.add(PooledColumns.MILLIS, SqlTypeName.TIMESTAMP);
        scanned.columns()
                .forEach(column -> row.add(PooledColumns.of(column), pooled(column.type()))
                        .nullable(!column.name().equals(Table.TIME)));
        return row.build();
    }

    private static SqlTypeName pooled(FieldType type) {
        return switch (type) {
            case BOOLEAN, TIMESTAMP -> SqlTypeName.BIGINT;
            default -> SqlTypes.of(type);
        };
    }
}
