package dev.sextant.engine.druid;

import dev.sextant.engine.Appended;
import dev.sextant.engine.Bound;
import dev.sextant.engine.Condition;
import dev.sextant.engine.Deleted;
import dev.sextant.engine.EventBatch;
import dev.sextant.engine.PooledColumns;
import dev.sextant.engine.Table;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What changes a datasource: each change is an entry of its intake topic. */
final class Writes {

    private final DruidConfig config;
    private final SqlClient sql;
    private final InstantSource clock;

    Writes(DruidConfig config, SqlClient sql, InstantSource clock) {
        this.config = config;
        this.sql = sql;
        this.clock = clock;
    }

    private long now() {
        return Micros.of(clock.instant());
    }

    /** Done when each broker knows all columns, so that a statement may name them. */
    Future<Void> define(Datasource datasource, TenantId tenant, Table table) {
        Place place = new Place(tenant, table.dataset());
        Deadline deadline = Deadline.in(config.datasources().definePatience());
        return datasource.table(place, config.datasources().definePatience()).compose(known -> {
            if (known.isPresent() && Orders.conflict(known.get(), table)) {
                return Future.failedFuture(
                        DruidFailure.fault(new IllegalArgumentException("A column changes its type: " + place)));
            }
            Table all = known.map(there -> Orders.joined(there, table)).orElse(table);
            List<String> columns = PooledColumns.of(all).toList();
            boolean isNew = known.isEmpty() || !known.get().equals(all);
            return datasource.schema().knows(columns)
                    ? isNew ? order(datasource, place, Entry.Kind.DEFINE, all) : Future.succeededFuture()
                    : shown(datasource, place, all, deadline);
        });
    }

    private Future<Void> shown(Datasource datasource, Place place, Table all, Deadline deadline) {
        List<String> columns = PooledColumns.of(all).toList();
        return datasource
                .schema()
                .ask(columns, deadline)
                .otherwise(false)
                .compose(there -> datasource
                        .declare(Set.copyOf(columns))
                        .compose(_ -> order(datasource, place, there ? Entry.Kind.DEFINE : Entry.Kind.SHOW, all)))
                .compose(_ -> datasource.schema().await(columns, deadline));
    }

    private Future<Void> order(Datasource datasource, Place place, Entry.Kind kind, Table table) {
        return datasource
                .write(Entry.order(kind, place, now(), table))
                .compose(_ -> datasource.foresee(place, table))
                .onSuccess(_ -> datasource.follow(place));
    }

    /** Done when Kafka has it, or this node's spool. Which of the events are duplicates is found out later, but for those of this very batch. */
    Future<Appended> append(Datasource datasource, TenantId tenant, EventBatch batch, Deadline deadline) {
        if (deadline.remaining().isZero()) {
            return ProblemException.failed(DruidFailure.late());
        }
        Place place = new Place(tenant, batch.table().dataset());
        Future<Appended> appended = table(datasource, tenant, batch.table(), place)
                .compose(table -> datasource.append(entry(place, batch, new EventRow(tenant, batch, table))))
                .map(version -> appended(batch, version));
        datasource.follow(place);
        return within(deadline, appended);
    }

    private Future<Table> table(Datasource datasource, TenantId tenant, Table asked, Place place) {
        return datasource.table(place).compose(known -> {
            Optional<Table> enough =
                    known.filter(there -> Orders.joined(there, asked).equals(there));
            return enough.isPresent()
                    ? Future.succeededFuture(enough.get())
                    : define(datasource, tenant, asked)
                            .compose(_ -> datasource.table(place))
                            .map(Optional::orElseThrow);
        });
    }

    private static Entry entry(Place place, EventBatch batch, EventRow writer) {
        Entry.Head head = new Entry.Head(
                Entry.Kind.BATCH, place.tenant().value(), place.dataset(), Micros.of(batch.receivedAt()));
        return new Entry(head, null, batch.events().stream().map(writer::of).toList());
    }

