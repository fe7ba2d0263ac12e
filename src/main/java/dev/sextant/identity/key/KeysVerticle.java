package dev.sextant.identity.key;

import dev.sextant.bus.Bus;
import dev.sextant.identity.key.KeyStore.NewKey;
import dev.sextant.identity.key.KeyStore.Standing;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Makes, tells and ends keys; it waits on PostgreSQL only. Starts once the platform's own key is in place. */
final class KeysVerticle extends VerticleBase {

    private final Bus bus;
    private final KeyStore store;
    private final FirstKey firstKey;
    private final Secret platformKey;
    private final KeyConfig config;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    KeysVerticle(Bus bus, KeyStore store, Secret platformKey, KeyConfig config, InstantSource clock) {
        this.bus = bus;
        this.store = store;
        this.firstKey = new FirstKey(store);
        this.platformKey = platformKey;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        return firstKey.ensure(TenantId.PLATFORM, "platform", platformKey)
                .compose(_ -> Future.all(
                        bus.answer(KeyAddresses.CREATE, this::create),
                        bus.answer(KeyAddresses.ENSURE, this::ensure),
                        bus.answer(KeyAddresses.LIST, this::list),
                        bus.answer(KeyAddresses.GET, this::get),
                        bus.answer(KeyAddresses.REVOKE, this::revoke),
                        bus.answer(KeyAddresses.CHECK, this::check)));
    }

    private Future<CreatedKey> create(CreateKey wish, Origin origin) {
        Grant.check(origin.principal(), wish.scopes());
        requireFuture(wish);
        NewKey key = new NewKey(Ids.make("key"), origin.tenant(), wish, KeyText.make(random));
        return store.insert(key, config.keysMax(), origin);
    }

    private Future<EnsuredKey> ensure(EnsureKey wish, Origin origin) {
        Grant.check(origin.principal(), FirstKey.scopes(origin.tenant()));
        return firstKey.ensure(origin.tenant(), wish.name(), wish.text());
    }

    private void requireFuture(CreateKey wish) {
        if (wish.expiresAt() != null && !wish.expiresAt().isAfter(clock.instant())) {
            Violation violation = Violation.at("/expires_at", "out_of_range", "must lie in the future");
            throw new ProblemException(
                    new Problem.InvalidRequest(List.of(violation), "A key that has expired already is of no use."));
        }
    }

    private Future<KeyPage> list(ListKeys question, Origin origin) {
        return store.list(origin.tenant(), question.after(), question.limit() + 1)
                .map(keys -> KeyPage.of(keys, question.limit()));
    }

    private Future<ApiKey> get(GetKey question, Origin origin) {
        return store.find(origin.tenant(), question.id())
                .map(found -> found.orElseThrow(() -> new ProblemException(noSuchKey())));
    }

    private Future<RevokedKey> revoke(RevokeKey question, Origin origin) {
        return store.revoke(origin.tenant(), question.id())
                .compose(wasThere -> wasThere
                        ? Future.succeededFuture(new RevokedKey(question.id()))
                        : ProblemException.failed(noSuchKey()));
    }

    private Future<CallerStands> check(CheckCaller question, Origin origin) {
        return store.standing(question.actor(), question.tenantId())
                .map(found -> found.orElseThrow(() -> new ProblemException(gone())))
                .map(standing -> {
                    refuseEnded(standing);
                    return new CallerStands(question.actor());
                });
    }

    private void refuseEnded(Standing standing) {
        KeyProver.problem(standing.revokedAt(), standing.expiresAt(), standing.areTenantsActive(), clock.instant())
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
    }

    private static Problem noSuchKey() {
        return new Problem.NotFound("The tenant has no API key of this id.");
    }

    private static Problem gone() {
        return new Problem.Unauthenticated("The API key, or its tenant, is no more.");
    }
}
