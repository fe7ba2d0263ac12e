package dev.sextant.engine.druid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.engine.Bound;
import dev.sextant.engine.DatasetState;
import dev.sextant.kernel.TenantId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoundSqlTest {

    private static final String SCAN =
            "SELECT \"s_page\" FROM \"$events\" WHERE \"tenant_id\" = ? AND \"dataset\" = ? AND \"__version\" <= ?";

    private static Snapshot snapshot(long versionMin, SortedMap<Long, Deletion> deletions) {
        Place place = new Place(new TenantId("ten_acme"), "clicks");
        return new Snapshot("pool", place, new DatasetState(17, 3, null, null), versionMin, deletions);
    }

    private static List<@Nullable Object> list(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    @Test
    void namesTheDatasourceAndWhoAsksOfWhichVersion() {
        BoundSql bound = BoundSql.of(
                SCAN + " AND \"s_page\" = ? AND \"s_other\" = ?",
                list(Bound.TENANT, Bound.DATASET, Bound.VERSION, "home", null),
                snapshot(0, new TreeMap<>()));

        assertThat(bound.sql())
                .isEqualTo("SELECT \"s_page\" FROM \"pool\" WHERE \"tenant_id\" = ? AND \"dataset\" = ?"
                        + " AND (\"__version\" <= ?) AND \"s_page\" = ? AND \"s_other\" = ?");
        assertThat(bound.values()).isEqualTo(list("ten_acme", "clicks", 17L, "home", null));
    }

    @Test
    void passesOverMarksInTextsAndNames() {
        BoundSql bound =
                BoundSql.of("SELECT '?', 'it''s ?', \"a?\" WHERE 1 = ?", list(7L), snapshot(0, new TreeMap<>()));

        assertThat(bound.values()).containsExactly(7L);
    }

    @Test
    void keepsOutWhatWasDeletedAndWhatWasDropped() {
        SortedMap<Long, Deletion> deletions = new TreeMap<>(
                Map.of(9L, new Deletion("\"s_page\" = ?", list("x"), Map.of(1L, 1L), 8, Deletion.Stage.ORDERED)));

        BoundSql bound = BoundSql.of(
                "SELECT 1 FROM (" + SCAN + ") WHERE ? = 1",
                list(Bound.TENANT, Bound.DATASET, Bound.VERSION, 1L),
                snapshot(4, deletions));

        assertThat(bound.sql())
                .endsWith("(\"__version\" <= ? AND \"__version\" > ?"
                        + " AND (\"__version\" >= ? OR (\"s_page\" = ?) IS NOT TRUE))) WHERE ? = 1");
        assertThat(bound.values()).isEqualTo(list("ten_acme", "clicks", 17L, 4L, 9L, "x", 1L));
    }

    @Test
    void keepsTheNameOfTheTable() {
        BoundSql bound = BoundSql.of(
                "SELECT 1 FROM \"$events\" AS \"t\" WHERE \"t\".\"__version\" <= ?",
                list(Bound.VERSION),
                snapshot(4, new TreeMap<>()));

        assertThat(bound.sql())
                .isEqualTo(
                        "SELECT 1 FROM \"pool\" AS \"t\" WHERE (\"t\".\"__version\" <= ? AND \"t\".\"__version\" > ?)");
    }

    @Test
    void refusesAScanThatAsksForItsVersionInAnotherWay() {
        assertThatThrownBy(() -> BoundSql.of(
                        "SELECT 1 FROM \"$events\" WHERE \"__version\" < ?",
                        list(Bound.VERSION),
                        snapshot(0, new TreeMap<>())))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
