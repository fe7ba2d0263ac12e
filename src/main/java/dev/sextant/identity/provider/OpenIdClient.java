package dev.sextant.identity.provider;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.util.Set;
import java.util.stream.Stream;
import java.net.URI;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;

/**
 * Speaks OpenID Connect with a provider; keeps nothing between two sign-ins, so that the provider may change its keys and
 * addresses whenever it likes. Messages are written and read by Nimbus.
 */
final class OpenIdClient {

    private static final String METADATA_PATH = "/.well-known/openid-configuration";

    /** Signatures that only the provider can make: a shared secret would be one that clients of it know, too. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final BoundedHttp http;
    private final Reach reach;

    OpenIdClient(BoundedHttp http, Reach reach) {
        this.http = http;
        this.reach = reach;
    }

    /** Asks the provider about itself; fails with {@code Unavailable} where that is not good. */
    Future<OIDCProviderMetadata> discover(String issuer) {
        return http.get(issuer + METADATA_PATH).compose(text -> {
            try {
                OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(text);
                return metadata.getIssuer().getValue().equals(issuer)
                        ? requireEndpoints(metadata)
                        : BoundedHttp.away("names another issuer in its metadata");
            } catch (ParseException | RuntimeException _) {
                return BoundedHttp.away("has no OpenID Connect metadata at " + METADATA_PATH);
            }
        });
    }

    private Future<OIDCProviderMetadata> requireEndpoints(OIDCProviderMetadata metadata) {
        return Stream.of(
                                metadata.getAuthorizationEndpointURI(),
                                metadata.getTokenEndpointURI(),
                                metadata.getJWKSetURI())
                        .allMatch(uri -> uri != null && reach.allowed(uri.toString()).isPresent())
                ? Future.succeededFuture(metadata)
                : BoundedHttp.away("names an endpoint that may not be called: each " + reach.rule());
    }

    /** Where to send the browser. */
    static String address(OIDCProviderMetadata metadata, String clientId, BeginExternal question) {
        return new AuthenticationRequest.Builder(
                        new ResponseType(ResponseType.Value.CODE),
                        new Scope("openid", "email", "profile"),
                        new ClientID(clientId),
                        URI.create(question.redirectUri()))
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(new State(question.state()))
                .nonce(new Nonce(question.nonce()))
                .codeChallenge(new CodeVerifier(question.codeVerifier()), CodeChallengeMethod.S256)
                .build()
                .toURI()
                .toString();
    }

    /** What the provider says of the user, by an ID token that is proven to be meant for us and for this sign-in. */
    Future<IDTokenClaimsSet> redeem(OIDCProviderMetadata metadata, ClientAuthentication client, FinishExternal question) {
        AuthorizationCodeGrant grant = new AuthorizationCodeGrant(
                new AuthorizationCode(question.code()),
                URI.create(question.redirectUri()),
                new CodeVerifier(question.codeVerifier()));
        HTTPRequest request = new TokenRequest.Builder(metadata.getTokenEndpointURI(), client, grant)
                .build()
                .toHTTPRequest();
        Map<String, String> headers = new HashMap<>();
        request.getHeaderMap().forEach((name, values) -> headers.put(name, values.getFirst()));
        return http.post(metadata.getTokenEndpointURI().toString(), headers, request.getBody())
                .compose(OpenIdClient::idToken)
                .compose(token -> http.get(metadata.getJWKSetURI().toString())
                        .compose(keys -> validated(token, keys, metadata, client.getClientID(), question.nonce())));
    }

    private static Future<SignedJWT> idToken(BoundedHttp.Answer answer) {
        try {
            HTTPResponse response = new HTTPResponse(answer.status());
            response.setContentType("application/json");
            response.setBody(answer.body());
            TokenResponse read = OIDCTokenResponseParser.parse(response);
            if (!read.indicatesSuccess()) {
                return denied("The identity provider refused the sign-in.");
            }
            JWT token = ((OIDCTokenResponse) read.toSuccessResponse()).getOIDCTokens().getIDToken();
            return token instanceof SignedJWT signed && ALGORITHMS.contains(signed.getHeader().getAlgorithm())
                    ? Future.succeededFuture(signed)
                    : denied("The identity provider gave no ID token that is signed well.");
        } catch (ParseException | RuntimeException _) {
            return denied("The identity provider gave no ID token.");
        }
    }

    private static Future<IDTokenClaimsSet> validated(
            SignedJWT token, String keys, OIDCProviderMetadata metadata, ClientID clientId, String nonce) {
        try {
            IDTokenValidator validator = new IDTokenValidator(
                    metadata.getIssuer(), clientId, token.getHeader().getAlgorithm(), JWKSet.parse(keys));
            return Future.succeededFuture(validator.validate(token, new Nonce(nonce)));
        } catch (java.text.ParseException | BadJOSEException | JOSEException | RuntimeException _) {
            return denied("The identity provider's ID token is not valid for this sign-in.");
        }
    }

    private static <T> Future<T> denied(String why) {
        return ProblemException.failed(new Problem.PolicyDenied(why));
    }
}
