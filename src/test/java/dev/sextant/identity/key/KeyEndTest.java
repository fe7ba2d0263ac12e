package dev.sextant.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.CredentialEnded.End;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Credential;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyEndTest {

    private static final Instant EARLY = Instant.ofEpochMilli(1000);
    private static final Instant LATE = Instant.ofEpochMilli(2000);

    @Test
    void ofAKeyIsWhenItExpires() {
        assertEnd(KeyEnd.ofKey(key(EARLY, LATE)), 2000, End.KEY_EXPIRED);
        assertThat(KeyEnd.ofKey(key(EARLY, null)).atMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void ofATextIsWhicheverComesFirst() {
        assertEnd(KeyEnd.ofText(key(EARLY, LATE)), 1000, End.KEY_ROTATED);
        assertEnd(KeyEnd.ofText(key(EARLY, null)), 1000, End.KEY_ROTATED);
        assertEnd(KeyEnd.ofText(key(LATE, EARLY)), 1000, End.KEY_EXPIRED);
        assertEnd(KeyEnd.ofText(key(EARLY, EARLY)), 1000, End.KEY_EXPIRED);
        assertThat(KeyEnd.ofText(key(null, null)).atMillis()).isEqualTo(Long.MAX_VALUE);
    }

    private static void assertEnd(KeyEnd end, long millis, End said) {
        assertThat(end.atMillis()).isEqualTo(millis);
        assertThat(end.afterwards())
                .isInstanceOfSatisfying(
                        Problem.CredentialEnded.class,
                        ended -> assertThat(ended.end()).isEqualTo(said));
    }

    private static Credential key(@Nullable Instant textEndsAt, @Nullable Instant expiresAt) {
        return new Credential(
                "key_1",
                new TenantId("ten_a"),
                true,
                new Credential.Text(Buffer.buffer(), textEndsAt),
                new Credential.Limits(Set.of(), List.of(), null, null),
                expiresAt,
                null);
    }
}
