package dev.sextant.query.split;

import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Measure;
import dev.sextant.query.model.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers a question from the whole answer of a finer one, where its measures add up. Pure. */
public final class RollUp {

    private final Query coarse;
    private final Query fine;
    private final DatasetModel model;

    private RollUp(Query coarse, Query fine, DatasetModel model) {
        this.coarse = coarse;
        this.fine = fine;
        this.model = model;
    }

    /** Whether others may be answered from the answer: it shows all of its groups. */
    public static boolean isWhole(Query query, ResultTable answer) {
        return Split.isPlain(query)
                && !query.dimensions().isEmpty()
                && query.having() == null
                && answer.nextCursor() == null;
    }

    /**
     * The answer to {@code coarse}; empty where it does not follow.
     *
     * @param fine of the same dataset, filter and range; its answer {@link #isWhole}
     * @param columns of the answer to {@code coarse}
     */
    public static Optional<Whole> of(
            Query coarse, Query fine, ResultTable answer, DatasetModel model, List<ColumnInfo> columns) {
        if (!Split.isPlain(coarse) || !RowFilter.canTell(coarse.having())) {
            return Optional.empty();
        }
        RollUp rollUp = new RollUp(coarse, fine, model);
        return Parts.of(coarse.measures(), model)
                .flatMap(parts -> rollUp.sources(parts)
                        .map(sources ->
                                new Assembly(coarse, columns).merged(List.of(picked(answer.rows(), sources)), parts)));
    }

    /** Where the coarse one's dimensions and parts stand in the fine one's rows; empty where one is not there. */
    private Optional<List<Integer>> sources(Parts parts) {
        List<Integer> sources = new ArrayList<>();
        coarse.dimensions().forEach(dimension -> sources.add(source(dimension)));
        parts.measures().forEach(part -> sources.add(source(part)));
        return sources.contains(-1) ? Optional.empty() : Optional.of(sources);
    }

    private int source(Dimension wanted) {
        for (int i = 0; i < fine.dimensions().size(); i++) {
            if (isSame(wanted, fine.dimensions().get(i))) {
                return i;
            }
        }
        return -1;
    }

    private int source(Measure part) {
        for (int i = 0; i < fine.measures().size(); i++) {
            if (isSame(part, meant(fine.measures().get(i)))) {
                return fine.dimensions().size() + i;
            }
        }
        return -1;
    }

    private Measure meant(Measure measure) {
        return measure instanceof Measure.Named named
                ? model.measure(named.measure()).orElseThrow().definition()
                : measure;
    }

    /** But for the name of its column. */
    private static boolean isSame(Dimension one, Dimension other) {
        if (one instanceof Dimension.TimeBucket first && other instanceof Dimension.TimeBucket second) {
            return first.equals(new Dimension.TimeBucket(
                    second.field(), second.grain(), second.zone(), second.weekStart(), first.as()));
        }
        return one instanceof Dimension.Plain first
                && other instanceof Dimension.Plain second
                && first.field().equals(second.field());
    }

    private static boolean isSame(Measure one, Measure other) {
        return one instanceof Measure.Aggregate first
                && other instanceof Measure.Aggregate second
                && first.function() == second.function()
                && Objects.equals(first.field(), second.field())
                && Objects.equals(first.filter(), second.filter());
    }

    private static List<List<@Nullable Object>> picked(List<List<@Nullable Object>> rows, List<Integer> sources) {
        List<List<@Nullable Object>> picked = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> values = new ArrayList<>(sources.size());
            sources.forEach(source -> values.add(row.get(source)));
            picked.add(values);
        }
        return picked;
    }
}
