package dev.sextant.identity.session;

import java.util.stream.Collectors;
import java.util.LinkedHashMap;
import java.util.Map;
import dev.sextant.http.Params;
import java.nio.charset.StandardCharsets;
import java.net.URLEncoder;

/** What a client asks for at {@code /oauth/authorize}, as it came: checked for length only. What is absent is empty. */
record AuthorizationQuery(
        String responseType,
        String clientId,
        String redirectUri,
        String scope,
        String state,
        String codeChallenge,
        String codeChallengeMethod) {

    static AuthorizationQuery of(Params params) {
        return new AuthorizationQuery(
                text(params, "response_type"),
                text(params, "client_id"),
                text(params, "redirect_uri"),
                text(params, "scope"),
                text(params, "state"),
                text(params, "code_challenge"),
                text(params, "code_challenge_method"));
    }

    private static String text(Params params, String name) {
        return params.find(name, String.class).orElse("");
    }

    /** The same again, as a query. */
    String text() {
        Map<String, String> nameToValue = new LinkedHashMap<>();
        nameToValue.put("response_type", responseType);
        nameToValue.put("client_id", clientId);
        nameToValue.put("redirect_uri", redirectUri);
        nameToValue.put("scope", scope);
        nameToValue.put("state", state);
        nameToValue.put("code_challenge", codeChallenge);
        nameToValue.put("code_challenge_method", codeChallengeMethod);
        return nameToValue.entrySet().stream()
                .filter(pair -> !pair.getValue().isEmpty())
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
