package dev.sextant.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sextant.demo.shop.ShopEvent.Kind;
import dev.sextant.demo.shop.ShopEvent.Payment;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShopGeneratorTest {

    private static final LocalDate FIRST_DAY = LocalDate.parse("2026-03-02"); // a Monday
    private static final int DAYS = 28;
    private static final ShopSize SIZE = new ShopSize(7, 900);
    private static final List<ShopEvent> MONTH = month(SIZE);

    @Test
    void generatesTheSameForTheSameSeedAndDay() {
        LocalDate day = LocalDate.parse("2026-03-14");

        List<ShopEvent> once = new ShopGenerator(SIZE).events(day);
        List<ShopEvent> again = new ShopGenerator(SIZE).events(day);
        List<ShopEvent> other = new ShopGenerator(new ShopSize(8, 900)).events(day);

        assertThat(once).isEqualTo(again).isNotEqualTo(other);
    }

    @Test
    void givesEveryEventAnIdOfItsOwn() {
        assertThat(MONTH.stream().map(ShopEvent::eventId)).doesNotHaveDuplicates();
    }

    @Test
    void losesVisitorsAtEveryStep() {
        long visits = sessions(Kind.SESSION_START).size();
        long views = sessions(Kind.PRODUCT_VIEW).size();
        long carts = sessions(Kind.ADD_TO_CART).size();
        long checkouts = sessions(Kind.CHECKOUT).size();
        long purchases = sessions(Kind.PURCHASE).size();

        assertThat((double) views / visits).isBetween(0.6, 0.75);
        assertThat((double) carts / views).isBetween(0.08, 0.2);
        assertThat((double) checkouts / carts).isBetween(0.5, 0.7);
        assertThat((double) purchases / checkouts).isBetween(0.7, 0.9);
    }

    @Test
    void skipsNoStepOnTheWayToAPurchase() {
        assertThat(sessionsWithout(Kind.CHECKOUT, Kind.PURCHASE)).isEmpty();
        assertThat(sessionsWithout(Kind.ADD_TO_CART, Kind.CHECKOUT)).isEmpty();
        assertThat(sessionsWithout(Kind.PRODUCT_VIEW, Kind.ADD_TO_CART)).isEmpty();
        assertThat(sessionsWithout(Kind.SESSION_START, Kind.PRODUCT_VIEW)).isEmpty();
    }

    /** By its sets' own hashing: AssertJ compares each with each. */
    private static Set<String> sessionsWithout(Kind step, Kind next) {
        Set<String> without = new HashSet<>(sessions(next));
        without.removeAll(sessions(step));
        return without;
    }

    @Test
    void paysInWholeCentsForEveryPurchase() {
        assertThat(of(Kind.PURCHASE)).allSatisfy(event -> {
            assertThat(amount(event)).isGreaterThan(0);
            assertThat(Objects.requireNonNull(event.item()).quantity()).isPositive();
        });
        assertThat(MONTH.stream()
                        .filter(event -> event.payment() == null)
                        .map(ShopEvent::event)
                        .distinct())
                .containsExactlyInAnyOrder(
                        Kind.SESSION_START, Kind.SEARCH, Kind.PRODUCT_VIEW, Kind.ADD_TO_CART, Kind.CHECKOUT);
    }

    @Test
    void givesBackAfterAPurchaseAndNotMoreThanWasPaid() {
        Map<String, ShopEvent> orderToPurchase =
                of(Kind.PURCHASE).stream().collect(Collectors.toMap(ShopGeneratorTest::order, Function.identity()));

        List<ShopEvent> givenBack = new ArrayList<>(of(Kind.REFUND));
        givenBack.addAll(of(Kind.CHARGEBACK));

        assertThat(givenBack).isNotEmpty().allSatisfy(event -> {
            ShopEvent purchase = Objects.requireNonNull(orderToPurchase.get(order(event)));
            assertThat(Duration.between(purchase.time(), event.time()))
                    .isBetween(Duration.ofHours(23), Duration.ofDays(14));
            assertThat(amount(event)).isNegative().isGreaterThanOrEqualTo(-amount(purchase));
            assertThat(event.visit().customer()).isEqualTo(purchase.visit().customer());
        });
        assertThat((double) of(Kind.REFUND).size() / of(Kind.PURCHASE).size()).isBetween(0.02, 0.10);
    }

    @Test
    void isTestedWithStolenCardsNowAndThen() {
        Map<String, Long> sessionToDeclines = of(Kind.PAYMENT_DECLINED).stream()
                .collect(Collectors.groupingBy(
                        event -> String.valueOf(event.visit().sessionId()), Collectors.counting()));
        Set<String> attacks = sessionToDeclines.entrySet().stream()
                .filter(entry -> entry.getValue() > 10)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());

        assertThat(attacks).hasSizeBetween(3, 15);
        List<ShopEvent> theirs = MONTH.stream()
                .filter(event -> attacks.contains(String.valueOf(event.visit().sessionId())))
                .toList();
        assertThat((double) theirs.size() / MONTH.size()).isLessThan(0.01);
    }

    @Test
    void isVisitedMostInTheEveningAndOnSundays() {
        Map<Integer, Long> hourToVisits = of(Kind.SESSION_START).stream()
                .filter(event -> event.visit().customer().place().country().equals("DE"))
                .collect(Collectors.groupingBy(
                        event -> event.time().atOffset(ZoneOffset.ofHours(1)).getHour(), Collectors.counting()));
        Map<String, Long> dayToVisits = of(Kind.SESSION_START).stream()
                .collect(Collectors.groupingBy(
                        event -> event.time()
                                .atOffset(ZoneOffset.UTC)
                                .getDayOfWeek()
                                .name(),
                        Collectors.counting()));

        assertThat(hourToVisits.get(20)).isGreaterThan(8 * hourToVisits.getOrDefault(3, 0L));
        assertThat(dayToVisits.get("SUNDAY")).isGreaterThan(dayToVisits.getOrDefault("TUESDAY", 0L));
    }

    @Test
    void hasAFewCustomersWhoComeVeryOften() {
        int[] visits = of(Kind.SESSION_START).stream()
                .collect(Collectors.groupingBy(event -> event.visit().customer().userId(), Collectors.counting()))
                .values()
                .stream()
                .mapToInt(Long::intValue)
                .sorted()
                .toArray();

        int percent = visits.length / 100;
        double ofTheFirst =
                Arrays.stream(visits, visits.length - percent, visits.length).sum();

        assertThat(visits[visits.length / 2]).isEqualTo(1);
        assertThat(visits[visits.length - 1]).isGreaterThan(20);
        assertThat(ofTheFirst / Arrays.stream(visits).sum()).isBetween(0.03, 0.15);
    }

    @Test
    void knowsItsCustomersAgain() {
        Map<String, Object> userToHome = new HashMap<>();
        Set<String> newOnes = new HashSet<>();

        for (ShopEvent start : of(Kind.SESSION_START)) {
            ShopEvent.Customer customer = start.visit().customer();
            Object home = List.of(customer.place(), customer.machine());
            assertThat(userToHome.computeIfAbsent(customer.userId(), _ -> home)).isEqualTo(home);
            if (customer.newCustomer()) {
                assertThat(newOnes.add(customer.userId())).isTrue();
            }
        }

        assertThat((double) newOnes.size() / of(Kind.SESSION_START).size()).isCloseTo(0.45, within(0.02));
    }

    @Test
    void sellsMoreToThoseWhomItWrites() {
        assertThat(conversion("email")).isGreaterThan(2 * conversion("social"));
        assertThat(conversion("direct")).isGreaterThan(conversion("ads"));
    }

    private static double conversion(String channel) {
        Function<Kind, Long> count = kind -> of(kind).stream()
                .filter(event -> event.visit().channel().equals(channel))
                .map(event -> event.visit().sessionId())
                .distinct()
                .count();
        return (double) count.apply(Kind.PURCHASE) / count.apply(Kind.SESSION_START);
    }

    @Test
    void tellsTheSameStoryFromWhereverItIsEntered() {
        Instant end = start(FIRST_DAY.plusDays(DAYS));
        Instant middle = Instant.parse("2026-03-20T21:15:03.123Z");
        ShopGenerator generator = new ShopGenerator(new ShopSize(7, 90));

        List<ShopEvent> whole = drain(ShopStream.from(generator, FIRST_DAY), end);
        ShopStream paused = ShopStream.from(generator, FIRST_DAY);
        List<ShopEvent> inTwo = drain(paused, middle);
        int before = inTwo.size();
        inTwo.addAll(drain(paused, end));
        Instant last = inTwo.get(before - 1).time();
        List<ShopEvent> rest = drain(ShopStream.after(generator, FIRST_DAY, last), end);

        assertThat(inTwo).isEqualTo(whole);
        assertThat(rest).isEqualTo(whole.subList(before, whole.size()));
    }

    @Test
    void givesEveryEventOfTheStreamATimeOfItsOwnAndNoneThatIsAhead() {
        Instant end = Instant.parse("2026-03-20T21:15:03.123Z");

        List<ShopEvent> events = drain(ShopStream.from(new ShopGenerator(SIZE), FIRST_DAY), end);

        assertThat(events).hasSizeGreaterThan(40_000);
        assertThat(events.getLast().time()).isBefore(end);
        for (int i = 1; i < events.size(); i++) {
            assertThat(events.get(i).time()).isAfter(events.get(i - 1).time());
        }
    }

    private static List<ShopEvent> drain(ShopStream stream, Instant until) {
        List<ShopEvent> events = new ArrayList<>();
        for (var next = stream.next(until); next.isPresent(); next = stream.next(until)) {
            events.add(next.get());
        }
        return events;
    }

    private static List<ShopEvent> month(ShopSize size) {
        ShopGenerator generator = new ShopGenerator(size);
        return FIRST_DAY
                .datesUntil(FIRST_DAY.plusDays(DAYS))
                .flatMap(day -> generator.events(day).stream())
                .toList();
    }

    private static Set<String> sessions(Kind kind) {
        return of(kind).stream()
                .map(event -> String.valueOf(event.visit().sessionId()))
                .collect(Collectors.toSet());
    }

    private static List<ShopEvent> of(Kind kind) {
        return MONTH.stream().filter(event -> event.event() == kind).toList();
    }

    private static String order(ShopEvent event) {
        return payment(event).orderId();
    }

    private static long amount(ShopEvent event) {
        return Objects.requireNonNull(payment(event).amount());
    }

    private static Payment payment(ShopEvent event) {
        return Objects.requireNonNull(event.payment());
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
