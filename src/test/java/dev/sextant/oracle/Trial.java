package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Asks a server queries, follows their pages, and has each answer judged. */
final class Trial {

    private static final int OK = 200;

    private final QueryServer server;
    private final Oracle oracle;

    Trial(QueryServer server, Oracle oracle) {
        this.server = server;
        this.oracle = oracle;
    }

    /**
     * What went wrong.
     *
     * @param kind what a smaller query must fail with as well
     */
    record Failure(String kind, String what, String expected, String answer) {}

    /** Empty where the server is right. Fails with {@code Undecidable} where nobody can tell. */
    Optional<Failure> failure(JsonNode query) {
        Instant before = server.now();
        QueryServer.Reply first = server.ask(query);
        if (first.status() != OK) {
            return Optional.of(new Failure(
                    "status " + first.status(), "refused", "200", first.body().toString()));
        }
        Optional<JsonNode> absolute = absolute(query, first.body(), before);
        if (absolute.isEmpty()) {
            return Optional.of(new Failure(
                    "range",
                    "time_range",
                    "one that ends now",
                    first.body().path("time_range").toString()));
        }
        return judged(query, oracle.answer(absolute.get()), first.body());
    }

    private Optional<Failure> judged(JsonNode query, Expected expected, JsonNode first) {
        Judge judge = new Judge(expected, query);
        JsonNode page = first;
        for (int i = 0; i < judge.pages(); i++) {
            Optional<String> objection = judge.objection(page, i);
            if (objection.isPresent()) {
                String right = judge.rowsOf(i) + " totals " + expected.totals();
                return Optional.of(
                        new Failure("wrong", "page %d: %s".formatted(i, objection.get()), right, page.toString()));
            }
            if (i + 1 < judge.pages()) {
                ObjectNode next = ((ObjectNode) query.deepCopy())
                        .put("cursor", page.get("next_cursor").textValue());
                page = server.ask(next).body();
            }
        }
        return Optional.empty();
    }

    /** The query with the range that the answer says, if it is the one that was meant. */
    private Optional<JsonNode> absolute(JsonNode query, JsonNode answer, Instant before) {
        if (query.at("/time_range/last").isMissingNode()) {
            return Optional.of(query);
        }
        Instant from = Values.instant(answer.at("/time_range/from").textValue());
        Instant to = Values.instant(answer.at("/time_range/to").textValue());
        boolean right = !to.isBefore(Ranges.to(query, before))
                && !to.isAfter(Ranges.to(query, server.now()))
                && from.equals(Ranges.from(query, to));
        ObjectNode absolute = query.deepCopy();
        absolute.putObject("time_range").put("from", from.toString()).put("to", to.toString());
        return right ? Optional.of(absolute) : Optional.empty();
    }

    /** The smallest query that fails in the same way. */
    JsonNode smallest(JsonNode query, Failure failure) {
        Predicate<JsonNode> fails = candidate -> {
            try {
                return failure(candidate)
                        .filter(other -> other.kind().equals(failure.kind()))
                        .isPresent();
            } catch (RuntimeException _) {
                return false; // the server takes more than the oracle understands
            }
        };
        return failure.kind().equals("status 422") ? query : Shrinking.smallest(query, fails);
    }

    /** The smallest list of events with which the query fails still; {@code fails} loads them. */
    static List<Event> fewest(List<Event> events, Predicate<List<Event>> fails) {
        List<Event> fewest = events;
        for (int size = Math.max(1, events.size() / 2); size >= 1; size /= 2) {
            for (int from = 0; from < fewest.size(); ) {
                List<Event> fewer = new ArrayList<>(fewest);
                fewer.subList(from, Math.min(from + size, fewer.size())).clear();
                if (fails.test(fewer)) {
                    fewest = fewer;
                } else {
                    from += size;
                }
            }
        }
        return fewest;
    }
}