    private static Appended appended(EventBatch batch, long version) {
        Set<String> ids = new HashSet<>();
        long twice = batch.events().stream()
                .filter(event -> !ids.add(event.id()) && event.givenId())
                .count();
        return new Appended(batch.events().size() - twice, twice, version);
    }

    private static <T> Future<T> within(Deadline deadline, Future<T> work) {
        Promise<T> promise = Promise.promise();
        work.onComplete(answer -> {
            if (answer.succeeded()) {
                promise.tryComplete(answer.result());
            } else {
                promise.tryFail(DruidFailure.fault(answer.cause()));
            }
        });
        return promise.future()
                .timeout(Math.max(1, deadline.remaining().toMillis()), TimeUnit.MILLISECONDS)
                .recover(failure -> failure instanceof TimeoutException
                        ? ProblemException.failed(DruidFailure.late())
                        : Future.failedFuture(failure));
    }

    /** Done when it is in force here: no scan that begins from then on looks at what was meant. */
    Future<Deleted> delete(Datasource datasource, TenantId tenant, Condition asked, Deadline deadline) {
        Place place = new Place(tenant, asked.dataset());
        Condition condition = bound(asked, place);
        return datasource
                .snapshot(place)
                .compose(_ -> datasource.settled(deadline))
                .compose(_ -> datasource.snapshot(place))
                .compose(snapshot -> meant(snapshot, condition, deadline)
                        .compose(hourToRows -> delete(datasource, snapshot, condition, hourToRows, deadline)));
    }

    /** It holds for all versions before it: it says so itself, each time. */
    private static Condition bound(Condition condition, Place place) {
        List<@Nullable Object> values = condition.parameters().stream()
                .<@Nullable Object>map(value -> value instanceof Bound bound ? bound(bound, place) : value)
                .toList();
        return new Condition(condition.dataset(), condition.sql(), values);
    }

    private static Object bound(Bound bound, Place place) {
        return switch (bound) {
            case TENANT -> place.tenant().value();
            case DATASET -> place.dataset();
            case VERSION -> Long.MAX_VALUE;
        };
    }

    private Future<Map<Long, Long>> meant(Snapshot snapshot, Condition condition, Deadline deadline) {
        long waiting = snapshot.versionToDeletion().values().stream()
                .filter(deletion -> deletion.stage() != Deletion.Stage.DONE)
                .count();
        if (waiting >= config.datasources().deletionsMax()) {
            return ProblemException.failed(
                    new Problem.LimitExceeded(
                            "engine.druid.datasources.deletions_max",
                            config.datasources().deletionsMax(),
                            "Too many deletions of this dataset wait to be carried out; delete more with one filter, or later."));
        }
        return sql.rows(StateQuery.meant(snapshot, condition, clock.instant()), deadline, SqlAnswer.Bounds.SMALL)
                .map(StateQuery::hourToRows)
                .recover(failure -> failure instanceof DruidFailure.UnknownName
                        ? Future.failedFuture(DruidFailure.fault(failure))
                        : Future.failedFuture(failure));
    }

    private Future<Deleted> delete(
            Datasource datasource,
            Snapshot snapshot,
            Condition condition,
            Map<Long, Long> hourToRows,
            Deadline deadline) {
        if (hourToRows.isEmpty()) {
            return Future.succeededFuture(new Deleted(0, snapshot.version()));
        }
        Deletion deletion = Deletion.of(condition, hourToRows, snapshot.version());
        return datasource
                .write(Entry.order(Entry.Kind.DELETE, snapshot.place(), now(), deletion))
                .compose(version ->
                        datasource.visible(version, deadline).map(_ -> new Deleted(deletion.rows(), version)));
    }

    /** Done when it is in force here. */
    Future<Void> drop(Datasource datasource, TenantId tenant) {
        Entry.Head head = new Entry.Head(Entry.Kind.DROP, tenant.value(), "", now());
        return datasource
                .write(new Entry(head, null, List.of()))
                .compose(version -> datasource.visible(
                        version, Deadline.in(config.datasources().definePatience())));
    }
}
