package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sextant.bus.Bus;
import dev.sextant.oracle.Veil;
import dev.sextant.oracle.VeilGame;
import dev.sextant.soak.Soak;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random queries under random policies, sent to a whole node, against loops over what the policies leave of the events. What
 * is asked was asked before by somebody who sees other things.
 */
@Tag("soak-policies")
class RandomPoliciesIT {

    private static final int POLICIES_MAX = 6;

    @Test
    void answersOfWhatIsSeenAndOfNothingElse() throws IOException {
        try (Service service = new Service(Bus.Wire.WHERE_NEEDED)) {
            VeiledNode node = new VeiledNode(service);
            Soak soak = Soak.of("policies", 40, 10_000);

            soak.play(new VeilGame(node));
            System.out.println("soak policies: answered from rollups " + node.byRollups());

            assertThat(node.byRollups()).as("answers from rollups").isPositive();
        }
    }

    private static final class VeiledNode extends PlayedNode implements VeilGame.VeilingServer {

        private int player;

        VeiledNode(Service service) {
            super(service);
        }

        @Override
        public Map<String, String> wear(int number, Veil veil) {
            player = number;
            String role = "player" + number;
            expect(customer().caller().put("/api/v2/admin/roles/" + role, """
                            {"scopes": ["analytics:read"], "grants": [{"resources": ["dataset/*"], "actions": ["read"]}]}"""), 200, 201);
            List<ObjectNode> policies = veil.policies(role, dataset());
            for (int i = 0; i < POLICIES_MAX; i++) {
                String path = "/api/v2/admin/policies/pol_" + role + "_" + i;
                if (i < policies.size()) {
                    expect(customer().caller().put(path, policies.get(i).toString()), 200, 201);
                } else {
                    expect(customer().caller().delete(path), 204, 404);
                }
            }
            return salts(role);
        }

        private static void expect(HttpResponse<Buffer> response, int one, int other) {
            assertThat(response.statusCode()).as(response.bodyAsString()).isIn(one, other);
        }

        private Map<String, String> salts(String role) {
            Map<String, String> fieldToSalt = new HashMap<>();
            new JsonObject(service().authority(customer().tenant(), List.of(role)))
                    .getJsonArray("policies").stream()
                            .map(JsonObject.class::cast)
                            .forEach(policy -> policy.getJsonObject("document")
                                    .getJsonObject("columns", new JsonObject())
                                    .getJsonArray("mask", new JsonArray())
                                    .forEach(mask -> fieldToSalt.put(
                                            ((JsonObject) mask).getString("field"), policy.getString("salt"))));
            return fieldToSalt;
        }

        @Override
        public void wear(int number) {
            player = number;
        }

        /** Others have asked the same before. */
        @Override
        public Reply ask(JsonNode query) {
            int asking = player;
            if (!query.has("cursor")) {
                player = -1;
                super.ask(query);
                player = (asking + 1) % 3;
                super.ask(query);
                player = asking;
            }
            return super.ask(query);
        }

        @Override
        Caller asker() {
            return player < 0
                    ? customer().caller()
                    : service().platform().as(customer().key() + "+player" + player);
        }
    }
}
