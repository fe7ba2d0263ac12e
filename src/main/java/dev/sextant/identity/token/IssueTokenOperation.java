package dev.sextant.identity.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import io.vertx.core.Future;
import java.util.Map;

/** {@code POST /oauth/token} */
final class IssueTokenOperation implements Operation {

    /** Source: RFC 6749, section 5.1. */
    private static final Map<String, String> UNCACHED = Map.of("cache-control", "no-store", "pragma", "no-cache");

    private final Bus bus;

    IssueTokenOperation(Bus bus) {
        this.bus = bus;
    }

    @Override
    public String operationId() {
        return "issueToken";
    }

    @Override
    public Future<Reply> handle(Call call) {
        JsonNode form = call.body().tree();
        ClientCredentials client = ClientCredentials.of(call.params().find("authorization", String.class), form);
        IssueToken question = new IssueToken(
                client.id(),
                client.secret(),
                form.path("scope").textValue(),
                call.client().text());
        return bus.askHere(TokenAddresses.ISSUE, question, call.origin())
                .map(issued -> new Reply.Value(200, UNCACHED, issued));
    }
}
