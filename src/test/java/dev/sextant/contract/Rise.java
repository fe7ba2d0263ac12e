package dev.sextant.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.authz.policy.Scope;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
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

    private Rise() {}

    static void attempt(Random random, List<Actor> actors) {
        Way way = WAYS.get(random.nextInt(WAYS.size()));
        List<Actor> able = actors.stream()
                .filter(actor ->
                        actor.scopes().contains(way.scope()) && actor.scopes().size() == 1)
                .toList();
        Actor actor = able.get(random.nextInt(able.size()));
        List<String> lacking = Scope.ofTenants().stream()
                .filter(scope -> !actor.scopes().contains(scope))
                .sorted()
                .toList();
        String path = way.path()
                .replace(
                        "@key@", Objects.requireNonNull(actor.home()).customer().keyId());
        String body = way.body().contains("%s")
                ? way.body().formatted(lacking.get(random.nextInt(lacking.size())))
                : way.body();

        HttpResponse<Buffer> response =
                actor.caller().send(actor.caller().json(way.method(), path), Buffer.buffer(body));

        assertThat(response.statusCode())
                .as("%s tries %s %s: %s", actor, way.method(), path, response.bodyAsString())
                .isEqualTo(403);
    }
}
