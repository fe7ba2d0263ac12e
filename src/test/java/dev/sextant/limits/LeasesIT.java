package dev.sextant.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.TestServers;
import dev.sextant.store.RedisConfig;
import dev.sextant.store.RedisStore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LeasesIT {

    private static final int KNOWN_FROM_ELSEWHERE = 4;

    private static RedisConfig redis;

    private final Vertx vertx = Vertx.vertx();

    @BeforeAll
    static void startRedis() {
        redis = TestServers.redis();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void whileNodesTellEachOtherTheyCountThemselves() {
        Leases leases = leases(redis);

        leases.greet().await();

        assertThat(leases.isAway()).isFalse();
        assertThat(leases.nodes()).isLessThan(KNOWN_FROM_ELSEWHERE);
    }

    @Test
    void whileTheyCannotEachHasItsPartOfAsManyAsThereAre() throws IOException {
        int nobodyThere;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobodyThere = socket.getLocalPort();
        }
        Leases leases = leases(RedisConfig.DEFAULT.at("127.0.0.1", nobodyThere, redis.password()));

        leases.greet().await();

        assertThat(leases.isAway()).isTrue();
        assertThat(leases.nodes()).isEqualTo(KNOWN_FROM_ELSEWHERE);
    }

    private Leases leases(RedisConfig at) {
        return new Leases(
                RedisStore.open(vertx, at), "node", LimitsConfig.DEFAULT, () -> KNOWN_FROM_ELSEWHERE, System::nanoTime);
    }
}
