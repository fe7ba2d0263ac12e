package dev.sextant.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.TestServers;
import dev.sextant.datasets.DatasetReport;
import dev.sextant.demo.shop.ShopGenerator;
import dev.sextant.demo.shop.ShopSize;
import dev.sextant.demo.shop.ShopStream;
import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Secret;
import dev.sextant.launch.children.TestFolders;
import dev.sextant.store.PostgresConfig;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class DemoIT {

    private static final DemoConfig.Shop SMALL = new DemoConfig.Shop(7, 20, 60);
    private static final DemoConfig STILL = new DemoConfig(false, Duration.ofSeconds(1), 3, SMALL);
    private static final DemoConfig LIVELY = new DemoConfig(true, Duration.ofMillis(10), 200, SMALL);
    private static final int EDITS = 39_244;

    private final Map<String, Secret> nameToKey = new ConcurrentHashMap<>();
    private final Path folder = TestFolders.make();
    private final PostgresConfig database = TestServers.freshPostgres();

    @AfterAll
    void deleteFolder() {
        TestFolders.delete(folder);
    }

    @Test
    void loadsEverythingOnceHoweverOftenItIsStarted() {
        List<DemoTenant> first;
        DatasetReport edits;
        DatasetReport shop;
        try (DemoHouse house = open()) {
            first = demo(house, STILL).start().await();
            edits = house.dataset(first.get(0), "edits");
            shop = house.dataset(first.get(1), "events");
        }

        try (DemoHouse house = open()) {
            List<DemoTenant> second = demo(house, STILL).start().await();

            assertThat(first).extracting(DemoTenant::name).containsExactly("wikimedia", "shop");
            assertThat(edits.rows()).isEqualTo(EDITS);
            assertThat(shop.rows()).isEqualTo(eventsOf(shop)).isGreaterThan(3_000);
            assertThat(second).isEqualTo(first);
            assertThat(house.dataset(second.get(0), "edits")).isEqualTo(edits);
            assertThat(house.dataset(second.get(1), "events")).isEqualTo(shop);
        }
    }

    @Test
    void opensToTheKeysThatItTells() {
        try (DemoHouse house = open()) {
            for (DemoTenant tenant : demo(house, STILL).start().await()) {
                Principal principal = house.authenticator
                        .authenticate("Bearer " + tenant.apiKey().value(), ClientAddress.UNKNOWN)
                        .await();

                assertThat(principal.tenant().value()).isEqualTo(tenant.id());
                assertThat(principal.scopes())
                        .contains("analytics:read", "events:write", "keys:write")
                        .doesNotContain("platform:tenants", "platform:cross_tenant");
            }
        }
    }

    @Test
    void goesOnWhereALoadWasCutOff() {
        Path other = TestFolders.make();
        try (DemoHouse house = new DemoHouse(other, TestServers.freshPostgres())) {
            partly(house, new EditsExhibit(STILL), 12_345);
            partly(house, new ShopExhibit(SMALL), 1_234);

            List<DemoTenant> tenants = demo(house, STILL).start().await();

            DatasetReport shop = house.dataset(tenants.get(1), "events");
            assertThat(house.dataset(tenants.get(0), "edits").rows()).isEqualTo(EDITS);
            assertThat(shop.rows()).isEqualTo(eventsOf(shop));
        }
        TestFolders.delete(other);
    }

    @Test
    void keepsEventsArrivingAndTheOriginalsAsTheyAre() throws IOException {
        Path other = TestFolders.make();
        try (DemoHouse house = new DemoHouse(other, TestServers.freshPostgres())) {
            Instant begin = house.clock.instant();
            Demo demo = demo(house, LIVELY);
            List<DemoTenant> tenants = demo.start().await();
            DemoTenant wikimedia = tenants.get(0);
            DemoTenant shop = tenants.get(1);

            house.clock.advance(Duration.ofHours(30));
            await().atMost(Duration.ofSeconds(90)).until(() -> live(house, shop) > 50);
            await().atMost(Duration.ofSeconds(90)).until(() -> live(house, wikimedia) > 500);
            demo.stop().await();

            DatasetReport after = house.dataset(wikimedia, "edits");
            assertThat(Objects.requireNonNull(after.watermark()))
                    .isAfter(begin)
                    .isBeforeOrEqualTo(house.clock.instant());
            assertThat(house.ask(wikimedia, """
                    {"dataset":"edits","measures":[{"agg":"count"}],
                     "time_range":{"from":"2015-01-01T00:00:00Z","to":"2016-01-01T00:00:00Z"}}""")).containsExactly(List.of((long) EDITS));
            house.clock.advance(Duration.ofHours(1));
            assertThat(house.dataset(wikimedia, "edits")).isEqualTo(after);
        }
        TestFolders.delete(other);
    }

    private static long live(DemoHouse house, DemoTenant tenant) throws IOException {
        List<?> row = house.ask(tenant, """
                {"measures":[{"agg":"count"}],"filter":{"segment":"live"}}""").getFirst();
        return (Long) row.getFirst();
    }

    @Test
    void hasModelsWhoseEveryMeasureAnswers() throws IOException {
        try (DemoHouse house = open()) {
            List<DemoTenant> tenants = demo(house, STILL).start().await();

            assertThat(house.ask(tenants.get(0), """
                    {"measures":[{"measure":"edits"},{"measure":"added"},{"measure":"deleted"},{"measure":"growth"},
                     {"measure":"editors"},{"measure":"bot_share"}],
                     "time_range":{"from":"2015-09-12T00:00:00Z","to":"2015-09-13T00:00:00Z"}}"""))
                    .containsExactly(List.of(
                            39_244L,
                            BigInteger.valueOf(9_385_573),
                            BigInteger.valueOf(394_298),
                            BigInteger.valueOf(8_991_275),
                            10_531L,
                            15_420.0 / 39_244));
            for (DemoTenant tenant : tenants) {
                String dataset = tenant.name().equals("shop") ? "events" : "edits";
                for (var measure : house.dataset(tenant, dataset).model().get("measures")) {
                    String query = "{\"measures\":[{\"measure\":%s}]}".formatted(measure.get("name"));
                    assertThat(house.ask(tenant, query)).hasSize(1);
                }
            }
        }
    }

    @Test
    void answersTheQuestionsOfItsPageAsThePageSays() throws IOException {
        String page = Files.readString(Path.of("docs/demo.md"));
        Matcher questions = Pattern.compile("-d '\\n(.*?)'\\n```\\n```json\\n(.*?)```", Pattern.DOTALL)
                .matcher(page);

        int asked = 0;
        try (DemoHouse house = open()) {
            DemoTenant wikimedia = demo(house, STILL).start().await().get(0);
            while (questions.find()) {
                JsonNode expected = json(questions.group(2));
                JsonNode rows = house.answer(wikimedia, questions.group(1)).get("rows");
                assertThat(rows.equals(DemoIT::compareNearly, expected))
                        .as(rows.toString())
                        .isTrue();
                asked++;
            }
        }
        assertThat(asked).isEqualTo(5);
    }

    @Test
    void answersTheFirstQuestionOfTheReadme() throws IOException {
        Matcher questions = Pattern.compile("realtime/query [^\n]*-d '\n(.*?)'\n```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(questions.find()).isTrue();

        try (DemoHouse house = open()) {
            DemoTenant wikimedia = demo(house, STILL).start().await().get(0);

            assertThat(house.ask(wikimedia, questions.group(1)))
                    .containsExactly(
                            List.of("#en.wikipedia", 10_467L, 4_287L),
                            List.of("#de.wikipedia", 2_012L, 885L),
                            List.of("#fr.wikipedia", 1_862L, 772L));
        }
    }

    /** The page rounds what is not whole. */
    private static int compareNearly(JsonNode one, JsonNode other) {
        boolean alike = (one.isNumber() && other.isNumber())
                ? Math.abs(one.doubleValue() - other.doubleValue()) < 1e-6
                : one.equals(other);
        return alike ? 0 : 1;
    }

    private static JsonNode json(String text) throws IOException {
        return Json.tree(text.getBytes(StandardCharsets.UTF_8));
    }

    private DemoHouse open() {
        return new DemoHouse(folder, database);
    }

    private Demo demo(DemoHouse house, DemoConfig config) {
        return new Demo(
                house.vertx,
                house.bus,
                name -> nameToKey.computeIfAbsent(name, _ -> DemoHouse.newKey()),
                config,
                house.clock);
    }

    /** As far as a start gets that ends early. */
    private static void partly(DemoHouse house, Exhibit exhibit, int events) {
        DemoClient client = new DemoClient(house.bus);
        Target target = client.tenant(exhibit.tenantName())
                .map(tenant -> new Target(
                        new dev.sextant.kernel.TenantId(tenant.id()),
                        exhibit.dataset().name()))
                .await();
        DatasetReport empty = client.dataset(target.tenant(), exhibit.dataset()).await();
        new HistoryLoader(house.vertx, client)
                .load(target, exhibit.missing(empty).limit(events))
                .await();
    }

    /** What the shop has behind it, counted by itself. */
    private static long eventsOf(DatasetReport shop) {
        LocalDate opening =
                LocalDate.ofInstant(shop.createdAt(), ZoneOffset.UTC).minusDays(SMALL.historyDays());
        ShopStream stream =
                ShopStream.from(new ShopGenerator(new ShopSize(SMALL.seed(), SMALL.sessionsPerDay())), opening);
        long events = 0;
        while (stream.next(shop.createdAt()).isPresent()) {
            events++;
        }
        return events;
    }
}
