package dev.sextant.query.split;

import dev.sextant.kernel.Principal.PolicyFingerprint;
import dev.sextant.query.cache.Core;
import dev.sextant.query.model.ColumnInfo;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.Dimension;
import dev.sextant.query.model.Fields;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange.Between;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A question cut into pieces of its time, each of which can be asked, and kept, by itself.
 *
 * <p>Where rows are grouped by time, no group lies in two pieces, and any measure will do. Else the rows of pieces are
 * partial, and are added up: those of several pieces, asked together, have a hidden first column, in which piece they lie. Pure.
 */
public final class Split {

    private final Query query;
    private final Layout layout;
    private final Optional<Parts> parts;
    private final int bucket;
    private final boolean hidden;

    private Split(Query query, Layout layout, Optional<Parts> parts, int bucket) {
        this.query = query;
        this.layout = layout;
        this.parts = parts;
        this.hidden = bucket < 0;
        this.bucket = Math.max(0, bucket);
    }

    /**
     * Cuts a question up; empty where it is one that cannot be, or where that would hardly save anything.
     *
     * @param query canonical
     * @param range that it looks at
     */
    public static Optional<Split> of(Query query, Between range, DatasetModel model) {
        if (!isPlain(query) || !RowFilter.canTell(query.having())) {
            return Optional.empty();
        }
        Optional<Parts> parts = Parts.of(query.measures(), model);
        int bucket = bucket(query, model);
        if (bucket < 0) {
            return parts.flatMap(_ -> Layout.ofHours(model.roles().time(), range))
                    .map(layout -> new Split(query, layout, parts, bucket));
        }
        return Layout.of((Dimension.TimeBucket) query.dimensions().get(bucket), range)
                .map(layout -> new Split(query, layout, parts, bucket));
    }

    /** Whether its answer is made of groups of events, and of nothing else. */
    static boolean isPlain(Query query) {
        return query.fields().isEmpty()
                && query.cursor() == null
                && query.grouping() == null
                && query.compare() == null
                && query.fill() == null
                && query.others() == null
                && query.asOf() == null
                && !query.navigate();
    }

    private static int bucket(Query query, DatasetModel model) {
        Fields fields = Fields.of(model);
        return IntStream.range(0, query.dimensions().size())
                .filter(i -> query.dimensions().get(i) instanceof Dimension.TimeBucket bucket
                        && fields.isTime(bucket.field()))
                .findFirst()
                .orElse(-1);
    }

    /** The pieces in their order. */
    public List<Between> pieces() {
        return layout.pieces();
    }

    /** What is asked of each piece, but for the hidden column. */
    public Core core(int modelVersion, PolicyFingerprint policy) {
        return new Core(question(query.dimensions(), 1), modelVersion, policy);
    }

    /** What the engine is asked, over the range of a run of pieces: all rows that there are, up to a limit. */
    public Query question(Run run, int rowsMax) {
        if (!isMarked(run)) {
            return question(query.dimensions(), rowsMax);
        }
        List<Dimension> dimensions = new ArrayList<>();
        dimensions.add(layout.bucket());
        dimensions.addAll(query.dimensions());
        return question(dimensions, rowsMax);
    }

    /** Whether the hidden column is asked for. Of one piece, the last one most of all, it would tell nothing. */
    private boolean isMarked(Run run) {
        return hidden && run.first() < run.last();
    }

    private Query question(List<Dimension> dimensions, int rowsMax) {
        return Query.of(query.dataset())
                .dimensions(dimensions)
                .measures(parts.map(Parts::measures).orElse(query.measures()))
                .filter(query.filter())
                .totals(false)
                .limit(rowsMax)
                .build();
    }

    /**
     * Deals the rows of a run out to its pieces, in their order; empty where a row lies in none of them, which happens
     * where engine and calendar disagree on what a bucket is.
     */
    public Optional<List<List<List<@Nullable Object>>>> cut(Run run, List<List<@Nullable Object>> rows) {
        if (hidden && !isMarked(run)) {
            return Optional.of(List.of(rows));
        }
        List<List<List<@Nullable Object>>> pieces = new ArrayList<>();
        for (int i = run.first(); i <= run.last(); i++) {
            pieces.add(new ArrayList<>());
        }
        for (List<@Nullable Object> row : rows) {
            Instant start = (Instant) Objects.requireNonNull(row.get(bucket), "Each event has a time");
            int piece = layout.indexOf(start);
            if (piece < run.first() || piece > run.last()) {
                return Optional.empty();
            }
            pieces.get(piece - run.first()).add(hidden ? row.subList(1, row.size()) : row);
        }
        return Optional.of(pieces);
    }

    /** Whether the totals follow from the pieces; else they have to be asked. */
    public boolean knowsTotals() {
        return parts.isPresent();
    }

    /** Whether rows of different pieces are added up, so that pieces side by side may be taken for one. */
    public boolean addsUp() {
        return hidden;
    }

    /** The rows of one piece that covers these, which lie side by side; only where they add up. */
    public List<List<@Nullable Object>> condensed(List<List<List<@Nullable Object>>> pieces) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        parts.orElseThrow().addedUp(pieces, query.dimensions().size()).forEach((key, all) -> {
            List<@Nullable Object> row = new ArrayList<>(key);
            row.addAll(all);
            rows.add(row);
        });
        return rows;
    }

    /**
     * Puts the answer together.
     *
     * @param pieces the rows of all pieces, in their order
     * @param columns of the answer
     */
    public Whole together(List<List<List<@Nullable Object>>> pieces, List<ColumnInfo> columns) {
        Assembly assembly = new Assembly(query, columns);
        return parts.map(known -> hidden ? assembly.merged(pieces, known) : assembly.joined(pieces, known))
                .orElseGet(() -> assembly.joined(pieces));
    }
}
