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
record Statements(Shape shape, Scanned scanned, DatasetModel model, List<ColumnInfo> columns) {

    static boolean hasTotals(Shape shape) {
        boolean mayDiffer =
                !shape.dimensions().isEmpty() || shape.having() != null; // else the one row is its own total
        return shape.totals()
                && mayDiffer
                && shape.grouping() == null
                && !shape.measures().isEmpty();
    }

    static boolean hasCount(Shape shape) {
        return shape.filling() != null && shape.keys() > 1;
    }

    /** A statement, and the tree that it was made of. */
    record Made(RelNode tree, Template template) {}

    List<Template> templates() {
        return made().stream().map(Made::template).toList();
    }

    List<Made> made() {
        List<FieldType> types = columns.stream().map(ColumnInfo::type).toList();
        List<FieldType> withLevel = new ArrayList<>(types);
        if (shape.grouping() != null) {
            withLevel.add(FieldType.LONG);
        }
        List<Made> made = new ArrayList<>();
        made.add(made(QueryTree::rows, withLevel));
        if (hasTotals(shape)) {
            made.add(made(QueryTree::totals, types.subList(shape.keys(), types.size())));
        }
        if (hasCount(shape)) {
            made.add(made(QueryTree::combinationCount, List.of(FieldType.LONG)));
        }
        return made;
    }

    private Made made(Function<QueryTree, RelNode> statement, List<FieldType> types) {
        QueryTree tree = new QueryTree(shape, scanned, model, columns);
        RelNode root = statement.apply(tree);
        return new Made(root, Template.of(root, tree.parameters(), types));
    }
}
