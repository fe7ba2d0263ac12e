package dev.sextant.engine;

import dev.sextant.engine.EventBatch.Event;
import dev.sextant.engine.Table.Column;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Small datasets, batches and plans for tests of an engine, and how to wait for it. */
public final class Events {

    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** A dataset with one field. */
    public static final Table CLICKS = new Table("clicks", List.of(new Column("page", FieldType.STRING)));

    private Events() {}

    public static Deadline patience() {
        return Deadline.in(Duration.ofSeconds(60));
    }

    public static Event click(String id) {
        return new Event(id, true, NOON, "api", new @Nullable Object[] {"home"}, null);
    }

    public static EventBatch clicks(String... ids) {
        return clicksAt(NOON, ids);
    }

    public static EventBatch clicksAt(Instant receivedAt, String... ids) {
        return new EventBatch(
                CLICKS,
                "btc_1",
                receivedAt,
                1,
                Arrays.stream(ids).map(Events::click).toList());
    }

    /** Clicks whose ids are {@code prefix} and the numbers from {@code from} on. */
    public static EventBatch clicksFrom(String prefix, int from, int count) {
        String[] ids =
                IntStream.range(from, from + count).mapToObj(n -> prefix + n).toArray(String[]::new);
        return clicks(ids);
    }

    public static Plan plan(String dataset, String sql, FieldType... types) {
        return new Plan(dataset, List.of(new Plan.Statement(sql, List.of(), List.of(types))), 1000);
    }

    public static Plan count(String dataset) {
        return plan(dataset, "SELECT COUNT(*) FROM \"" + dataset + "\"", FieldType.LONG);
    }

    /** The one value that the plan's last statement yields. */
    public static @Nullable Object value(Answer answer) {
        return answer.results().getLast().getFirst().getFirst();
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("The engine did not answer", e);
        }
    }

    /** Waits for the failure. */
    public static Problem problem(Future<?> future) {
        try {
            Object answer = await(future);
            throw new AssertionError("It did not fail, but answered " + answer);
        } catch (ProblemException e) {
            return e.problem();
        }
    }
}
