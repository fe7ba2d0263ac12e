package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.authz.policy.Scope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Somebody who may make keys, roles or users tries to make some that may do more than they may themselves. */
final class Rise {

    /** One way to get more, and the scope that lets one begin. */
    private record Way(String scope, HttpMethod method, String path, String body) {}

    private static final List<Way> WAYS = List.of(
            new Way("keys:write", HttpMethod.POST, "/api/v2/api-keys", "{\"name\": \"more\", \"scopes\": [\"%s\"]}"),
            new Way("keys:write", HttpMethod.PATCH, "/api/v2/api-keys/@key@", "{\"scopes\": [\"%s\"]}"),
            new Way("keys:write", HttpMethod.POST, "/api/v2/api-keys/@key@/rotate", "{\"overlap\": \"1h\"}"),
            new Way(
                    "roles:write",
                    HttpMethod.PUT,
                    "/api/v2/admin/roles/more",
                    "{\"scopes\": [\"%s\"], \"grants\": []}"),
            new Way(
                    "users:write",
                    HttpMethod.POST,
                    "/api/v2/users",
                    "{\"email\": \"more@example.com\", \"name\": \"more\", \"roles\": [\"owner\"]}"),
            new Way(
                    "users:write",
                    HttpMethod.POST,
                    "/api/v2/users/invitations",
                    "{\"email\": \"more@example.com\", \"roles\": [\"owner\"]}"));

    /** What whoever is limited must not do, though they have every scope for it: somebody without the limit would come of it. */
    private static final List<Way> WAYS_OUT = List.of(
            new Way(
                    "keys:write",
                    HttpMethod.POST,
                    "/api/v2/api-keys",
                    "{\"name\": \"more\", \"scopes\": [\"analytics:read\"]}"),
            new Way("keys:write", HttpMethod.POST, "/api/v2/api-keys/@key@/rotate", "{\"overlap\": \"1h\"}"),
            new Way("keys:write", HttpMethod.DELETE, "/api/v2/api-keys/@key@", ""),
            new Way("roles:write", HttpMethod.PUT, "/api/v2/admin/roles/more", "{\"scopes\": [], \"grants\": []}"),
            new Way("roles:write", HttpMethod.DELETE, "/api/v2/admin/policies/pol_@mark@", ""),
            new Way(
                    "users:write",
                    HttpMethod.POST,
                    "/api/v2/users",
                    "{\"email\": \"more@example.com\", \"name\": \"more\", \"roles\": [\"viewer\"], \"password\": \"a very long secret\"}"),
            new Way(
                    "users:write",
                    HttpMethod.POST,
                    "/api/v2/users/invitations",
                    "{\"email\": \"more@example.com\", \"roles\": [\"viewer\"]}"),
            new Way(
                    "users:write",
                    HttpMethod.PATCH,
                    "/api/v2/users/@user@",
                    "{\"password\": \"now it is mine to use\"}"),
            new Way(
                    "sign_in:write",
                    HttpMethod.PUT,
                    "/api/v2/identity-providers/more",
                    "{\"name\": \"n\", \"issuer\": \"https://login.example.com\", \"client_id\": \"a\", \"client_secret\": \"b\", \"default_roles\": [\"viewer\"]}"),
            new Way(
                    "sign_in:write",
                    HttpMethod.POST,
                    "/api/v2/oauth/clients",
                    "{\"name\": \"a\", \"type\": \"public\", \"redirect_uris\": [\"https://a.example.com/\"], \"scopes\": [\"analytics:read\"]}"));

    private Rise() {}

    static void attempt(Random random, List<Actor> actors) {
        boolean isLimited = random.nextBoolean();
        List<Way> ways = isLimited ? WAYS_OUT : WAYS;
        Way way = ways.get(random.nextInt(ways.size()));
        List<Actor> able = actors.stream()
                .filter(actor -> actor.scopes().contains(way.scope())
                        && actor.isLimited() == isLimited
                        && (isLimited || actor.scopes().size() == 1))
                .toList();
        attempt(random, way, able.get(random.nextInt(able.size())));
    }

    private static void attempt(Random random, Way way, Actor actor) {
        Estate home = Objects.requireNonNull(actor.home());
        List<String> lacking = Scope.ofTenants().stream()
                .filter(scope -> !actor.scopes().contains(scope))
                .sorted()
                .toList();
        String path = way.path()
                .replace("@key@", home.customer().keyId())
                .replace("@user@", Objects.requireNonNull(home.kindToId().get("/users/")))
                .replace("@mark@", home.mark());
        String body = way.body().contains("%s")
                ? way.body().formatted(lacking.get(random.nextInt(lacking.size())))
                : way.body();

        HttpRequest<Buffer> request = body.isEmpty()
                ? actor.caller().request(way.method(), path)
                : actor.caller().json(way.method(), path);
        HttpResponse<Buffer> response = actor.caller().send(request, Buffer.buffer(body));

        assertThat(response.statusCode())
                .as("%s tries %s %s: %s", actor, way.method(), path, response.bodyAsString())
                .isEqualTo(403);
    }
}
