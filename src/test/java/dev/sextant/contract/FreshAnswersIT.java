package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.bus.Bus;
import dev.sextant.soak.Round;
import dev.sextant.soak.Soak;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever is kept of answers, none is stale or wrong: events are inserted, some of them long ago, and deleted, the clock
 * moves on, and a few questions are asked again and again, each answer held against one that is worked out from a list of the events.
 */
@Tag("soak-cache")
class FreshAnswersIT {

    private static final int STEPS_PER_ROUND = 400;
    private static final int STEPS_IN_FULL = 100_000;
    private static final int QUESTIONS = 12;

    private enum Source {
        HIT,
        PARTIAL,
        MISS
    }

    private static final Map<Source, Integer> SOURCES = new EnumMap<>(Source.class);
    private static Service service;

    @BeforeAll
    static void startService() {
        service = new Service(Bus.Wire.ALWAYS);
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Test
    void noAnswerIsStaleOrWrong() throws Exception {
        Soak.of("cache", STEPS_PER_ROUND, STEPS_IN_FULL).play(FreshAnswersIT::play);

        System.out.println("soak cache: answers by source " + SOURCES);
        assertThat(SOURCES).containsOnlyKeys(Source.values());
    }

    private static void play(Round round) {
        Random random = round.random();
        Customer customer = service.newCustomer();
        Sales.create(customer, "sales");
        Ledger ledger = new Ledger();
        List<Question> questions = new ArrayList<>();
        while (round.next()) {
            int dice = random.nextInt(100);
            if (dice < 30) {
                insert(customer, ledger, random);
            } else if (dice < 33) {
                delete(customer, ledger, random);
            } else if (dice < 40) {
                service.clock().advance(Duration.ofMinutes(random.nextInt(random.nextInt(8) == 0 ? 2_880 : 90)));
            } else if (dice < 46) {
                askInSql(customer, ledger);
            } else {
                ask(customer, ledger, question(questions, random));
            }
        }
    }

    /** One that was asked before, more often than not. */
    private static Question question(List<Question> questions, Random random) {
        if (questions.size() < QUESTIONS) {
            questions.add(Question.any(random, service.clock().instant()));
        } else if (random.nextInt(40) == 0) {
            questions.set(
                    random.nextInt(QUESTIONS),
                    Question.any(random, service.clock().instant()));
        }
        return questions.get(random.nextInt(questions.size()));
    }

    private static void insert(Customer customer, Ledger ledger, Random random) {
        Instant now = service.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        JsonArray events = new JsonArray();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            long backMillis = random.nextInt(10) == 0
                    ? random.nextLong(Duration.ofDays(45).toMillis())
                    : random.nextLong(Duration.ofHours(2).toMillis());
            events.add(ledger.add(now.minusMillis(backMillis), random));
        }
        Sales.send(customer, Sales.EVENTS_PATH, events.encode());
    }

    private static void delete(Customer customer, Ledger ledger, Random random) {
        Instant to = service.clock().instant().truncatedTo(ChronoUnit.MILLIS).minusSeconds(random.nextInt(100_000));
        Instant from = to.minusSeconds(1 + random.nextInt(random.nextInt(4) == 0 ? 4_000_000 : 7_200));
        String user = "u" + random.nextInt(5);
        String body =
                "{\"filter\":{\"field\":\"user\",\"op\":\"eq\",\"value\":\"%s\"},\"time_range\":{\"from\":\"%s\",\"to\":\"%s\"}}"
                        .formatted(user, from, to);
        HttpResponse<Buffer> receipt = customer.caller().post(Sales.DATASETS + "/sales/delete", body);
        assertThat(receipt.statusCode()).as(receipt.bodyAsString()).isEqualTo(200);
        assertThat(receipt.bodyAsJsonObject().getInteger("deleted")).isEqualTo(ledger.remove(user, from, to));
    }

    private static void askInSql(Customer customer, Ledger ledger) {
        String body = "{\"sql\":\"SELECT count(*), count(DISTINCT country) FROM sales\"}";
        HttpResponse<Buffer> response = customer.caller().post("/api/v2/analytics/sql", body);
        assertThat(response.statusCode()).as(response.bodyAsString()).isEqualTo(200);
        List<Ledger.Sale> sales = ledger.within(null);
        long countries = sales.stream()
                .map(Ledger.Sale::country)
                .filter(Objects::nonNull)
                .distinct()
                .count();
        assertThat(response.bodyAsJsonObject().getJsonArray("rows").encode())
                .isEqualTo("[[%d,%d]]".formatted(sales.size(), countries));
    }

    private static void ask(Customer customer, Ledger ledger, Question question) {
        JsonObject answer = Sales.ask(customer, question.body());
        String source = answer.getJsonObject("meta").getString("cache");
        for (Source known : Source.values()) {
            SOURCES.merge(known, known.name().equalsIgnoreCase(source) ? 1 : 0, Integer::sum);
        }
        Expected expected = question.answer(ledger.within(answer.getJsonObject("time_range")));
        expected.check(question.body() + " from " + source, answer);
    }
}
