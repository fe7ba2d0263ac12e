package dev.sextant.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who looks at a live query. One thread; the work does not grow with the number of seats. */
final class Audience {

    private final Map<String, Map<Seat, Double>> placeToSeats = new HashMap<>();
    private final TreeMap<Double, Integer> hzToCount = new TreeMap<>();

    void take(Seat seat, double hz) {
        leave(seat);
        placeToSeats.computeIfAbsent(seat.place(), _ -> new HashMap<>()).put(seat, hz);
        hzToCount.merge(hz, 1, Integer::sum);
    }

    void leave(Seat seat) {
        Map<Seat, Double> seats = placeToSeats.getOrDefault(seat.place(), Map.of());
        if (seats.containsKey(seat)) {
            forget(seats.remove(seat));
        }
        if (seats.isEmpty()) {
            placeToSeats.remove(seat.place());
        }
    }

    void leave(String place) {
        Map<Seat, Double> seats = placeToSeats.remove(place);
        if (seats != null) {
            seats.values().forEach(this::forget);
        }
    }

    private void forget(double hz) {
        hzToCount.computeIfPresent(hz, (_, count) -> count == 1 ? null : count - 1);
    }

    boolean isEmpty() {
        return placeToSeats.isEmpty();
    }

    /** Each place where somebody sits, once. */
    List<String> places() {
        return List.copyOf(placeToSeats.keySet());
    }

    /** What the fastest wants; {@code otherwise} where there is nobody. */
    double fastestHz(double otherwise) {
        return hzToCount.isEmpty() ? otherwise : hzToCount.lastKey();
    }
}
