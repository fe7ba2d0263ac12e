package dev.sextant.engine.druid;

import dev.sextant.engine.druid.DruidConfig.Datasources.Span;
import dev.sextant.engine.druid.Overlord.Outcome;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what was deleted out of a datasource's segments, step by step. It remembers nothing that Druid and the orders do not
 * tell: whoever does it next goes on from there. All nodes hear that it begins a step before it does, since from then on
 * rows may be missing where they are looked for.
 */
final class Removals {

    private static final Logger LOG = LoggerFactory.getLogger(Removals.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What waits to be removed, and how it is told that it is. */
    private record Waiting(Unwanted unwanted, Supplier<Future<Void>> told) {}

    /** Where rows are left, and of what. */
    private record Left(Unwanted all, Map<Long, Long> segmentToRows, List<Waiting> gone) {}

    private final Datasource datasource;
    private final Datasource.Means means;
    private final Map<TenantId, Long> droppedAndGone = new ConcurrentHashMap<>();
    private final AtomicBoolean underWay = new AtomicBoolean();

    Removals(Datasource datasource, Datasource.Means means) {
        this.datasource = datasource;
        this.means = means;
    }

    /** Takes each deletion a step further, unless the last step is still being made. */
    void step(Map<Place, SortedMap<Long, Deletion>> deletions, Map<TenantId, Long> dropped, Set<String> columns) {
        if (underWay.compareAndSet(false, true)) {
            begin(deletions)
                    .compose(_ -> goOn(waiting(deletions, dropped), columns))
                    .onFailure(failure -> LOG.warn(
                            "Datasource {}: what was deleted stays in its segments for now, problem[{}]",
                            datasource.name,
                            failure.toString()))
                    .onComplete(_ -> underWay.set(false));
        }
    }

    private Future<Void> begin(Map<Place, SortedMap<Long, Deletion>> deletions) {
        List<Future<Void>> begun = new ArrayList<>();
        deletions.forEach((place, all) -> all.forEach((ordered, deletion) -> {
            if (deletion.stage() == Deletion.Stage.ORDERED) {
                begun.add(tell(place, ordered, deletion.begun()));
            }
        }));
        return Future.all(begun).mapEmpty();
    }

    private List<Waiting> waiting(Map<Place, SortedMap<Long, Deletion>> deletions, Map<TenantId, Long> dropped) {
        List<Waiting> waiting = new ArrayList<>();
        deletions.forEach((place, all) -> all.forEach((ordered, deletion) -> {
            if (deletion.stage() == Deletion.Stage.BEGUN) {
                waiting.add(new Waiting(
                        Unwanted.of(place, ordered, deletion), () -> tell(place, ordered, deletion.done())));
            }
        }));
        dropped.forEach((tenant, version) -> {
            if (!version.equals(droppedAndGone.get(tenant))) {
                waiting.add(new Waiting(Unwanted.of(tenant, version), () -> {
                    droppedAndGone.put(tenant, version);
                    return Future.succeededFuture();
                }));
            }
        });
        return waiting;
    }

    private Future<Void> tell(Place place, long ordered, Deletion deletion) {
        long now = Micros.of(means.clock().instant());
        return datasource
                .write(Entry.order(Entry.Kind.REMOVE, place, now, new Removal(ordered, deletion)))
                .mapEmpty();
    }

    private Future<Void> goOn(List<Waiting> waiting, Set<String> columns) {
        if (waiting.isEmpty()) {
            return Future.succeededFuture();
        }
        return means.overlord()
                .tasks(datasource.name)
                .compose(tasks -> left(waiting)
                        .compose(left -> rewrite(tasks, left, columns)
                                .compose(_ -> clear(tasks))
                                .compose(isClear ->
                                        isClear ? each(left.gone, one -> one.told.get()) : Future.succeededFuture())));
    }

    private Future<Left> left(List<Waiting> waiting) {
        Unwanted all = Unwanted.any(waiting.stream().map(Waiting::unwanted).toList());
        List<Waiting> gone = new ArrayList<>();
        return segments(all)
                .compose(segmentToRows ->
                        each(waiting, one -> isGone(one, gone)).map(_ -> new Left(all, segmentToRows, gone)))
                .compose(left -> datasource.confirm().map(_ -> left)); // else rows may be missing that come again
    }

    private Future<Void> isGone(Waiting one, List<Waiting> gone) {
        return segments(one.unwanted)
                .onSuccess(found -> {
                    if (found.isEmpty()) {
                        gone.add(one);
                    }
                })
                .mapEmpty();
    }

    private Future<Map<Long, Long>> segments(Unwanted unwanted) {
        return means.sql()
                .rows(unwanted.left(datasource.name, span()), Deadline.in(PATIENCE), SqlAnswer.Bounds.SMALL)
                .map(Unwanted::segmentToRows);
    }

    private Span span() {
        return means.config().datasources().segments();
    }

    /** Has segments written anew that have rows of those, but for those with which somebody is busy. */
    private Future<Void> rewrite(Map<String, Outcome> tasks, Left left, Set<String> columns) {
        Set<Long> busy = new HashSet<>();
        tasks.forEach((id, outcome) -> RewriteTask.of(datasource.name, id)
                .filter(task -> outcome == Outcome.RUNNING || (outcome == Outcome.SUCCESS && !task.isCleared(tasks)))
                .ifPresent(task -> busy.add(task.segment())));
        List<RewriteTask> wanted = left.segmentToRows.entrySet().stream()
                .filter(segment -> !busy.contains(segment.getKey()))
                .map(segment -> RewriteTask.next(datasource.name, segment.getKey(), segment.getValue()))
                .toList();
        return wanted.isEmpty() ? Future.succeededFuture() : rewrite(left.all, wanted, columns);
    }

    private Future<Void> rewrite(Unwanted unwanted, List<RewriteTask> tasks, Set<String> columns) {
        return means.sql()
                .rows(unwanted.explained(datasource.name), Deadline.in(PATIENCE), SqlAnswer.Bounds.SMALL)
                .compose(plan -> each(tasks, task -> {
                    try {
                        String words = String.valueOf(plan.getFirst().getFirst());
                        return means.overlord().run(task.json(span(), columns, KeptRows.of(words)));
                    } catch (IOException e) {
                        return Future.failedFuture(e);
                    }
                }));
    }

    /** Takes off the disk what has been written anew; whether there is no more of it. */
    private Future<Boolean> clear(Map<String, Outcome> tasks) {
        List<RewriteTask> written = tasks.entrySet().stream()
                .filter(task -> task.getValue() == Outcome.SUCCESS)
                .flatMap(
                        task -> RewriteTask.of(datasource.name, task.getKey())
                                .filter(rewrite -> rewrite.id().equals(task.getKey()))
                                .stream())
                .filter(rewrite -> !rewrite.isCleared(tasks))
                .toList();
        List<RewriteTask> next =
                written.stream().filter(task -> task.isToBeCleared(tasks)).toList();
        return each(next, task -> clear(task, tasks)).map(_ -> written.isEmpty());
    }

    private Future<Void> clear(RewriteTask task, Map<String, Outcome> tasks) {
        return means.overlord().thrownAway(task.id()).compose(rows -> {
            if (rows != task.rows() && rows != 0) { // none where the one before it had not been seen yet
                LOG.error(
                        "Task {} took out {} rows; the segments before it are kept, unused, until somebody has looked",
                        task.id(),
                        rows);
                return Future.succeededFuture();
            }
            LOG.info("Datasource {}: {} deleted rows are taken out, task[{}]", datasource.name, rows, task.id());
            return means.overlord().run(task.killJson(span(), tasks));
        });
    }

    /** One after the other. */
    private static <T> Future<Void> each(List<T> many, Function<T, Future<Void>> work) {
        Future<Void> done = Future.succeededFuture();
        for (T one : many) {
            done = done.compose(_ -> work.apply(one));
        }
        return done;
    }
}
