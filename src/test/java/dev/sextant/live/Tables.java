package dev.sextant.live;

import dev.sextant.engine.DatasetState;
import dev.sextant.engine.FieldType;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.ColumnInfo.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers with a dimension {@code k} and a measure {@code v}, for tests. */
final class Tables {

    private static final ColumnInfo KEY = new ColumnInfo("k", FieldType.STRING, Role.DIMENSION, null, null, null);
    private static final ColumnInfo VALUE = new ColumnInfo("v", FieldType.DECIMAL, Role.MEASURE, null, null, null);

    private Tables() {}

    static ResultTable of(Map<String, Long> keyToValue) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        keyToValue.forEach((key, value) -> rows.add(Arrays.asList(key, value)));
        return new ResultTable(DatasetState.EMPTY, null, null, List.of(KEY, VALUE), rows, null, null, null, true, null);
    }
}
