package dev.sextant.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.soak.Game;
import dev.sextant.soak.Round;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Random queries under random rules: each answer is held against what is left of the events, and of nothing else. A round is
 * played by several who see different things of the same events, in turn.
 */
public final class VeilGame implements Game {

    private static final int PLAYERS = 3;

    /** A server that can keep things back. */
    public interface VeilingServer extends QueryServer {

        /**
         * Asks from now on as that player, under these rules.
         *
         * @return the salts of masks that hash, by field
         */
        Map<String, String> wear(int player, Veil veil);

        /** Asks from now on as that player, under the rules that it has. */
        void wear(int player);
    }

    private record Player(int number, Veil veil, Schema seen, List<Event> events, Trial trial, RandomQueries queries) {}

    private final VeilingServer server;

    public VeilGame(VeilingServer server) {
        this.server = server;
    }

    @Override
    public void play(Round round) {
        Schema schema = Schema.ofTests();
        Random random = round.random();
        Palette palette = new Palette(random);
        List<Event> events = RandomEvents.of(schema, palette, random);
        server.load(schema, events);
        List<Player> players = new java.util.ArrayList<>();
        for (int i = 0; i < PLAYERS; i++) {
            players.add(player(i, schema, palette, random, events));
        }
        while (round.next()) {
            Player player = players.get(random.nextInt(PLAYERS));
            server.wear(player.number());
            ObjectNode query = player.queries().next();
            query.remove("as_of"); // the version of a part of the events, which nobody here knows
            failure(player, query).ifPresent(failure -> {
                throw new AssertionError(told(player, query, failure));
            });
        }
    }

    private Player player(int number, Schema schema, Palette palette, Random random, List<Event> events) {
        Veil veil = new RandomVeils(schema, palette, random).next();
        Map<String, String> salts = server.wear(number, veil);
        Schema seen = veil.schema(schema);
        List<Event> left = veil.events(schema, events, salts);
        return new Player(
                number,
                veil,
                seen,
                left,
                new Trial(server, new Oracle(seen, left)),
                new RandomQueries(seen, palette, random));
    }

    private static Optional<Trial.Failure> failure(Player player, JsonNode query) {
        try {
            return player.trial().failure(query).filter(failure -> !isRightlyUnknown(player, failure));
        } catch (Undecidable _) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw new AssertionError("The oracle fails with " + query, e);
        }
    }

    /** Expressions are made of all fields, and a hidden one is to be unknown, with all that is in it. */
    private static boolean isRightlyUnknown(Player player, Trial.Failure failure) {
        return failure.kind().equals("status 422")
                && player.veil().hidden().stream()
                        .map(name ->
                                Pattern.compile("Field '" + Pattern.quote(name) + "([.\\[][^']*)?' does not exist"))
                        .anyMatch(unknown -> unknown.matcher(failure.answer()).find());
    }

    private static String told(Player player, JsonNode query, Trial.Failure failure) {
        JsonNode smallest = player.trial().smallest(query, failure);
        Trial.Failure least = player.trial().failure(smallest).orElse(failure);
        return """
                %s
                veil      %s
                query     %s
                smallest  %s
                events    %s
                expected  %s
                answer    %s
                """.formatted(
                        least.what(),
                        player.veil(),
                        query,
                        smallest,
                        player.events().stream()
                                .map(event -> event.toJson(player.seen()).toString())
                                .collect(Collectors.joining("\n          ")),
                        least.expected(),
                        least.answer());
    }
}
