package dev.sextant.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.Origins;
import dev.sextant.http.ClientAddress;
import dev.sextant.identity.grant.SignInProver;
import dev.sextant.identity.key.KeyConfig;
import dev.sextant.identity.key.KeyProver;
import dev.sextant.identity.key.KeyReader;
import dev.sextant.identity.key.KeyRights;
import dev.sextant.identity.key.KeyText;
import dev.sextant.identity.key.LastUses;
import dev.sextant.identity.token.TokensInTests;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.CredentialEnded.End;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Credential;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyAuthenticatorTest {

    private static final TenantId ACME = new TenantId("ten_acme");
    private static final KeyText KEY = KeyText.make(new SecureRandom());
    private static final ClientAddress HOME = ClientAddress.parse("192.0.2.1").orElseThrow();
    private static final String BEARER = "Bearer " + KEY.value();

    /** Look-ups under way, the oldest first; each test answers them as it likes. */
    private final Deque<Promise<Optional<Credential>>> lookups = new ArrayDeque<>();

    private int lookupCount;
    private boolean hearsChanges = true;
    private Promise<Void> hearsAgain = Promise.promise();
    private Instant now = Instant.parse("2026-11-23T15:00:00Z");

    private final TenantGates gates = new TenantGates(() -> hearsChanges, () -> hearsAgain.future());
    private final KeyAuthenticator authenticator = authenticator();

    @Test
    void asksOnceForAKeyThatItKnows() {
        Future<Principal> first = authenticate(BEARER);
        lookups.remove().complete(Optional.of(good()));

        Future<Principal> second = authenticate("bearer " + KEY.value());

        assertThat(first.result())
                .isEqualTo(new Principal(ACME, "key_1", Set.of("keys:read"), Reach.ALL, Policy.SEES_ALL));
        assertThat(second.result()).isEqualTo(first.result());
        assertThat(lookupCount).isEqualTo(1);
    }

    @Test
    void asksOnceForManyWhoComeAtOnce() {
        Future<Principal> first = authenticate(BEARER);
        Future<Principal> second = authenticate(BEARER);

        lookups.remove().complete(Optional.of(good()));

        assertThat(first.succeeded()).isTrue();
        assertThat(second.succeeded()).isTrue();
        assertThat(lookupCount).isEqualTo(1);
    }

    @Test
    void believesARevokedKeyNoLongerOnceItHears() {
        known(good());

        gates.changed(ACME);
        Future<Principal> afterwards = authenticate(BEARER);
        lookups.remove().complete(Optional.of(revoked()));

        assertEnded(afterwards, End.KEY_REVOKED);
        assertEnded(authenticate(BEARER), End.KEY_REVOKED);
        assertThat(lookupCount).isEqualTo(2);
    }

    /** The look-up read the key before it was revoked, and comes back after. */
    @Test
    void doesNotRememberAKeyThatWasRevokedWhileItWasLookedUp() {
        authenticate(BEARER);
        gates.changed(ACME);
        lookups.remove().complete(Optional.of(good()));

        Future<Principal> next = authenticate(BEARER);

        lookups.remove().complete(Optional.of(revoked()));
        assertEnded(next, End.KEY_REVOKED);
    }

    /** To join the look-up of an earlier caller would be to read the past. */
    @Test
    void whoComesAfterAChangeGetsAReadingOfTheirOwn() {
        Future<Principal> before = authenticate(BEARER);
        gates.changed(ACME);
        Future<Principal> after = authenticate(BEARER);

        lookups.remove().complete(Optional.of(good()));
        lookups.remove().complete(Optional.of(revoked()));

        assertThat(before.succeeded()).isTrue();
        assertEnded(after, End.KEY_REVOKED);
    }

    @Test
    void believesNobodyWhileItHearsNothing() {
        known(good());

        hearsChanges = false;
        Future<Principal> first = authenticate(BEARER);

        assertThat(first.isComplete()).isFalse();
        hearsAgain.fail("not for long");
        assertProblem(first, Problem.IdentityUnavailable.class);
        hearsChanges = true;
        authenticate(BEARER);
        assertThat(lookupCount).isEqualTo(2);
    }

    @Test
    void whoComesWhileItHearsNothingIsAnsweredByWhatItThenReads() {
        known(good());
        hearsChanges = false;
        Future<Principal> waiting = authenticate(BEARER);

        hearsChanges = true;
        hearsAgain.complete();
        lookups.remove().complete(Optional.of(revoked()));

        assertEnded(waiting, End.KEY_REVOKED);
    }

    @Test
    void endsAKeyAtTheVeryMoment() {
        known(credential(text(null), limits(null), true, now.plusMillis(1), null));
        assertThat(authenticate(BEARER).succeeded()).isTrue();

        now = now.plusMillis(1);

        assertEnded(authenticate(BEARER), End.KEY_EXPIRED);
        assertThat(lookupCount).isEqualTo(1);
    }

    @Test
    void endsATextAtTheVeryMomentThatItsOverlapEnds() {
        known(credential(text(now.plusMillis(1)), limits(null), true, now.plusMillis(2), null));
        assertThat(authenticate(BEARER).succeeded()).isTrue();

        now = now.plusMillis(1);

        assertEnded(authenticate(BEARER), End.KEY_ROTATED);
        assertThat(lookupCount).isEqualTo(1);
    }

    @Test
    void aTextThatHasEndedIsRefusedFromTheStoreToo() {
        known(credential(text(now), limits(null), true, null, null));

        assertEnded(authenticate(BEARER), End.KEY_ROTATED);
    }

    @Test
    void revocationIsSaidBeforeAllElse() {
        known(credential(text(now.minusMillis(1)), limits(null), true, now.minusMillis(1), now));

        assertEnded(authenticate(BEARER), End.KEY_REVOKED);
    }

    @Test
    void admitsFromItsAddressesOnlyAlsoWhatItKnows() {
        known(credential(text(null), limits(List.of("192.0.2.0/24", "2001:db8::/32")), true, null, null));

        assertThat(authenticate(BEARER).succeeded()).isTrue();
        assertThat(from("2001:db8::7").succeeded()).isTrue();
        assertThat(from("::ffff:192.0.2.9").succeeded()).isTrue();
        assertProblem(from("192.0.3.1"), Problem.AddressNotAllowed.class);
        assertProblem(from("2001:db9::"), Problem.AddressNotAllowed.class);
        assertProblem(authenticator.authenticate(BEARER, ClientAddress.UNKNOWN), Problem.AddressNotAllowed.class);
        assertThat(lookupCount).isEqualTo(1);
    }

    @Test
    void aTokenIsAdmittedFromItsKeysAddressesOnlyAndOutlivesTheTextThatItCameOf() {
        now = Instant.now();
        String bearer = "Bearer " + TokensInTests.sign(KEY.prefix());
        Future<Principal> first = authenticate(bearer);
        lookups.remove()
                .complete(Optional.of(
                        credential(text(now.minusSeconds(1)), limits(List.of("192.0.2.1/32")), true, null, null)));

        assertThat(first.succeeded()).isTrue();
        assertProblem(
                authenticator.authenticate(
                        bearer, ClientAddress.parse("192.0.2.2").orElseThrow()),
                Problem.AddressNotAllowed.class);
    }

    @Test
    void refusesASuspendedTenantAndRemembersIt() {
        known(credential(text(null), limits(null), false, null, null));

        assertProblem(authenticate(BEARER), Problem.TenantSuspended.class);
        assertThat(lookupCount).isEqualTo(1);
    }

    @Test
    void refusesAKeyWithAKnownPrefixAndAnotherSecret() {
        Future<Principal> proof = authenticate(BEARER);

        lookups.remove()
                .complete(Optional.of(credential(
                        new Credential.Text(Buffer.buffer(new byte[32]), null), limits(null), true, null, null)));

        assertProblem(proof, Problem.Unauthenticated.class);
    }

    @Test
    void asksOnceForAKeyThatThereIsNot() {
        Future<Principal> first = authenticate(BEARER);
        lookups.remove().complete(Optional.empty());

        assertProblem(first, Problem.Unauthenticated.class);
        assertProblem(authenticate(BEARER), Problem.Unauthenticated.class);
        assertThat(lookupCount).isEqualTo(1);
    }

    @Test
    void asksAgainWhereTheStoreFailed() {
        Future<Principal> first = authenticate(BEARER);
        lookups.remove().fail(new ProblemException(new Problem.Unavailable("postgres", "away")));

        Future<Principal> second = authenticate(BEARER);
        lookups.remove().complete(Optional.of(good()));

        assertProblem(first, Problem.IdentityUnavailable.class);
        assertThat(second.succeeded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Basic a2V5OmFr",
                "Bearer ak_live_x",
                "Bearer a.b.c",
                "Bearer bnVsbA.e30.e30"
            })
    void refusesWhatIsNoCredentialWithoutAsking(String authorization) {
        assertProblem(authenticate(authorization), Problem.Unauthenticated.class);
        assertThat(lookupCount).isZero();
    }

    @Test
    void refusesAMistypedKeyAndAnEndlessOneWithoutAsking() {
        String key = KEY.value();
        char other = key.charAt(20) == 'x' ? 'y' : 'x';

        assertProblem(
                authenticate("Bearer " + key.substring(0, 20) + other + key.substring(21)),
                Problem.Unauthenticated.class);
        assertProblem(authenticate("Bearer " + "a".repeat(10_000)), Problem.Unauthenticated.class);
        assertThat(lookupCount).isZero();
    }

    @Test
    void entersItsOwnTenantAndNoOther() {
        Principal caller = Origins.principal("acme", "analytics:read");

        assertThat(authenticator.enter(caller, ACME).result()).isEqualTo(caller);
        assertProblem(authenticator.enter(caller, new TenantId("ten_bolt")), Problem.TenantMismatch.class);
    }

    @Test
    void entersAnyTenantWithTheRightTo() {
        Principal operator = Origins.principal("platform", "platform:cross_tenant");

        assertThat(authenticator.enter(operator, ACME).result()).isEqualTo(operator.at(ACME));
        assertProblem(authenticator.enter(operator, new TenantId("ten_gone")), Problem.NotFound.class);
    }

    private Future<Principal> authenticate(String authorization) {
        return authenticator.authenticate(authorization, HOME);
    }

    private Future<Principal> from(String address) {
        return authenticator.authenticate(BEARER, ClientAddress.parse(address).orElseThrow());
    }

    private KeyAuthenticator authenticator() {
        KeyProver prover = new KeyProver(new KeyReader<>(this::lookUp, KeyConfig.DEFAULT), () -> now);
        SignInProver signIns = new SignInProver(
                new KeyReader<>(_ -> Future.succeededFuture(Optional.empty()), KeyConfig.DEFAULT), () -> now);
        CredentialProof proof = new CredentialProof(
                prover, signIns, TokensInTests.make(() -> now), new LastUses(), new KeyRights(this::authority));
        return new KeyAuthenticator(
                proof, KeyAuthenticatorTest::requireActive, gates, IdentityConfig.DEFAULT, () -> now);
    }

    private Future<String> authority(TenantId tenant, List<String> roles) {
        return Future.succeededFuture("{\"roles\":[],\"policies\":[]}");
    }

    private Future<Optional<Credential>> lookUp(String prefix) {
        assertThat(prefix).isEqualTo(KEY.prefix());
        lookupCount++;
        Promise<Optional<Credential>> answer = Promise.promise();
        lookups.add(answer);
        return answer.future();
    }

    private static Future<Void> requireActive(TenantId tenant) {
        return tenant.equals(ACME)
                ? Future.succeededFuture()
                : ProblemException.failed(new Problem.NotFound("There is none."));
    }

    private void known(Credential credential) {
        authenticate(BEARER);
        lookups.remove().complete(Optional.of(credential));
    }

    private static Credential good() {
        return credential(null);
    }

    private static Credential revoked() {
        return credential(Instant.parse("2026-11-23T14:00:00Z"));
    }

    private static Credential credential(@Nullable Instant revokedAt) {
        return credential(text(null), limits(null), true, null, revokedAt);
    }

    private static Credential credential(
            Credential.Text text,
            Credential.Limits limits,
            boolean isTenantActive,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {
        return new Credential("key_1", ACME, isTenantActive, text, limits, expiresAt, revokedAt);
    }

    private static Credential.Text text(@Nullable Instant endsAt) {
        return new Credential.Text(Buffer.buffer(KEY.hash()), endsAt);
    }

    private static Credential.Limits limits(@Nullable List<String> addressRanges) {
        return new Credential.Limits(Set.of("keys:read"), List.of(), null, addressRanges);
    }

    private static void assertEnded(Future<Principal> proof, End end) {
        assertThat(problem(proof))
                .isInstanceOfSatisfying(
                        Problem.CredentialEnded.class,
                        ended -> assertThat(ended.end()).isEqualTo(end));
    }

    private static void assertProblem(Future<Principal> proof, Class<? extends Problem> problem) {
        assertThat(problem(proof)).isInstanceOf(problem);
    }

    private static Problem problem(Future<Principal> proof) {
        assertThat(proof.cause()).isInstanceOf(ProblemException.class);
        return ((ProblemException) proof.cause()).problem();
    }
}
