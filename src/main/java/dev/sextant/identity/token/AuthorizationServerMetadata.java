package dev.sextant.identity.token;

import dev.sextant.authz.policy.Scope;

import java.util.List;

/** What clients may know of us before they begin. Source: RFC 8414, section 2; RFC 9207, section 3. */
record AuthorizationServerMetadata(
        String issuer,
        String authorizationEndpoint,
        String tokenEndpoint,
        String jwksUri,
        String revocationEndpoint,
        String introspectionEndpoint,
        List<String> scopesSupported,
        List<String> responseTypesSupported,
        List<String> responseModesSupported,
        List<String> grantTypesSupported,
        List<String> tokenEndpointAuthMethodsSupported,
        List<String> revocationEndpointAuthMethodsSupported,
        List<String> introspectionEndpointAuthMethodsSupported,
        List<String> codeChallengeMethodsSupported,
        boolean authorizationResponseIssParameterSupported,
        String serviceDocumentation) {

    static AuthorizationServerMetadata of(String issuer) {
        List<String> byAny = List.of("client_secret_basic", "client_secret_post", "none");
        List<String> bySecret = List.of("client_secret_basic", "client_secret_post");
        return new AuthorizationServerMetadata(
                issuer,
                issuer + "/oauth/authorize",
                issuer + "/oauth/token",
                issuer + "/.well-known/jwks.json",
                issuer + "/oauth/revoke",
                issuer + "/oauth/introspect",
                Scope.ofTenants().stream().sorted().toList(),
                List.of("code"),
                List.of("query"),
                List.of("authorization_code", "refresh_token", "client_credentials"),
                byAny,
                byAny,
                bySecret,
                List.of("S256"),
                true,
                issuer + "/docs");
    }
}
