package dev.sextant.contract;

import static dev.sextant.contract.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.identity.IdentitySecrets;
import dev.sextant.kernel.Secret;
import dev.sextant.launch.SextantConfig;
import dev.sextant.store.PostgresConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The platform's key comes from a secret of the node's: another secret is another text of the same key. */
@Timeout(60)
class PlatformKeyIT {

    private static final String TENANTS = "/api/v2/admin/tenants";

    private final PostgresConfig database = TestServers.freshPostgres();

    @Test
    void goesByTheSecretOfTheLastStartAlsoWhereAnEarlierOneIsPutBack() {
        Secret first = IdentitySecrets.makePlatformKey();
        Secret second = IdentitySecrets.makePlatformKey();

        assertOpensTo(first, second, "unauthenticated");
        assertOpensTo(second, first, "key_rotated");
        assertOpensTo(first, second, "key_rotated");
    }

    @Test
    void staysRevokedUntilTheSecretIsAnother() {
        Secret first = IdentitySecrets.makePlatformKey();
        try (Service service = start(first)) {
            service.platform().delete("/api/v2/api-keys/key_platform");
        }

        try (Service service = start(first)) {
            assertProblem(service.platform().get(TENANTS), 401, "key_revoked");
        }
        assertOpensTo(IdentitySecrets.makePlatformKey(), first, "key_rotated");
    }

    private void assertOpensTo(Secret present, Secret other, String code) {
        try (Service service = start(present)) {
            assertThat(service.platform().get(TENANTS).statusCode()).isEqualTo(200);
            assertProblem(service.platform().as(other.value()).get(TENANTS), 401, code);
        }
    }

    private Service start(Secret platformKey) {
        return new Service(Bus.Wire.WHERE_NEEDED, database, SextantConfig.DEFAULT, platformKey);
    }
}
