package dev.sextant.identity.inspection;

import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.identity.client.AuthenticateClient;
import dev.sextant.identity.client.ClientAddresses;
import dev.sextant.identity.client.KnownClient;
import dev.sextant.identity.token.AccessToken;
import dev.sextant.identity.token.ClientCredentials;
import dev.sextant.identity.token.ProveKey;
import dev.sextant.identity.token.TokenAddresses;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.util.Optional;

/** Proves who asks about a token: an OAuth client by its secret, a public one by its id, an API key by itself. */
record Askers(Bus bus) {

    enum Kind {
        /** Nothing was proven. */
        PUBLIC_CLIENT,
        CLIENT,
        KEY
    }

    record Asker(TenantId tenant, String id, Kind kind) {

        /** Whether it may know what becomes of that token: clients of all of their tenant, keys of their own. */
        boolean mayKnow(AccessToken token) {
            return token.tenant().equals(tenant)
                    && (kind != Kind.KEY || token.subject().equals(id));
        }
    }

    /** Whoever proved something is on record as the caller. */
    Future<Asker> prove(Call call) {
        Optional<String> authorization = call.params().find("authorization", String.class);
        AuthenticateClient client =
                ClientCredentials.ofClient(authorization, call.body().tree());
        return prove(client, call).onSuccess(asker -> {
            if (asker.kind() != Kind.PUBLIC_CLIENT) {
                call.usage().by(asker.tenant(), asker.id());
            }
        });
    }

    private Future<Asker> prove(AuthenticateClient client, Call call) {
        String secret = client.secret();
        if (secret != null && !KnownClient.isMeant(client.id())) {
            ProveKey question = new ProveKey(client.id(), secret, call.client().text());
            return bus.askHere(TokenAddresses.PROVE_KEY, question, call.origin())
                    .map(key -> new Asker(key.tenantId(), key.id(), Kind.KEY));
        }
        return bus.askHere(ClientAddresses.AUTHENTICATE, client, call.origin())
                .map(known ->
                        new Asker(known.tenantId(), known.id(), known.isPublic() ? Kind.PUBLIC_CLIENT : Kind.CLIENT));
    }
}
