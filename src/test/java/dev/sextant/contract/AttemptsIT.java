package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.launch.Configs;
import dev.sextant.launch.SextantConfig;
import dev.sextant.soak.Round;
import dev.sextant.soak.Soak;
import dev.sextant.store.PostgresConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Random attempts: any operation of the contract, by anybody, at any of three tenants. What becomes of each is told by the
 * contract's scopes alone: who is unknown gets 401, who lacks a scope 403, who names another tenant 403 or 404, and
 * nobody ever sees a mark that is not their own. Attempts that would be let in to change something are not made, but for
 * those that would make somebody mightier.
 */
@Timeout(3600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AttemptsIT {

    private static final List<Promised> OPERATIONS = Promised.all();

    /** Of one's own attempts they tell, with the names that were asked for. */
    private static final List<String> LOGS = List.of("listAuditEvents", "exportAudit");

    /** Where the server looks for functions first, one that forgets which tenant it is told. */
    private static final String FORGET_TENANTS = """
            CREATE SCHEMA forgetful;
            CREATE FUNCTION forgetful.set_config(name text, value text, is_local boolean) RETURNS text
                LANGUAGE sql AS $$ SELECT pg_catalog.set_config('sextant.forgotten', value, is_local) $$;
            GRANT USAGE ON SCHEMA forgetful TO sextant_app;
            DO $$ BEGIN
                EXECUTE 'ALTER ROLE sextant_app IN DATABASE ' || quote_ident(current_database())
                    || ' SET search_path = forgetful, pg_catalog, public';
            END $$;
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE usename = 'sextant_app' AND datname = current_database()""";

    private static PostgresConfig database;
    private static Service service;
    private static List<Estate> estates;
    private static List<Actor> actors;

    @BeforeAll
    static void startService() {
        database = TestServers.freshPostgres();
        SextantConfig config = Configs.with(Map.of(
                "edge.bans.failures_max", "1000000000",
                "edge.bans.misses_max", "1000000000"));
        service = new Service(Bus.Wire.ALWAYS, database, config);
        estates = Stream.of("markofacme", "markofbolt", "markofcargo")
                .map(mark -> Estate.of(service, mark))
                .toList();
        actors = new ArrayList<>(Actor.strangers(service));
        estates.forEach(estate -> actors.addAll(Actor.of(service, estate)));
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    /** Each operation by each caller at each tenant, in order; what comes after tries them at random, one upon the other. */
    @TestFactory
    @Order(0)
    Stream<DynamicTest> noOperationIsOpenToWhoMayNot() {
        return OPERATIONS.stream()
                .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> {
                    for (Actor actor : actors) {
                        for (Estate estate : estates) {
                            Attempt attempt = new Attempt(actor, operation, estate, true);
                            if (attempt.isHarmless()) {
                                assertRefused(attempt, attempt.make());
                            }
                        }
                    }
                }));
    }

    @Test
    @Order(1)
    @Tag("soak-attempts")
    void nobodySeesOrDoesWhatIsNotTheirs() throws IOException {
        Soak.of("attempts", 10_000, 10_000).play(AttemptsIT::play);

        estates.forEach(AttemptsIT::assertWhole);
    }

    /** Row-level security returns nothing to whoever has named no tenant: the server makes that mistake each time here. */
    @Test
    @Order(2)
    void nobodySeesAnythingWhereTheServerForgetsWhoseWorkItDoes() {
        TestServers.asSuperuser(database, FORGET_TENANTS);
        Random random = new Random(1);

        for (int i = 0; i < 1000; i++) {
            Attempt attempt = attempt(random);
            if (attempt.isHarmless()) {
                HttpResponse<Buffer> response = attempt.make();
                assertThat(seenOfOthers(attempt, response))
                        .as(attempt.toString())
                        .isEmpty();
            }
        }
        for (Estate estate : estates) {
            assertThat(estate.customer()
                            .caller()
                            .get("/api/v2/saved-queries")
                            .bodyAsJsonObject()
                            .getJsonArray("data"))
                    .isEmpty();
            assertThat(estate.customer()
                            .caller()
                            .get("/api/v2/users")
                            .bodyAsJsonObject()
                            .getJsonArray("data"))
                    .isEmpty();
        }
    }

    private static void play(Round round) {
        while (round.next()) {
            if (round.random().nextInt(10) == 0) {
                Rise.attempt(round.random(), actors);
                continue;
            }
            Attempt attempt = attempt(round.random());
            if (attempt.isHarmless()) {
                assertRefused(attempt, attempt.make());
            }
        }
    }

    private static Attempt attempt(Random random) {
        return new Attempt(
                actors.get(random.nextInt(actors.size())),
                OPERATIONS.get(random.nextInt(OPERATIONS.size())),
                estates.get(random.nextInt(estates.size())),
                random.nextBoolean());
    }

    private static void assertRefused(Attempt attempt, HttpResponse<Buffer> response) {
        assertThat(response.statusCode())
                .as("%s: %s", attempt, response.bodyAsString())
                .isIn(attempt.expected());
        assertThat(seenOfOthers(attempt, response))
                .as("%s: %s", attempt, response.bodyAsString())
                .isEmpty();
    }

    private static List<String> seenOfOthers(Attempt attempt, HttpResponse<Buffer> response) {
        if (response.statusCode() < 300 && LOGS.contains(attempt.operation().id())) {
            return List.of();
        }
        return estates.stream()
                .filter(estate -> !estate.equals(attempt.actor().home()))
                .map(estate -> estate.seenIn(response))
                .filter(seen -> !seen.isEmpty())
                .toList();
    }

    private static void assertWhole(Estate estate) {
        Caller owner = estate.customer().caller();
        for (Promised promised : OPERATIONS) {
            boolean isOne =
                    promised.method().equals(HttpMethod.GET) && promised.path().endsWith("}");
            if (isOne && promised.scopes().stream().noneMatch(scope -> scope.startsWith("platform:"))) {
                HttpRequest<Buffer> request = owner.request(HttpMethod.GET, estate.path(promised));
                assertThat(owner.send(request, Buffer.buffer()).statusCode())
                        .as("%s of %s", promised.id(), estate.mark())
                        .isIn(200, 404);
            }
        }
        assertThat(owner.get(Sales.DATASETS + "/" + estate.mark())
                        .bodyAsJsonObject()
                        .getInteger("rows"))
                .isEqualTo(1);
        assertThat(owner.get("/api/v2/api-keys/" + estate.customer().keyId())
                        .bodyAsJsonObject()
                        .getInteger("version"))
                .isEqualTo(1);
    }
}
