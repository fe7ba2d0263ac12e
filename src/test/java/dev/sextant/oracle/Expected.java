package dev.sextant.oracle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query must answer.
 *
 * @param rows all of them, in their order, on however many pages they come
 * @param totals one value for each column after the keys; null where none were asked for
 * @param subtotals of the first page; null where none were asked for
 * @param compared the other period; null where there is none
 */
public record Expected(
        List<Column> columns,
        List<List<@Nullable Object>> rows,
        @Nullable List<@Nullable Object> totals,
        @Nullable List<Level> subtotals,
        @Nullable Period compared) {

    /**
     * A column.
     *
     * @param role dimension, measure or field
     * @param sketched whether its values may be estimates
     */
    record Column(
            String name,
            Kind kind,
            String role,
            @Nullable String unit,
            @Nullable String grain,
            boolean sketched) {

        boolean isKey() {
            return !role.equals("measure");
        }
    }

    /**
     * The subtotals of a level.
     *
     * @param names of the dimensions that it keeps, as many of its rows' first values
     * @param columns of its rows, by their places
     */
    record Level(List<String> names, List<Integer> columns, List<List<@Nullable Object>> rows) {}
}
