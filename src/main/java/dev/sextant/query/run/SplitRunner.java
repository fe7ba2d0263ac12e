package dev.sextant.query.run;

import dev.sextant.datasets.Dataset;
import dev.sextant.engine.Answer;
import dev.sextant.engine.DatasetState;
import dev.sextant.engine.OlapEngine;
import dev.sextant.engine.Plan;
import dev.sextant.engine.RunHandle;
import dev.sextant.kernel.Deadline;
import dev.sextant.query.budget.CostRule;
import dev.sextant.query.budget.Sketches;
import dev.sextant.query.cache.CacheStatus;
import dev.sextant.query.cache.Core;
import dev.sextant.query.cache.Covered;
import dev.sextant.query.cache.Effort;
import dev.sextant.query.cache.Piece;
import dev.sextant.query.cache.PieceCache;
import dev.sextant.query.cache.PieceCache.Habit;
import dev.sextant.query.cache.ResultKey;
import dev.sextant.query.cache.ResultTable;
import dev.sextant.query.compile.CompiledQuery;
import dev.sextant.query.compile.QueryCompiler;
import dev.sextant.query.model.DatasetModel;
import dev.sextant.query.model.ErrorBound;
import dev.sextant.query.model.Query;
import dev.sextant.query.model.TimeRange.Between;
import dev.sextant.query.split.Run;
import dev.sextant.query.split.Split;
import dev.sextant.query.split.Whole;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers a query from the pieces of its time that are there, and asks the engine for the others only, all of them of one
 * snapshot. A query is cut when it is asked again, for other data or another range: what is asked but once costs nothing
 * more. Safe for all threads.
 */
final class SplitRunner {

    /** Data may come while pieces are asked for: then those that were there are looked at once more. */
    private static final int TRIES_MAX = 3;

    private final QueryCompiler compiler;
    private final OlapEngine engine;
    private final PieceCache pieces;
    private final QueryConfig config;

    SplitRunner(QueryCompiler compiler, OlapEngine engine, PieceCache pieces, QueryConfig config) {
        this.compiler = compiler;
        this.engine = engine;
        this.pieces = pieces;
        this.config = config;
    }

    /** One question, cut up. */
    private record Cut(ResultKey key, Dataset dataset, Split split, Core core, CompiledQuery whole, RunHandle handle) {}

    /** What is there of it, by the index of the piece, in the versions of one state; and what it took so far. */
    private record Found(DatasetState state, List<Optional<Piece>> pieces, long rowsRead, long queueNanos) {

        List<Integer> missing() {
            return IntStream.range(0, pieces.size())
                    .filter(i -> pieces.get(i).isEmpty())
                    .boxed()
                    .toList();
        }

        /** With these, and without what is of another version in the state in which they were asked. */
        Found with(Map<Integer, Piece> asked, Cut cut, Answer answer) {
            DatasetState later = answer.state();
            List<Optional<Piece>> all = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                long version = Covered.version(later, cut.split().pieces().get(i));
                Piece fresh = asked.get(i);
                all.add(fresh == null ? pieces.get(i).filter(piece -> piece.version() == version) : Optional.of(fresh));
            }
            return new Found(
                    later, all, rowsRead + rows(cut.split(), missing(), later), queueNanos + answer.queueNanos());
        }

        boolean isNothing() {
            return pieces.stream().allMatch(Optional::isEmpty);
        }

