package dev.sextant.demo.shop;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The shop's events one after the other, each at a millisecond of its own: so that the time of one says all about which
 * were before it. Whatever point it is entered at, the same events follow. Holds the events of a day or two, and what
 * is still to follow from the two weeks before. For one thread.
 */
public final class ShopStream {

    private final ShopGenerator generator;
    private final PriorityQueue<ShopEvent> waiting =
            new PriorityQueue<>(Comparator.comparing(ShopEvent::time).thenComparing(ShopEvent::eventId));
    private LocalDate nextDay;
    private Instant last = Instant.MIN;

    private ShopStream(ShopGenerator generator, LocalDate firstDay) {
        this.generator = generator;
        this.nextDay = firstDay;
    }

    /**
     * From the beginning.
     *
     * @param opening the first day that the shop ever has: nothing follows from what was before it
     */
    public static ShopStream from(ShopGenerator generator, LocalDate opening) {
        return new ShopStream(generator, opening);
    }

    /** What is later than {@code after}. */
    public static ShopStream after(ShopGenerator generator, LocalDate opening, Instant after) {
        LocalDate matters = LocalDate.ofInstant(after, ZoneOffset.UTC).minusDays(ShopGenerator.AFTERMATH_DAYS_MAX + 2);
        ShopStream stream = new ShopStream(generator, matters.isAfter(opening) ? matters : opening);
        while (stream.next(after.plusMillis(1)).isPresent()) {
            // These were before.
        }
        return stream;
    }

    /** The next event; empty where it is not before {@code until}: then it comes another time. */
    public Optional<ShopEvent> next(Instant until) {
        while (!start(nextDay).isAfter(until)
                && (waiting.isEmpty() || !waiting.element().time().isBefore(start(nextDay)))) {
            waiting.addAll(generator.events(nextDay));
            nextDay = nextDay.plusDays(1);
        }
        ShopEvent head = waiting.peek();
        if (head == null) {
            return Optional.empty();
        }
        Instant time = head.time().isAfter(last) ? head.time() : last.plusMillis(1);
        if (!time.isBefore(until)) {
            return Optional.empty();
        }
        waiting.remove();
        last = time;
        return Optional.of(head.at(time));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
