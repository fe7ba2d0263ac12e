package dev.sextant.identity.grant;

import dev.sextant.bus.Bus;
import dev.sextant.identity.grant.GrantStore.NewSignIn;
import dev.sextant.identity.secret.OpaqueSecret;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins, carries on and ends sign-ins; it waits on PostgreSQL only. */
final class GrantsVerticle extends VerticleBase {

    private static final String CODE_KIND = "oac";
    private static final String TOKEN_KIND = "ort";

    private final Bus bus;
    private final TenantDb db;
    private final GrantConfig config;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    GrantsVerticle(Bus bus, TenantDb db, GrantConfig config, InstantSource clock) {
        this.bus = bus;
        this.db = db;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return Future.all(
                bus.answer(GrantAddresses.BEGIN, this::begin),
                bus.answer(GrantAddresses.REDEEM, this::redeem),
                bus.answer(GrantAddresses.REFRESH, this::refresh),
                bus.answer(GrantAddresses.FIND, this::find),
                bus.answer(GrantAddresses.END, this::end));
    }

    private Future<IssuedCode> begin(BeginSignIn wish, Origin origin) {
        Instant now = clock.instant();
        OpaqueSecret code = OpaqueSecret.make(CODE_KIND, origin.tenant(), random);
        NewSignIn made = new NewSignIn(wish, code, now, now.plus(config.codeLifetime()), now.plus(config.lifetime()));
        return db.inTransaction(origin.tenant(), transaction -> GrantStore.insert(transaction, made))
                .map(new IssuedCode(code.value()));
    }

    private Future<GrantedSignIn> redeem(RedeemCode question, Origin origin) {
        Optional<OpaqueSecret> code = OpaqueSecret.parse(CODE_KIND, question.code());
        return code.isEmpty()
                ? ProblemException.failed(refused())
                : db.inTransaction(code.get().tenant(), transaction -> redeem(transaction, code.get(), question))
                        .map(GrantsVerticle::granted);
    }

    /** What ends a sign-in must be kept, so that it is answered and does not fail: empty where it is not good. */
    private Future<Optional<GrantedSignIn>> redeem(SqlConnection transaction, OpaqueSecret code, RedeemCode question) {
        return GrantStore.holdByCode(transaction, code).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture(Optional.empty());
            }
            boolean isGood = fits(found.get(), question) && isFresh(found.get());
            return isGood
                    ? requireAllowed(found.get(), question.scope())
                            .compose(_ -> GrantStore.useCode(transaction, code, clock.instant()))
                            .compose(_ -> carryOn(transaction, code.tenant(), found.get()))
                    : end(transaction, code.tenant(), found.get().id()).map(Optional.empty());
        });
    }

    private static boolean fits(StoredSignIn signIn, RedeemCode question) {
        return signIn.clientId().equals(question.clientId())
                && signIn.redirectUri().equals(question.redirectUri())
                && Pkce.fits(signIn.codeChallenge(), question.codeVerifier());
    }

    private boolean isFresh(StoredSignIn signIn) {
        return signIn.usedAt() == null && signIn.stands(clock.instant());
    }

    private Future<GrantedSignIn> refresh(RefreshSignIn question, Origin origin) {
        Optional<OpaqueSecret> token = OpaqueSecret.parse(TOKEN_KIND, question.refreshToken());
        return token.isEmpty()
                ? ProblemException.failed(refused())
                : db.inTransaction(token.get().tenant(), transaction -> refresh(transaction, token.get(), question))
                        .map(GrantsVerticle::granted);
    }

    private Future<Optional<GrantedSignIn>> refresh(
            SqlConnection transaction, OpaqueSecret token, RefreshSignIn question) {
        return GrantStore.holdByToken(transaction, token).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture(Optional.empty());
            }
            StoredSignIn signIn = found.get();
            if (signIn.usedAt() != null || !signIn.clientId().equals(question.clientId())) {
                return end(transaction, token.tenant(), signIn.id()).map(Optional.empty());
            }
            return signIn.stands(clock.instant())
                    ? requireAllowed(signIn, question.scope())
                            .compose(_ -> GrantStore.useToken(transaction, token, clock.instant()))
                            .compose(_ -> carryOn(transaction, token.tenant(), signIn))
                    : Future.succeededFuture(Optional.empty());
        });
    }

    /** Fails, and so undoes the transaction: who asks for too much may ask again for less. */
    private static Future<Void> requireAllowed(StoredSignIn signIn, @Nullable String scope) {
        boolean isAllowed = scope == null || signIn.scopes().containsAll(List.of(scope.split(" ", -1)));
        return isAllowed
                ? Future.succeededFuture()
                : ProblemException.failed(new Problem.OauthRefused(
                        Problem.OauthRefused.ErrorCode.INVALID_SCOPE,
                        "The user did not allow a scope that is asked for; ask for less, or for none by name."));
    }

    private Future<Optional<GrantedSignIn>> carryOn(SqlConnection transaction, TenantId tenant, StoredSignIn signIn) {
        OpaqueSecret next = OpaqueSecret.make(TOKEN_KIND, tenant, random);
        Instant idleEnd = clock.instant().plus(config.refreshLifetime());
        Instant end = idleEnd.isBefore(signIn.expiresAt()) ? idleEnd : signIn.expiresAt();
        return GrantStore.insertToken(transaction, next, signIn.id(), end)
                .map(Optional.of(new GrantedSignIn(
                        signIn.id(),
                        tenant.value(),
                        signIn.userId(),
                        signIn.clientId(),
                        signIn.scopes(),
                        signIn.roles(),
                        next.value(),
                        signIn.expiresAt())));
    }

    private static GrantedSignIn granted(Optional<GrantedSignIn> found) {
        return found.orElseThrow(() -> new ProblemException(refused()));
    }

    private Future<FoundRefreshToken> find(FindRefreshToken question, Origin origin) {
        Optional<OpaqueSecret> token = OpaqueSecret.parse(TOKEN_KIND, question.refreshToken());
        return token.isEmpty()
                ? Future.succeededFuture(FoundRefreshToken.NONE)
                : db.inTransaction(
                                token.get().tenant(), transaction -> GrantStore.holdByToken(transaction, token.get()))
                        .map(found -> found.map(
                                        signIn -> told(signIn, token.get().tenant()))
                                .orElse(FoundRefreshToken.NONE));
    }

    private FoundRefreshToken told(StoredSignIn signIn, TenantId tenant) {
        return new FoundRefreshToken(
                isFresh(signIn),
                signIn.id(),
                tenant.value(),
                signIn.userId(),
                signIn.clientId(),
                signIn.scopes(),
                signIn.tokenExpiresAt());
    }

    private Future<EndedSignIn> end(EndSignIn question, Origin origin) {
        TenantId tenant = new TenantId(question.tenant());
        return db.inTransaction(tenant, transaction -> end(transaction, tenant, question.signInId()))
                .map(new EndedSignIn(question.signInId()));
    }

    private Future<Void> end(SqlConnection transaction, TenantId tenant, String id) {
        return GrantStore.end(transaction, tenant, id, clock.instant());
    }

    private static Problem refused() {
        return new Problem.OauthRefused(
                Problem.OauthRefused.ErrorCode.INVALID_GRANT,
                "The code or refresh token is not valid, is over, was used, or belongs to another request.");
    }
}
