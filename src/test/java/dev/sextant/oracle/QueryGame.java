package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.soak.Game;
import dev.sextant.soak.Round;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Random queries over random events: each step is one query, with all its pages. */
public final class QueryGame implements Game {

    private final QueryServer server;
    private long undecidable;

    public QueryGame(QueryServer server) {
        this.server = server;
    }

    /** How many queries had more than one right answer, and were not judged. */
    public long undecidable() {
        return undecidable;
    }

    @Override
    public void play(Round round) {
        Schema schema = Schema.ofTests();
        Random random = round.random();
        Palette palette = new Palette(random);
        List<Event> events = RandomEvents.of(schema, palette, random);
        server.load(schema, events);
        Trial trial = new Trial(server, new Oracle(schema, events));
        RandomQueries queries = new RandomQueries(schema, palette, random);
        while (round.next()) {
            ObjectNode query = queries.next();
            failure(trial, query).ifPresent(failure -> {
                throw new AssertionError(told(schema, events, trial, query, failure));
            });
        }
    }

    private Optional<Trial.Failure> failure(Trial trial, JsonNode query) {
        try {
            return trial.failure(query);
        } catch (Undecidable _) {
            undecidable++;
            return Optional.empty();
        } catch (RuntimeException e) {
            throw new AssertionError("The oracle fails with " + query, e);
        }
    }

    private String told(Schema schema, List<Event> events, Trial trial, JsonNode query, Trial.Failure failure) {
        JsonNode smallest = trial.smallest(query, failure);
        List<Event> fewest = Trial.fewest(events, fewer -> {
            server.load(schema, fewer);
            try {
                return new Trial(server, new Oracle(schema, fewer))
                        .failure(smallest)
                        .filter(other -> other.kind().equals(failure.kind()))
                        .isPresent();
            } catch (RuntimeException _) {
                return false;
            }
        });
        server.load(schema, fewest);
        Trial.Failure least =
                new Trial(server, new Oracle(schema, fewest)).failure(smallest).orElse(failure);
        return """
                %s
                query     %s
                smallest  %s
                events    %s
                expected  %s
                answer    %s
                """.formatted(
                        least.what(),
                        query,
                        smallest,
                        fewest.stream()
                                .map(event -> event.toJson(schema).toString())
                                .collect(Collectors.joining("\n          ")),
                        least.expected(),
                        least.answer());
    }
}
