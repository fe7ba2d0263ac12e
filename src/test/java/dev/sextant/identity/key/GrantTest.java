package dev.sextant.identity.key;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.Origins;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrantTest {

    private static final Principal CUSTOMER = Origins.principal("acme", "keys:write", "analytics:read");
    private static final Principal OPERATOR =
            Origins.principal("platform", "keys:write", "platform:cross_tenant", "platform:tenants");

    @Test
    void givesWhatTheCallerHas() {
        assertThatCode(() -> Grant.check(CUSTOMER, List.of("analytics:read", "keys:write")))
                .doesNotThrowAnyException();
    }

    @Test
    void givesNothingThatTheCallerLacks() {
        assertRefused(CUSTOMER, "events:write", Problem.InsufficientScope.class);
    }

    @Test
    void givesAnythingButThePlatformsAcrossTenants() {
        Principal visiting = OPERATOR.at(CUSTOMER.tenant());

        assertThatCode(() -> Grant.check(visiting, List.of("events:write", "datasets:read")))
                .doesNotThrowAnyException();
        assertRefused(visiting, "platform:tenants", Problem.InsufficientScope.class);
    }

    @Test
    void givesThePlatformsScopesAtThePlatformToThoseWhoHaveThem() {
        Principal half = Origins.principal("platform", "keys:write", "platform:cross_tenant");

        assertThatCode(() -> Grant.check(OPERATOR, List.of("platform:tenants"))).doesNotThrowAnyException();
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

    private static void assertRefused(Principal caller, String scope, Class<? extends Problem> problem) {
        assertThatThrownBy(() -> Grant.check(caller, List.of("keys:write", scope)))
                .isInstanceOf(ProblemException.class)
                .extracting(refusal -> ((ProblemException) refusal).problem())
                .isInstanceOf(problem);
    }
}
