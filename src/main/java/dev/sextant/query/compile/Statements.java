package dev.sextant.query.compile;

import dev.sextant.engine.FieldType;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.DatasetModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;

/**
 * What is asked of the engine for a query: its rows; then the measures over all, where they are asked apart; then how many
 * combinations are filled, where that is bounded.
 */
record Statements(Shape shape, String dataset, DatasetModel model, List<ColumnInfo> columns) {

    static boolean hasTotals(Shape shape) {
        return shape.totals()
                && shape.grouping() == null
                && !shape.dimensions().isEmpty()
                && !shape.measures().isEmpty();
    }

    static boolean hasCount(Shape shape) {
        return shape.filling() != null && shape.keys() > 1;
    }

    List<Template> templates() {
        List<FieldType> types = columns.stream().map(ColumnInfo::type).toList();
        List<FieldType> withLevel = new ArrayList<>(types);
        if (shape.grouping() != null) {
            withLevel.add(FieldType.LONG);
        }
        List<Template> templates = new ArrayList<>();
        templates.add(template(QueryTree::rows, withLevel));
        if (hasTotals(shape)) {
            templates.add(template(QueryTree::totals, types.subList(shape.keys(), types.size())));
        }
        if (hasCount(shape)) {
            templates.add(template(QueryTree::combinationCount, List.of(FieldType.LONG)));
        }
        return List.copyOf(templates);
    }

    private Template template(Function<QueryTree, RelNode> statement, List<FieldType> types) {
        QueryTree tree = new QueryTree(shape, dataset, model, columns);
        return Template.of(statement.apply(tree), tree.parameters(), types);
    }
}
