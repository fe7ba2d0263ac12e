package dev.sextant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.kernel.Secret;
import dev.sextant.store.PostgresConfig.Mode;
import dev.sextant.store.PostgresConfig.Passwords;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreConfigTest {

    @Test
    void anExternalPostgresNeedsEveryPassword() {
        Passwords oneMissing = new Passwords(new Secret("a"), new Secret("b"), new Secret("c"), new Secret(""));

        assertThatThrownBy(() -> new PostgresConfig(
                        Mode.EXTERNAL,
                        "db",
                        5432,
                        "sextant",
                        oneMissing,
                        8,
                        256,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5)))
                .hasMessage("postgres: external mode needs passwords for owner, app, auth and platform");
    }

    @Test
    void aWholeTransactionMayNotTakeLessThanConnecting() {
        assertThatThrownBy(() -> new PostgresConfig(
                        Mode.EMBEDDED,
                        "db",
                        5432,
                        "sextant",
                        Passwords.NONE,
                        8,
                        256,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1)))
                .hasMessageStartingWith("postgres: connect_patience");
    }

    @Test
    void redisHasAPort() {
        assertThatThrownBy(() -> RedisConfig.DEFAULT.at("cache", 70_000, new Secret("")))
                .hasMessage("redis: host must be named, port must be 1 to 65535");
    }

    @Test
    void aKeyInRedisBeginsWithItsTenant() {
        RedisKey key = new RedisKey(new dev.sextant.kernel.TenantId("ten_a"), "ticket:1");

        assertThat(key.text()).isEqualTo("sextant:ten_a:ticket:1");
    }

    @Test
    void passwordsDoNotPrint() {
        Passwords passwords = new Passwords(new Secret("a1"), new Secret("b2"), new Secret("c3"), new Secret("d4"));

        assertThat(passwords.toString()).doesNotContain("a1", "b2", "c3", "d4");
    }
}
