package dev.sextant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sextant.TestServers;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisStoreIT {

    private final RedisKey key = new RedisKey(new TenantId("ten_a"), Ids.make("ticket"));
    private Vertx vertx;
    private RedisStore redis;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        redis = RedisStore.open(vertx, TestServers.redis());
    }

    @AfterEach
    void close() {
        Answers.of(redis.close());
        Answers.of(vertx.close());
    }

    @Test
    void ofManyWhoTakeOneGetsIt() {
        Answers.of(redis.setWithExpiry(key, "value", Duration.ofMinutes(1)));

        var takers = Stream.generate(() -> redis.take(key)).limit(10).toList();
        Answers.of(Future.join(takers));

        assertThat(takers.stream().map(Future::result).filter(Optional::isPresent))
                .containsExactly(Optional.of("value"));
    }

    @Test
    void anotherTenantDoesNotFindIt() {
        Answers.of(redis.setWithExpiry(key, "value", Duration.ofMinutes(1)));

        assertThat(Answers.of(redis.take(new RedisKey(new TenantId("ten_b"), key.name()))))
                .isEmpty();
    }

    @Test
    void whatExpiredIsGone() {
        Answers.of(redis.setWithExpiry(key, "value", Duration.ofMillis(1)));

        await().until(() -> Answers.of(redis.take(key)).isEmpty());
    }

    @Test
    void aWrongPasswordMakesItUnavailable() {
        RedisConfig config = TestServers.redis();
        RedisStore stranger = RedisStore.open(vertx, config.at(config.host(), config.port(), new Secret("wrong")));

        assertThat(Answers.problemSoon(stranger.ping())).isInstanceOf(Problem.Unavailable.class);
    }
}
