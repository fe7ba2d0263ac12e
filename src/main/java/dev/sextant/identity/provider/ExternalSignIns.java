package dev.sextant.identity.provider;

import io.vertx.core.Future;
import java.io.IOException;
import dev.sextant.kernel.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import dev.sextant.identity.provider.ProviderStore.Stored;

import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;

/** Leads browsers to providers, and hears their word. */
record ExternalSignIns(ProviderStore store, OpenIdClient client) {

    Future<ExternalAddress> begin(BeginExternal question, Origin origin) {
        return stored(question.providerId(), origin)
                .map(Stored::provider)
                .compose(provider -> client.discover(provider.issuer())
                        .map(metadata -> new ExternalAddress(
                                OpenIdClient.address(metadata, provider.clientId(), question))));
    }

    Future<Vouched> finish(FinishExternal question, Origin origin) {
        return stored(question.providerId(), origin).compose(stored -> {
            IdentityProvider provider = stored.provider();
            if (question.issuer() != null && !question.issuer().equals(provider.issuer())) {
                return ProblemException.failed(
                        new Problem.PolicyDenied("The answer came from another identity provider."));
            }
            return client.discover(provider.issuer())
                    .compose(metadata -> client.redeem(metadata, authentication(metadata, stored), question))
                    .map(claims -> new Claims(tree(claims), provider).vouched());
        });
    }

    private Future<Stored> stored(String id, Origin origin) {
        return store.inTransaction(origin.tenant(), transaction -> store.hold(transaction, id))
                .map(found -> found.orElseThrow(ProvidersVerticle::noSuchProvider));
    }

    private static ClientAuthentication authentication(OIDCProviderMetadata metadata, Stored stored) {
        ClientID id = new ClientID(stored.provider().clientId());
        com.nimbusds.oauth2.sdk.auth.Secret secret =
                new com.nimbusds.oauth2.sdk.auth.Secret(stored.clientSecret().value());
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        boolean takesBasic = methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return takesBasic ? new ClientSecretBasic(id, secret) : new ClientSecretPost(id, secret);
    }

    private static JsonNode tree(IDTokenClaimsSet claims) {
        try {
            return Json.tree(claims.toJSONString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            throw new ProblemException(new Problem.PolicyDenied("The identity provider's ID token is not readable."));
        }
    }
}
