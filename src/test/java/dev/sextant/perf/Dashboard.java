package dev.sextant.perf;

import dev.sextant.perf.Subject.Customer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A shop's eight panels, up to this moment, over a dataset whose history ends now and to which events keep coming. */
final class Dashboard {

    private static final int DAYS = 90;

    private static final List<String> PANELS = List.of(
            panel("\"measures\":[{\"agg\":\"count\"},{\"measure\":\"revenue\"}]", DAYS),
            panel(
                    "\"measures\":[{\"agg\":\"count\"},{\"measure\":\"revenue\"}],\"dimensions\":["
                            + "{\"time\":\"time\",\"grain\":\"1d\",\"tz\":\"Europe/Berlin\"},\"channel\"]",
                    DAYS),
            panel(
                    "\"measures\":[{\"agg\":\"count\"},{\"agg\":\"avg\",\"field\":\"latency_ms\"}],"
                            + "\"dimensions\":[{\"time\":\"time\",\"grain\":\"1h\"}]",
                    7),
            panel(
                    "\"measures\":[{\"agg\":\"count_distinct\",\"field\":\"user_id\"}],"
                            + "\"dimensions\":[{\"time\":\"time\",\"grain\":\"1d\"}],\"totals\":false",
                    30),
            panel(
                    "\"measures\":[{\"agg\":\"quantile\",\"field\":\"latency_ms\",\"q\":0.95}],"
                            + "\"dimensions\":[{\"time\":\"time\",\"grain\":\"1d\"}],\"totals\":false",
                    30),
            panel(
                    "\"measures\":[{\"measure\":\"revenue\"}],\"dimensions\":[\"country\"],"
                            + "\"order\":[{\"by\":\"revenue\",\"dir\":\"desc\"}],\"limit\":10",
                    DAYS),
            panel(
                    "\"measures\":[{\"measure\":\"orders\"},{\"measure\":\"revenue\"}],"
                            + "\"dimensions\":[\"country\",\"browser\"],\"filter\":{\"segment\":\"buyers\"}",
                    DAYS),
            panel(
                    "\"measures\":[{\"measure\":\"revenue\"}],\"dimensions\":[\"city\"],"
                            + "\"order\":[{\"by\":\"revenue\",\"dir\":\"desc\"}],\"limit\":20",
                    DAYS));

    private final Subject subject;
    private final Customer customer;
    private long seed = -1;

    private Dashboard(Subject subject, Customer customer) {
        this.subject = subject;
        this.customer = customer;
    }

    /** Over about as many events, which come in the order of their time, the last one now. */
    static Dashboard over(Subject subject, int events) throws IOException, InterruptedException {
        Dashboard dashboard =
                new Dashboard(subject, subject.newCustomer("live shop", ShopEvents.DATASET, ShopEvents.MODEL));
        Instant from = Instant.now().minus(Duration.ofDays(DAYS));
        int bodies = Math.ceilDiv(events, Subject.EVENTS_PER_BODY);
        Duration each = Duration.ofDays(DAYS).dividedBy(bodies);
        for (int body = 0; body < bodies; body++) {
            Instant begin = from.plus(each.multipliedBy(body));
            dashboard.send(ShopEvents.between(body, begin, begin.plus(each)), Subject.EVENTS_PER_BODY);
        }
        return dashboard;
    }

    /** Events of the last second come. */
    void receive(int events) throws IOException, InterruptedException {
        Instant now = Instant.now();
        send(ShopEvents.between(--seed, now.minusSeconds(1), now), events);
    }

    /** Asks all panels at once; the milliseconds until the last answer. */
    double look() {
        long begun = System.nanoTime();
        CompletableFuture.allOf(PANELS.stream()
                        .map(panel -> subject.askSoon(customer, Shape.QUERY_PATH, panel))
                        .toArray(CompletableFuture[]::new))
                .join();
        return (System.nanoTime() - begun) / 1e6;
    }

    private void send(ShopEvents events, int count) throws IOException, InterruptedException {
        subject.send(customer, ShopEvents.DATASET, events.lines(count));
    }

    private static String panel(String what, int days) {
        return "{\"dataset\":\"events\",%s,\"time_range\":{\"last\":\"%dd\"}}".formatted(what, days);
    }
}
