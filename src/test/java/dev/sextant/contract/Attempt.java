package dev.sextant.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody asks for something.
 *
 * @param isNamed whether the tenant is named, too, and not only what it has
 */
record Attempt(Actor actor, Promised operation, Estate at, boolean isNamed) {

    private static final List<Integer> WHATEVER_IS_NO_FAULT =
            List.of(200, 202, 204, 206, 304, 400, 403, 404, 406, 409, 410, 412, 415, 422, 426, 428, 503);

    /** Whether nothing would be changed, even if it were let in. */
    boolean isHarmless() {
        boolean isLetIn = actor.home() != null && actor.scopes().containsAll(operation.scopes()) && !isElsewhere();
        boolean isForAll = operation.isOptional() && actor.home() == null;
        return !isForAll && (!isLetIn || operation.method().equals(HttpMethod.GET));
    }

    private boolean isElsewhere() {
        boolean namesAnother = isNamed || (operation.path().contains("{") && !operation.makesByName());
        return !at.equals(actor.home()) && namesAnother;
    }

    /** By the contract's scopes alone. */
    List<Integer> expected() {
        if (actor.home() == null) {
            return List.of(401);
        }
        if (!actor.scopes().containsAll(operation.scopes())) {
            return List.of(403);
        }
        return isElsewhere() ? List.of(403, 404) : WHATEVER_IS_NO_FAULT;
    }

    HttpResponse<Buffer> make() {
        String query = Stream.concat(
                        isNamed ? Stream.of("tenant_id=" + at.customer().tenant()) : Stream.of(), operation.required())
                .collect(Collectors.joining("&"));
        String path = at.path(operation);
        HttpRequest<Buffer> request =
                actor.caller().request(operation.method(), query.isEmpty() ? path : path + "?" + query);
        String body = operation.body(at.mark());
        if (!body.isEmpty()) {
            request.putHeader("content-type", "application/json");
        }
        return actor.caller().send(request, Buffer.buffer(body));
    }

    @Override
    public String toString() {
        return "%s asks %s at %s%s".formatted(actor, operation.id(), at.mark(), isNamed ? ", by name" : "");
    }
}
