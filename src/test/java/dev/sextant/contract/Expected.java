package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must be: all to the last digit, but for doubles.
 *
 * @param rows {@code BigInteger} for whole numbers
 * @param totals of the measures, in their order
 */
record Expected(List<List<@Nullable Object>> rows, List<@Nullable Object> totals, boolean hasMore) {

    private static final double TOLERANCE = 1e-9;

    void check(String about, JsonObject answer) {
        JsonArray told = answer.getJsonArray("rows");
        assertThat(told.size()).as(about + "\n" + told.encode() + "\n" + rows).isEqualTo(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            same(about + " row " + i + " " + told.encode() + "\n" + rows, rows.get(i), told.getJsonArray(i));
        }
        JsonArray toldTotals = new JsonArray();
        answer.getJsonObject("totals", new JsonObject()).forEach(total -> toldTotals.add(total.getValue()));
        same(about + " totals", totals, toldTotals);
        assertThat(answer.getBoolean("has_more")).as(about).isEqualTo(hasMore);
    }

    private static void same(String about, List<@Nullable Object> expected, JsonArray told) {
        assertThat(told.size()).as(about).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            Object value = told.getValue(i);
            switch (expected.get(i)) {
                case Double number ->
                    assertThat(((Number) value).doubleValue())
                            .as(about)
                            .isCloseTo(number, within(TOLERANCE * Math.max(1, Math.abs(number))));
                case BigInteger whole ->
                    assertThat(new BigInteger(value.toString())).as(about).isEqualTo(whole);
                case null -> assertThat(value).as(about).isNull();
                default -> assertThat(value).as(about).isEqualTo(expected.get(i));
            }
        }
    }
}
