package dev.sextant.identity.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.Origins;
import dev.sextant.authz.policy.Authority;
import dev.sextant.identity.key.Grant.Giver;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Reach;
import dev.sextant.store.KeyBounds.Bounds;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrantTest {

    private static final Principal CUSTOMER = Origins.principal("acme", "keys:write", "analytics:read");
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final Principal OPERATOR =
            Origins.principal("platform", "keys:write", "platform:cross_tenant", "platform:tenants");

    @Test
    void givesWhatTheCallerHas() {
        assertThatCode(() -> check(CUSTOMER, wish("analytics:read", "keys:write")))
                .doesNotThrowAnyException();
    }

    @Test
    void givesNothingThatTheCallerLacks() {
        assertRefused(CUSTOMER, "events:write", Problem.InsufficientScope.class);
    }

    @Test
    void givesAnythingButThePlatformsAcrossTenants() {
        Principal visiting = OPERATOR.at(CUSTOMER.tenant());

        assertThatCode(() -> check(visiting, wish("events:write", "datasets:read")))
                .doesNotThrowAnyException();
        assertRefused(visiting, "platform:tenants", Problem.InsufficientScope.class);
    }

    @Test
    void givesThePlatformsScopesAtThePlatformToThoseWhoHaveThem() {
        Principal half = Origins.principal("platform", "keys:write", "platform:cross_tenant");

        assertThatCode(() -> check(OPERATOR, wish("platform:tenants"))).doesNotThrowAnyException();
        assertRefused(half, "platform:tenants", Problem.InsufficientScope.class);
    }

    @Test
    void aCustomerThatSomehowHasAPlatformScopeDoesNotGiveIt() {
        Principal odd = Origins.principal("acme", "keys:write", "platform:tenants");

        assertRefused(odd, "platform:tenants", Problem.InsufficientScope.class);
    }

    @Test
    void givesNoScopeThatThereIsNot() {
        assertRefused(OPERATOR, "all:all", Problem.InvalidRequest.class);
    }

    @Test
    void givesNoDatasetThatTheCallerMayNotTouch() {
        Principal limited = new Principal(
                CUSTOMER.tenant(), "key_1", CUSTOMER.scopes(), Reach.of(List.of("a", "b")), CUSTOMER.policy());

        assertThatCode(() -> check(limited, wishOf(List.of("b")))).doesNotThrowAnyException();
        assertThatCode(() -> check(CUSTOMER, wishOf(List.of("c")))).doesNotThrowAnyException();
        assertDenied(() -> check(limited, wishOf(List.of("a", "c"))));
        assertDenied(() -> check(limited, wishOf(null)));
    }

    @Test
    void givesNothingWhereSomethingIsKeptBackFromTheCaller() {
        Principal analyst = new Principal(
                CUSTOMER.tenant(),
                "key_1",
                CUSTOMER.scopes(),
                Reach.ALL,
                Authority.of("{\"roles\":[],\"policies\":[]}", List.of("analyst"))
                        .policy());

        assertDenied(() -> check(analyst, wishOf(null)));
    }

    @Test
    void givesNoAddressThatTheCallersKeyHasNot() {
        List<String> own = List.of("10.0.0.0/8", "2001:db8::/32");

        Giver there = new Giver(CUSTOMER, new Bounds(List.of(), own, null, null));

        assertThatCode(() -> Grant.check(there, wishFrom(List.of("10.1.0.0/16", "2001:db8::1/128"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(CUSTOMER, wishFrom(null))).doesNotThrowAnyException();
        assertDenied(() -> Grant.check(there, wishFrom(null)));
        assertDenied(() -> Grant.check(there, wishFrom(List.of("0.0.0.0/0"))));
        assertDenied(() -> Grant.check(there, wishFrom(List.of("10.0.0.0/8", "11.0.0.0/8"))));
    }

    @Test
    void givesNoEndThatIsLaterThanThatOfTheCallersKey() {
        Giver ending = new Giver(CUSTOMER, new Bounds(List.of(), null, NOON, null));

        assertThatCode(() -> Grant.checkWhole(ending, wishUntil(NOON))).doesNotThrowAnyException();
        assertThatCode(() -> Grant.checkWhole(new Giver(CUSTOMER, Bounds.NONE), wishUntil(null)))
                .doesNotThrowAnyException();
        assertDenied(() -> Grant.checkWhole(ending, wishUntil(NOON.plusMillis(1))));
        assertDenied(() -> Grant.checkWhole(ending, wishUntil(null)));
        assertThatCode(() -> Grant.check(ending, wishUntil(null))).doesNotThrowAnyException();
    }

    @Test
    void givesNoRoleThatTheCallersKeyHasNotAndNoKeyWithoutOne() {
        Giver admin = new Giver(CUSTOMER, new Bounds(List.of("admin", "viewer"), null, null, null));

        assertThatCode(() -> Grant.check(admin, wishAs("viewer"))).doesNotThrowAnyException();
        assertDenied(() -> Grant.check(admin, wishAs("viewer", "owner")));
        assertDenied(() -> Grant.check(admin, wishAs()));
    }

    private static void check(Principal caller, CreateKey wish) {
        Grant.check(new Giver(caller, Bounds.NONE), wish);
    }

    private static CreateKey wishFrom(@Nullable List<String> ranges) {
        return new CreateKey("a", List.of("keys:write"), null, ranges, null);
    }

    private static CreateKey wishUntil(@Nullable Instant end) {
        return new CreateKey("a", List.of("keys:write"), null, null, end);
    }

    private static CreateKey wishAs(String... roles) {
        return new CreateKey("a", List.of("keys:write"), null, null, null, List.of(roles));
    }

    private static CreateKey wish(String... scopes) {
        return new CreateKey("a", List.of(scopes), null, null, null);
    }

    private static CreateKey wishOf(@Nullable List<String> datasets) {
        return new CreateKey("a", List.of("keys:write"), datasets, null, null);
    }

    private static void assertDenied(ThrowingCallable grant) {
        assertThatThrownBy(grant)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem()).isInstanceOf(Problem.PolicyDenied.class));
    }

    private static void assertRefused(Principal caller, String scope, Class<? extends Problem> problem) {
        assertThatThrownBy(() -> check(caller, wish("keys:write", scope)))
                .isInstanceOf(ProblemException.class)
                .extracting(refusal -> ((ProblemException) refusal).problem())
                .isInstanceOf(problem);
    }
}
