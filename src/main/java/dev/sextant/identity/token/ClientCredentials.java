package dev.sextant.identity.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sextant.identity.client.AuthenticateClient;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How a client proves itself at {@code /oauth/token}: by fields of the form, or by HTTP Basic, but not both. With Basic, the form
 * may name the same client once more, as many libraries do. Pure. Source: RFC 6749, sections 2.3 and 2.3.1. Ids and keys hold no character that Basic would need escaped.
 */
public record ClientCredentials(String id, String secret) {

    /** @throws ProblemException where the client proves itself twice, names two, or none, or is not readable */
    static ClientCredentials of(Optional<String> authorization, JsonNode form) {
        if (authorization.isEmpty()) {
            return new ClientCredentials(field(form, "client_id"), field(form, "client_secret"));
        }
        if (form.has("client_secret")) {
            throw twice(
                    "must be absent where the form has a secret",
                    "Prove the client by HTTP Basic or in the form, not by both.");
        }
        ClientCredentials client = ofBasic(authorization.get());
        if (form.has("client_id") && !form.path("client_id").asText().equals(client.id())) {
            throw twice(
                    "must name the client that the form names",
                    "HTTP Basic and client_id name two clients: leave client_id away.");
        }
        return client;
    }

    private static ProblemException twice(String flaw, String detail) {
        return new ProblemException(new Problem.OauthRefused(
                Problem.OauthRefused.ErrorCode.INVALID_REQUEST,
                List.of(Violation.of("authorization", "invalid", flaw)),
                detail));
    }

    /**
     * The same for an OAuth client, which may have no secret.
     *
     * @throws ProblemException as {@link #of} does
     */
    public static AuthenticateClient ofClient(Optional<String> authorization, JsonNode form) {
        if (authorization.isEmpty() && form.has("client_id") && !form.has("client_secret")) {
            return new AuthenticateClient(field(form, "client_id"), null);
        }
        ClientCredentials client = of(authorization, form);
        return new AuthenticateClient(client.id(), client.secret());
    }

    @Override
    public String toString() {
        return "ClientCredentials[id=%s, secret=***]".formatted(id);
    }

    private static ClientCredentials ofBasic(String authorization) {
        String[] schemeAndRest = authorization.split(" ", 2);
        if (schemeAndRest.length < 2 || !schemeAndRest[0].equalsIgnoreCase("Basic")) {
            throw refused();
        }
        String[] idAndSecret = decoded(schemeAndRest[1].strip()).split(":", 2);
        if (idAndSecret.length < 2) {
            throw refused();
        }
        return new ClientCredentials(idAndSecret[0], idAndSecret[1]);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw refused();
        }
    }

    private static String field(JsonNode form, String name) {
        if (!form.path(name).isTextual()) {
            throw refused();
        }
        return form.path(name).textValue();
    }

    private static ProblemException refused() {
        return new ProblemException(new Problem.OauthRefused(
                Problem.OauthRefused.ErrorCode.INVALID_CLIENT,
                "Send a client's id as client_id and its secret as client_secret, or a key's id and that key, in the"
                        + " form or by HTTP Basic."));
    }
}