        boolean isAll() {
            return pieces.stream().allMatch(Optional::isPresent);
        }
    }

    /**
     * The answer; empty where the query had better be asked as a whole.
     *
     * @param key canonical
     * @param asked the query before its range was resolved: cursors are for that one
     * @param state of the dataset as it is known
     * @param handle stops the engine
     */
    Future<Optional<Fresh>> run(ResultKey key, Dataset dataset, Query asked, DatasetState state, RunHandle handle) {
        Optional<Split> split = split(key, dataset);
        if (split.isEmpty()) {
            return none();
        }
        Core core = core(key, split.get());
        Habit habit = pieces.habit(key.tenant(), core);
        if (habit == Habit.LARGE) {
            return none();
        }
        pieces.learn(key.tenant(), core, Habit.REPEATED);
        if (habit == Habit.NEW) {
            return none();
        }
        CompiledQuery whole =
                compiler.compile(key.tenant(), asked, (Between) key.query().timeRange(), dataset.model());
        Cut cut = new Cut(key, dataset, split.get(), core, whole, handle);
        return answer(cut, find(key, cut.split(), state), TRIES_MAX);
    }

    /** How many rows would be read now; empty where the query would be asked as a whole. */
    OptionalLong rowsLeft(ResultKey key, Dataset dataset, DatasetState state) {
        Optional<Split> split = split(key, dataset);
        if (split.isEmpty() || pieces.habit(key.tenant(), core(key, split.get())) != Habit.REPEATED) {
            return OptionalLong.empty();
        }
        boolean asksTotals = key.query().totals() && !split.get().knowsTotals();
        return OptionalLong.of(
                asksTotals
                        ? Quotes.rows(key.query(), state, null)
                        : rows(split.get(), find(key, split.get(), state).missing(), state));
    }

    private static Optional<Split> split(ResultKey key, Dataset dataset) {
        return key.query().timeRange() instanceof Between range
                ? Split.of(key.query(), range, dataset.model())
                : Optional.empty();
    }

    private static Core core(ResultKey key, Split split) {
        return split.core(key.modelVersion(), key.policy());
    }

    private static long rows(Split split, List<Integer> missing, DatasetState state) {
        return Run.of(missing).stream()
                .map(run -> run.range(split.pieces()))
                .mapToLong(range -> state.chunks().rows(range.from(), range.to()))
                .sum();
    }

    private static Future<Optional<Fresh>> none() {
        return Future.succeededFuture(Optional.empty());
    }

    private Found find(ResultKey key, Split split, DatasetState state) {
        Core core = core(key, split);
        return new Found(
                state,
                split.pieces().stream()
                        .map(interval -> pieces.find(key.tenant(), core, interval, Covered.version(state, interval)))
                        .toList(),
                0,
                0);
    }

    private Future<Optional<Fresh>> answer(Cut cut, Found found, int triesLeft) {
        if (found.isAll() && !asksTotals(cut)) {
            return Future.succeededFuture(Optional.of(together(cut, found, null, CacheStatus.HIT)));
        }
        if (triesLeft == 0) {
            return none();
        }
        CacheStatus status = found.isNothing() ? CacheStatus.MISS : CacheStatus.PARTIAL;
        List<Run> runs = Run.of(found.missing());
        return engine.run(cut.key().tenant(), plan(cut, runs), Deadline.in(config.patience()), cut.handle())
                .compose(answer -> dealt(cut, runs, answer)
                        .map(dealt -> goOn(cut, found.with(dealt, cut, answer), answer, status, triesLeft - 1))
                        .orElseGet(SplitRunner::none));
    }

    private Future<Optional<Fresh>> goOn(Cut cut, Found found, Answer answer, CacheStatus status, int triesLeft) {
        if (!found.isAll()) {
            return answer(cut, found, triesLeft);
        }
        List<@Nullable Object> totals =
                asksTotals(cut) ? answer.results().getLast().getFirst() : null;
        return Future.succeededFuture(Optional.of(together(cut, found, totals, status)));
    }

    private static boolean asksTotals(Cut cut) {
        return cut.whole().hasTotals() && !cut.split().knowsTotals();
    }

    private Plan plan(Cut cut, List<Run> runs) {
        List<Plan.Statement> statements = new ArrayList<>();
        for (Run run : runs) {
            Query question = cut.split().question(run, config.pieces().rowsMax());
            Between range = run.range(cut.split().pieces());
            CompiledQuery compiled = compiler.compile(
                    cut.key().tenant(), question, range, cut.dataset().model());
            statements.add(compiled.plan().statements().getFirst());
        }
        if (asksTotals(cut)) {
            statements.add(cut.whole().plan().statements().getLast());
        }
        return new Plan(cut.dataset().name(), statements, config.pieces().rowsMax() + 1);
    }

    /** Empty where the rows are too many, or not to be dealt out: then the query is not cut for a while. */
    private Optional<Map<Integer, Piece>> dealt(Cut cut, List<Run> runs, Answer answer) {
        int left = config.pieces().rowsMax();
        Map<Integer, Piece> indexToPiece = new HashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            List<List<@Nullable Object>> rows = answer.results().get(i);
            left -= rows.size();
            Optional<List<List<List<@Nullable Object>>>> dealt =
                    left < 0 ? Optional.empty() : cut.split().cut(runs.get(i), rows);
            if (dealt.isEmpty()) {
                pieces.learn(cut.key().tenant(), cut.core(), Habit.LARGE);
                return Optional.empty();
            }
            for (int j = 0; j < dealt.get().size(); j++) {
                int index = runs.get(i).first() + j;
                Between interval = cut.split().pieces().get(index);
                long version = Covered.version(answer.state(), interval);
                indexToPiece.put(index, kept(cut, interval, version, dealt.get().get(j)));
            }
        }
        return Optional.of(indexToPiece);
    }

    private Piece kept(Cut cut, Between interval, long version, List<List<@Nullable Object>> rows) {
        Piece piece = new Piece(version, rows);
        pieces.put(cut.key().tenant(), cut.core(), interval, piece);
        return piece;
    }

    private Fresh together(Cut cut, Found all, @Nullable List<@Nullable Object> askedTotals, CacheStatus status) {
        CompiledQuery whole = cut.whole();
        Whole page = cut.split().together(rows(cut, all), whole.columns());
        List<ErrorBound> errors =
                Sketches.bounds(cut.key().query(), cut.dataset().model());
        DatasetState state = Covered.state(all.state(), whole.range(), null);
        ResultTable table = new ResultTable(
                state,
                whole.range(),
                null,
                whole.columns(),
                page.rows(),
                null,
                totals(cut, page, askedTotals),
                page.hasMore()
                        ? compiler.cursorAfter(
                                cut.key().tenant(), whole, page.rows().getLast(), state.dataVersion())
                        : null,
                errors.isEmpty(),
                null);
        return new Fresh(
                table,
                all.state(),
                status,
                effort(cut, all),
                errors,
                Quotes.plan(cut.key().query(), cut.dataset().model()));
    }

    /** Of each piece; where pieces add up, those between the first and the last are kept as one while none of them changes. */
    private List<List<List<@Nullable Object>>> rows(Cut cut, Found all) {
        List<List<List<@Nullable Object>>> rows =
                all.pieces().stream().map(piece -> piece.orElseThrow().rows()).toList();
        if (!cut.split().addsUp()) {
            return rows;
        }
        int last = rows.size() - 1;
        Between inside = new Run(1, last - 1).range(cut.split().pieces());
        long version = Covered.version(all.state(), inside);
        Piece one = pieces.find(cut.key().tenant(), cut.core(), inside, version)
                .orElseGet(() -> kept(cut, inside, version, cut.split().condensed(rows.subList(1, last))));
        return List.of(rows.getFirst(), one.rows(), rows.getLast());
    }

    private static Effort effort(Cut cut, Found all) {
        Query query = cut.key().query();
        long rows = asksTotals(cut) ? Quotes.rows(query, all.state(), null) : all.rowsRead();
        DatasetModel model = cut.dataset().model();
        return new Effort(
                rows,
                CostRule.units(rows, query, model),
                CostRule.units(Quotes.rows(query, all.state(), null), query, model),
                all.queueNanos());
    }

    private static @Nullable List<@Nullable Object> totals(
            Cut cut, Whole page, @Nullable List<@Nullable Object> asked) {
        return asksTotals(cut) ? asked : page.totals(cut.whole().query());
    }
}
