package dev.sextant.identity.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.bus.Bus;
import dev.sextant.http.Call;
import dev.sextant.http.Operation;
import dev.sextant.http.Reply;
import dev.sextant.identity.client.AuthenticateClient;
import dev.sextant.identity.client.ClientAddresses;
import dev.sextant.identity.client.KnownClient;
import dev.sextant.identity.grant.GrantAddresses;
import dev.sextant.identity.grant.GrantedSignIn;
import dev.sextant.identity.grant.RedeemCode;
import dev.sextant.identity.grant.RefreshSignIn;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
        Optional<String> authorization = call.params().find("authorization", String.class);
        return issued(call, authorization, form)
                .onSuccess(issued -> give(call, issued))
                .map(issued -> new Reply.Value(200, UNCACHED, issued));
    }

    private static void give(Call call, IssuedToken issued) {
        call.usage().gives(issued.accessToken());
        if (issued.refreshToken() != null) {
            call.usage().gives(issued.refreshToken());
        }
    }

    private Future<IssuedToken> issued(Call call, Optional<String> authorization, JsonNode form) {
        String grant = form.path("grant_type").textValue();
        return switch (grant) {
            case "authorization_code" ->
                ofSignIn(call, ClientCredentials.ofClient(authorization, form), client -> redeem(call, client, form));
            case "refresh_token" ->
                ofSignIn(call, ClientCredentials.ofClient(authorization, form), client -> refresh(call, client, form));
            case "client_credentials" -> {
                AuthenticateClient client = ClientCredentials.ofClient(authorization, form);
                yield KnownClient.isMeant(client.id())
                        ? refuse(call, client)
                        : ofKey(call, ClientCredentials.of(authorization, form), form);
            }
            default ->
                ProblemException.failed(new Problem.OauthRefused(
                        Problem.OauthRefused.ErrorCode.UNSUPPORTED_GRANT_TYPE,
                        "grant_type must be client_credentials, authorization_code or refresh_token."));
        };
    }

    /** OAuth clients act for users only: of themselves they may do nothing. */
    private Future<IssuedToken> refuse(Call call, AuthenticateClient client) {
        return bus.askHere(ClientAddresses.AUTHENTICATE, client, call.origin())
                .compose(_ -> ProblemException.failed(new Problem.OauthRefused(
                        Problem.OauthRefused.ErrorCode.UNAUTHORIZED_CLIENT,
                        "An OAuth client gets tokens by users who sign in; client_credentials is for API keys.")));
    }

    private Future<IssuedToken> ofKey(Call call, ClientCredentials client, JsonNode form) {
        IssueToken question = new IssueToken(
                client.id(), client.secret(), scope(form), call.client().text());
        return bus.askHere(TokenAddresses.ISSUE, question, call.origin()).map(issued -> {
            call.usage().by(new TenantId(issued.tenant()), client.id());
            call.usage().resource("api-keys/" + client.id());
            return issued.token();
        });
    }

    private Future<IssuedToken> ofSignIn(
            Call call, AuthenticateClient client, Function<KnownClient, Future<GrantedSignIn>> carryOn) {
        JsonNode form = call.body().tree();
        return bus.askHere(ClientAddresses.AUTHENTICATE, client, call.origin())
                .compose(carryOn)
                .onSuccess(signIn -> {
                    call.usage().by(new TenantId(signIn.tenant()), signIn.userId());
                    call.usage().resource("oauth/clients/" + signIn.clientId());
                })
                .compose(signIn -> bus.askHere(TokenAddresses.SIGN, new SignToken(signIn, scope(form)), call.origin()));
    }

    private Future<GrantedSignIn> redeem(Call call, KnownClient client, JsonNode form) {
        RedeemCode question = new RedeemCode(
                required(form, "code"),
                client.id(),
                required(form, "redirect_uri"),
                required(form, "code_verifier"),
                scope(form));
        return bus.askHere(GrantAddresses.REDEEM, question, call.origin());
    }

    private Future<GrantedSignIn> refresh(Call call, KnownClient client, JsonNode form) {
        RefreshSignIn question = new RefreshSignIn(required(form, "refresh_token"), client.id(), scope(form));
        return bus.askHere(GrantAddresses.REFRESH, question, call.origin());
    }

    private static @Nullable String scope(JsonNode form) {
        return form.path("scope").textValue();
    }

    private static String required(JsonNode form, String name) {
        String text = form.path(name).textValue();
        if (text == null) {
            throw new ProblemException(new Problem.OauthRefused(
                    Problem.OauthRefused.ErrorCode.INVALID_REQUEST,
                    List.of(Violation.at("/" + name, "missing_field", "is required for this grant")),
                    "The form lacks a field that this grant needs: see errors."));
        }
        return text;
    }
}
