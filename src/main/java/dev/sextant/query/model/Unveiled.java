package dev.sextant.query.model;

import java.util.List;
import java.util.Set;

/** A query as it would be asked of all events, with what is kept back written into its filter. Pure. */
public final class Unveiled {

    private Unveiled() {}

    /** Whether the query looks at fields that are shown as the events hold them only. */
    public static boolean isPossible(Query query, DatasetModel seen) {
        Sight sight = seen.sight();
        if (sight == null) {
            return true;
        }
        Set<String> used = FieldNames.of(query, seen);
        return used.stream().allMatch(sight::isClear);
    }

    /**
     * The query over the whole dataset that answers this one.
     *
     * @param seen the model that the query was checked against
     */
    public static Query of(Query query, DatasetModel seen) {
        Sight sight = seen.sight();
        if (sight == null || sight.rows() == null) {
            return query;
        }
        Filter own = query.filter();
        return query.toBuilder()
                .filter(own == null ? sight.rows() : new Filter.And(List.of(own, sight.rows())))
                .build();
    }
}
