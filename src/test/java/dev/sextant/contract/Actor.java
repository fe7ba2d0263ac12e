package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.authz.policy.BuiltInRoles;
import dev.sextant.authz.policy.RoleDefinition;
import dev.sextant.authz.policy.Scope;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who calls.
 *
 * @param home the tenant that their credential is of; null for those whom nobody knows
 * @param scopes all that they have
 * @param isLimited to datasets or addresses
 */
record Actor(String name, Caller caller, @Nullable Estate home, Set<String> scopes, boolean isLimited) {

    Actor(String name, Caller caller, @Nullable Estate home, Set<String> scopes) {
        this(name, caller, home, scopes, false);
    }

    /** Without a credential, or with one that is good for nothing. */
    static List<Actor> strangers(Service service) {
        return List.of(
                new Actor("nobody", service.anonymous(), null, Set.of()),
                stranger(service, "a key of nobody", "ak_live_" + "x".repeat(51)),
                stranger(service, "a text", "owner"),
                stranger(service, "a token of nobody", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJrZXlfMSJ9."));
    }

    private static Actor stranger(Service service, String name, String credential) {
        return new Actor(name, service.anonymous().as(credential), null, Set.of());
    }

    /**
     * With each scope alone, with each role that there always is, with a limit to datasets or addresses, as its token, and with
     * a key that was revoked.
     */
    static List<Actor> of(Service service, Estate home) {
        List<Actor> actors = new ArrayList<>();
        for (String scope : Scope.ofTenants()) {
            actors.add(ofKey(service, home, scope, wish(List.of(scope)), Set.of(scope)));
        }
        for (RoleDefinition role : BuiltInRoles.all()) {
            List<String> scopes = role.scopes().stream().sorted().toList();
            JsonObject wish = wish(scopes).put("roles", new JsonArray().add(role.name()));
            actors.add(ofKey(service, home, role.name(), wish, role.scopes()));
        }
        actors.addAll(limited(service, home));
        Customer customer = home.customer();
        Caller token = service.anonymous().as(Tokens.of(service, customer.keyId(), customer.key()));
        actors.add(new Actor("token", token, home, new TreeSet<>(Service.CUSTOMER_SCOPES)));
        JsonObject gone = Service.newKey(customer.caller(), customer.tenant(), List.of("analytics:read"));
        customer.caller().delete("/api/v2/api-keys/" + gone.getString("id"));
        actors.add(stranger(service, "a revoked key", gone.getString("key")));
        return actors;
    }

    /** With all that it takes to make somebody mightier, but for being without a limit. */
    private static List<Actor> limited(Service service, Estate home) {
        Set<String> scopes =
                Set.of("analytics:read", "datasets:read", "keys:write", "roles:write", "sign_in:write", "users:write");
        JsonObject some = wish(List.copyOf(scopes)).put("datasets", JsonArray.of(home.mark()));
        JsonObject here = wish(List.copyOf(scopes)).put("address_ranges", JsonArray.of("127.0.0.0/8"));
        return Stream.of(
                        ofKey(service, home, "limited to a dataset", some, scopes),
                        ofKey(service, home, "limited to addresses", here, scopes))
                .map(actor -> new Actor(actor.name(), actor.caller(), home, scopes, true))
                .toList();
    }

    private static Actor ofKey(Service service, Estate home, String name, JsonObject wish, Set<String> scopes) {
        var made = service.platform()
                .post("/api/v2/api-keys?tenant_id=" + home.customer().tenant(), wish.encode());
        assertThat(made.statusCode()).as(made.bodyAsString()).isEqualTo(201);
        String key = made.bodyAsJsonObject().getString("key");
        return new Actor(name, service.anonymous().as(key), home, scopes);
    }

    private static JsonObject wish(List<String> scopes) {
        return new JsonObject().put("name", "an actor").put("scopes", new JsonArray(scopes));
    }

    @Override
    public String toString() {
        return home == null ? name : name + " of " + home.mark();
    }
}
