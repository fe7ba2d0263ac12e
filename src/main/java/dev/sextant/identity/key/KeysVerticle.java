package dev.sextant.identity.key;

import dev.sextant.bus.Bus;
import dev.sextant.http.ClientAddress;
import dev.sextant.http.EntityTag;
import dev.sextant.identity.key.KeyStore.NewKey;
import dev.sextant.identity.key.KeyStore.Standing;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.KeyBounds.Bounds;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes, tells, changes and ends keys; it waits on PostgreSQL only. Starts once the platform's own key is in place. */
final class KeysVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(KeysVerticle.class);
    private static final Duration WRITE_USES_EVERY = Duration.ofSeconds(1);

    /** What the verticle works with, beside the bus. */
    record Parts(KeyStore store, KeyFeature.Shared shared, LeakLimit leaks, KeyConfig config, InstantSource clock) {}

    private final Bus bus;
    private final KeyStore store;
    private final FirstKey firstKey;
    private final Secret platformKey;
    private final Parts parts;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private boolean isWriting;

    KeysVerticle(Bus bus, Secret platformKey, Parts parts) {
        this.bus = bus;
        this.store = parts.store();
        this.firstKey = new FirstKey(store);
        this.platformKey = platformKey;
        this.parts = parts;
        this.clock = parts.clock();
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(WRITE_USES_EVERY.toMillis(), _ -> writeUses());
        return firstKey.ensure(TenantId.PLATFORM, "platform", platformKey)
                .compose(_ -> Future.all(List.of(
                        bus.answer(KeyAddresses.CREATE, this::create),
                        bus.answer(KeyAddresses.ENSURE, this::ensure),
                        bus.answer(KeyAddresses.LIST, this::list),
                        bus.answer(KeyAddresses.GET, this::get),
                        bus.answer(KeyAddresses.UPDATE, this::update),
                        bus.answer(KeyAddresses.ROTATE, this::rotate),
                        bus.answer(KeyAddresses.REVOKE, this::revoke),
                        bus.answer(KeyAddresses.REPORT_LEAK, (question, _) -> reportLeak(question)),
                        bus.answer(KeyAddresses.CHECK, this::check),
                        bus.answer(KeyAddresses.CHECK_CHANGEABLE, this::checkChangeable))));
    }

    private void writeUses() {
        Map<String, Long> uses = isWriting ? Map.of() : parts.shared().uses().take();
        if (!uses.isEmpty()) {
            isWriting = true;
            store.used(uses)
                    .onFailure(failure -> LOG.warn("Last uses of keys were not written: {}", failure.getMessage()))
                    .onComplete(_ -> isWriting = false);
        }
    }

    private Future<CreatedKey> create(CreateKey wish, Origin origin) {
        CreateKey checked = wish.checked();
        requireFuture(checked.expiresAt());
        NewKey key = new NewKey(Ids.make("key"), origin.tenant(), checked, KeyText.make(random));
        return giver(origin)
                .compose(giver -> {
                    Grant.requireUnbound(giver);
                    Grant.checkWhole(giver, checked);
                    return requireKnown(origin, checked.roles());
                })
                .compose(_ -> store.insert(key, parts.config().keysMax(), origin));
    }

    private Future<Void> requireKnown(Origin origin, List<String> roles) {
        return parts.shared().rights().requireKnown(origin.tenant(), roles);
    }

    private Future<Grant.Giver> giver(Origin origin) {
        Principal caller = origin.principal();
        return parts.shared().bounds().of(caller).map(bounds -> new Grant.Giver(caller, bounds));
    }

    private Future<EnsuredKey> ensure(EnsureKey wish, Origin origin) {
        Grant.check(new Grant.Giver(origin.principal(), Bounds.NONE), FirstKey.wish(origin.tenant(), wish.name()));
        return firstKey.ensure(origin.tenant(), wish.name(), wish.text());
    }

    private void requireFuture(@Nullable Instant expiresAt) {
        if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
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
        return store.find(origin.tenant(), question.id()).map(KeysVerticle::there);
    }

    private Future<ApiKey> update(UpdateKey question, Origin origin) {
        return requireKnown(origin, question.roles())
                .compose(_ -> giver(origin))
                .compose(giver -> store.update(origin, question.id(), present -> changed(question, present, giver)))
                .map(KeysVerticle::there);
    }

    /** Whoever changes a key must have what it has, before and after: else they would make it theirs. */
    private CreateKey changed(UpdateKey question, ApiKey present, Grant.Giver giver) {
        if (question.ifMatch() != null && !EntityTag.matches(question.ifMatch(), present.version())) {
            throw new ProblemException(new Problem.PreconditionFailed(
                    "The key is at version %d by now: read it again.".formatted(present.version())));
        }
        refuseRevoked(present);
        CreateKey wish = question.of(present);
        if (question.changes().has("expires_at")) {
            requireFuture(wish.expiresAt());
        }
        requireOwnOrUnbound(present, giver);
        Grant.checkWhole(giver, unchanged(present));
        Grant.checkWhole(giver, wish);
        if (question.changes().has("address_ranges") && isOwn(present, giver)) {
            requireWithin(question.address(), wish.addressRanges());
        }
        return wish;
    }

    private Future<UnknownKeys> checkChangeable(CheckChangeable question, Origin origin) {
        return giver(origin)
                .compose(giver -> store.find(origin.tenant(), question.keyIds()).map(found -> {
                    found.forEach(key -> requireChangeable(key, giver));
                    Set<String> known = found.stream().map(ApiKey::id).collect(Collectors.toSet());
                    return new UnknownKeys(question.keyIds().stream()
                            .filter(id -> !known.contains(id))
                            .toList());
                }));
    }

    /** As for {@link #changed}, of a key that stays as it is; whoever is limited decides on no key but itself. */
    private static void requireChangeable(ApiKey key, Grant.Giver giver) {
        if (!isOwn(key, giver)) {
            Grant.requireUnbound(giver);
            Grant.requireUnlimited(giver);
        }
        Grant.checkWhole(giver, unchanged(key));
    }

    /** A key that is bound to a certificate stays so, whatever becomes of it. */
    private static void requireOwnOrUnbound(ApiKey present, Grant.Giver giver) {
        if (!isOwn(present, giver)) {
            Grant.requireUnbound(giver);
        }
    }

    private static boolean isOwn(ApiKey present, Grant.Giver giver) {
        return present.id().equals(giver.caller().actor());
    }

    /** A key that shuts itself out could not take it back. */
    private static void requireWithin(ClientAddress caller, @Nullable List<String> ranges) {
        if (!KeyProver.allows(KeyProver.ranges(ranges), caller)) {
            Violation violation = Violation.at("/address_ranges", "out_of_range", "must include your own address");
            throw new ProblemException(new Problem.InvalidRequest(
                    List.of(violation), "The key that you use would be refused from where you are: add that address."));
        }
    }

    private static CreateKey unchanged(ApiKey key) {
        return new CreateKey(
                key.name(), key.scopes(), key.datasets(), key.addressRanges(), key.expiresAt(), key.roles());
    }

    private static void refuseRevoked(ApiKey key) {
        if (key.revokedAt() != null) {
            throw new ProblemException(Unprocessable.at(
                    "", Unprocessable.Reason.KEY_ENDED, "The key was revoked, for good: make a new one."));
        }
    }

    private Future<RotatedKey> rotate(RotateKey question, Origin origin) {
        KeyText text = KeyText.make(random);
        Instant endsAt = clock.instant().plusMillis(question.overlapMillis());
        return giver(origin)
                .compose(giver ->
                        store.rotate(origin, question.id(), text, endsAt, present -> rotatable(present, giver)));
    }

    private static CreateKey rotatable(ApiKey present, Grant.Giver giver) {
        refuseRevoked(present);
        requireOwnOrUnbound(present, giver);
        Grant.checkWhole(giver, unchanged(present));
        return unchanged(present);
    }

    private Future<RevokedKey> revoke(RevokeKey question, Origin origin) {
        return giver(origin)
                .compose(giver -> store.revoke(origin, question.id(), present -> requireEndable(present, giver)))
                .compose(wasThere -> wasThere
                        ? Future.succeededFuture(new RevokedKey(question.id()))
                        : ProblemException.failed(noSuchKey()));
    }

    /** A key may end itself, and whatever may do no more; when that ends by itself is no matter. */
    private static void requireEndable(ApiKey present, Grant.Giver giver) {
        if (!isOwn(present, giver)) {
            Grant.requireUnbound(giver);
            Grant.check(giver, unchanged(present));
        }
    }

    private Future<EndedByLeak> reportLeak(ReportLeak question) {
        return KeyText.parse(question.key())
                .map(text -> parts.leaks().bounded(() -> store.killed(text)))
                .orElseGet(() -> Future.succeededFuture(EndedByLeak.NOTHING));
    }

    private Future<CallerStands> check(CheckCaller question, Origin origin) {
        return store.standing(question.credential(), question.tenantId())
                .map(found -> found.orElseThrow(() -> new ProblemException(gone())))
                .compose(standing -> {
                    refuseEnded(standing, question.isSignIn());
                    if (!KeyProver.allows(KeyProver.ranges(standing.addressRanges()), question.address())) {
                        throw new ProblemException(KeyProver.elsewhere());
                    }
                    return stands(question, standing);
                });
    }

    private Future<CallerStands> stands(CheckCaller question, Standing standing) {
        return parts.shared()
                .rights()
                .of(standing.home(), standing.roles(), standing.scopes())
                .map(rights -> new CallerStands(
                        question.credential(),
                        rights.scopes().stream().sorted().toList(),
                        standing.datasets(),
                        rights.policy().rules()));
    }

    private void refuseEnded(Standing standing, boolean isSignIn) {
        KeyProver.problem(
                        standing.revokedAt(),
                        KeyEnd.ofKey(standing.expiresAt()),
                        standing.areTenantsActive(),
                        clock.instant())
                .ifPresent(problem -> {
                    boolean isOver = isSignIn && problem instanceof Problem.CredentialEnded;
                    throw new ProblemException(isOver ? signedOut() : problem);
                });
    }

    static ApiKey there(Optional<ApiKey> found) {
        return found.orElseThrow(() -> new ProblemException(noSuchKey()));
    }

    private static Problem signedOut() {
        return new Problem.CredentialEnded(
                Problem.CredentialEnded.End.TOKEN_REVOKED, "The sign-in that this came of is over.");
    }

    private static Problem noSuchKey() {
        return new Problem.NotFound("The tenant has no API key of this id.");
    }

    private static Problem gone() {
        return new Problem.Unauthenticated("The API key, or its tenant, is no more.");
    }
}
