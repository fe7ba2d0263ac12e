package dev.sextant.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two owners can believe at once that they have a lease; they can't both act. */
@Timeout(60)
class NodeLeasesIT {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration OVER = Duration.ofMillis(-1);
    private static final List<String> RULES = List.of("rules");

    private Vertx vertx;
    private Postgres postgres;
    private PlatformDb db;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        PostgresConfig config = TestServers.freshPostgres();
        TestServers.asSuperuser(config, "CREATE TABLE act (number bigserial PRIMARY KEY, epoch bigint NOT NULL)");
        TestServers.asSuperuser(config, "GRANT SELECT, INSERT ON act TO sextant_platform");
        TestServers.asSuperuser(config, "GRANT USAGE ON SEQUENCE act_number_seq TO sextant_platform");
        postgres = Answers.of(Postgres.open(vertx, config, InstantSource.system()));
        db = postgres.platformDb();
    }

    @AfterEach
    void close() {
        Answers.of(postgres.close());
        Answers.of(vertx.close());
    }

    @Test
    void ofManyWhoWantItOneHasIt() {
        List<Future<List<Fence>>> all = IntStream.range(0, 20)
                .mapToObj(i -> take("node_" + i, RULES, LONG))
                .toList();
        Answers.of(Future.join(all));

        assertThat(all.stream().flatMap(one -> one.result().stream()))
                .singleElement()
                .satisfies(fence -> {
                    assertThat(fence.lease()).isEqualTo("rules");
                    assertThat(fence.epoch()).isEqualTo(1);
                });
    }

    @Test
    void whatIsNotRenewedIsTakenOverWithAGreaterEpoch() {
        Answers.of(take("one", RULES, OVER));

        assertThat(Answers.of(take("two", RULES, LONG))).containsExactly(new Fence("rules", "two", 2));
        assertThat(Answers.of(take("one", RULES, LONG))).isEmpty();
    }

    @Test
    void whatIsRenewedIsKept() {
        Fence fence = Answers.of(take("one", RULES, LONG)).getFirst();

        assertThat(Answers.of(renew("one"))).containsExactly(fence);
        assertThat(Answers.of(take("two", RULES, LONG))).isEmpty();
    }

    /** Somebody else may have acted meanwhile. */
    @Test
    void whatHasEndedIsNotRenewed() {
        Answers.of(take("one", RULES, OVER));

        assertThat(Answers.of(renew("one"))).isEmpty();
    }

    @Test
    void whatIsGivenBackIsAnothersAtOnce() {
        Answers.of(take("one", List.of("rules", "live"), LONG));

        Answers.of(db.inTransaction(transaction -> NodeLeases.giveBack(transaction, "one", RULES)));

        assertThat(Answers.of(take("two", List.of("rules", "live"), LONG)))
                .containsExactly(new Fence("rules", "two", 2));
    }

    @Test
    void whoLostItActsNoMore() {
        Fence lost = Answers.of(take("one", RULES, OVER)).getFirst();
        Fence present = Answers.of(take("two", RULES, LONG)).getFirst();

        assertThat(Answers.failure(act(lost))).isInstanceOf(FencedException.class);
        Answers.of(act(present));

        assertThat(epochs()).containsExactly(2L);
    }

    @Test
    void nobodyTakesItOverInTheMiddleOfAnAct() {
        Fence fence = Answers.of(take("one", RULES, OVER)).getFirst();
        Promise<Void> isHeld = Promise.promise();
        Promise<Void> goOn = Promise.promise();
        Future<Void> act = db.inTransaction(transaction -> fence.hold(transaction)
                .onComplete(isHeld)
                .compose(_ -> goOn.future())
                .compose(_ -> note(transaction, fence)));
        Answers.of(isHeld.future());

        assertThat(Answers.of(take("two", RULES, LONG))).isEmpty();
        goOn.complete();
        Answers.of(act);

        assertThat(Answers.of(take("two", RULES, LONG))).containsExactly(new Fence("rules", "two", 2));
    }

    /** Leases end while acts are under way, again and again: acts of an epoch never come after those of a later one. */
    @Test
    void actsNeverGoBackToAnEarlierEpoch() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Future<Void>> owners = Stream.of("one", "two", "three")
                .map(owner -> contend(owner, random, 60))
                .toList();
        Answers.of(Future.join(owners));

        List<Long> epochs = epochs();
        assertThat(epochs).as("seed %d", seed).isNotEmpty().isSorted();
        assertThat(epochs.getLast()).as("how often the lease changed hands").isGreaterThan(3);
    }

    /** Believes in each lease that it ever got, and acts on the last one. */
    private Future<Void> contend(String owner, Random random, int times) {
        List<Fence> got = new ArrayList<>();
        Future<Void> all = Future.succeededFuture();
        for (int i = 0; i < times; i++) {
            Duration life = Duration.ofMillis(random.nextInt(4));
            all = all.compose(_ -> take(owner, RULES, life))
                    .onSuccess(got::addAll)
                    .compose(_ -> got.isEmpty() ? Future.succeededFuture() : act(got.getLast()))
                    .recover(failure -> failure instanceof FencedException
                            ? Future.succeededFuture()
                            : Future.failedFuture(failure));
        }
        return all;
    }

    private Future<List<Fence>> take(String owner, List<String> names, Duration life) {
        return db.inTransaction(transaction -> NodeLeases.take(transaction, owner, names, life));
    }

    private Future<List<Fence>> renew(String owner) {
        return db.inTransaction(transaction -> NodeLeases.renew(transaction, owner, LONG));
    }

    private Future<Void> act(Fence fence) {
        return db.inTransaction(transaction -> fence.hold(transaction).compose(_ -> note(transaction, fence)));
    }

    private static Future<Void> note(SqlConnection transaction, Fence fence) {
        return transaction
                .preparedQuery("INSERT INTO act (epoch) VALUES ($1)")
                .execute(Tuple.of(fence.epoch()))
                .mapEmpty();
    }

    private List<Long> epochs() {
        return Answers.of(db.inTransaction(transaction -> transaction
                .query("SELECT epoch FROM act ORDER BY number")
                .execute()
                .map(rows -> {
                    List<Long> epochs = new ArrayList<>();
                    rows.forEach(row -> epochs.add(row.getLong(0)));
                    return epochs;
                })));
    }
}
