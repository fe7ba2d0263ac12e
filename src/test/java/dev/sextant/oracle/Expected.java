package dev.sextant.oracle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query must answer.
 *
 * @param rows all of them, in their order, on however many pages they come
 * @param totals one value for each measure; null where none were asked for
 */
public record Expected(
        List<Column> columns,
        List<List<@Nullable Object>> rows,
        @Nullable List<@Nullable Object> totals) {

    /**
     * A column.
     *
     * @param sketched whether its values may be estimates
     */
    record Column(
            String name,
            Kind kind,
            boolean isDimension,
            @Nullable String unit,
            @Nullable String grain,
            boolean sketched) {}
}
