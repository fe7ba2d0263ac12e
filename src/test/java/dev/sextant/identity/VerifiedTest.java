package dev.sextant.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.Origins;
import dev.sextant.http.AddressRange;
import dev.sextant.http.ClientAddress;
import dev.sextant.identity.key.KeyEnd;
import dev.sextant.identity.key.LastUses;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerifiedTest {

    private static final long MINUTE = 60_000;
    private static final ClientAddress HOME = ClientAddress.parse("192.0.2.1").orElseThrow();
    private static final Problem OVER = new Problem.Unauthenticated("It is over.");

    private final LastUses uses = new LastUses();

    @Test
    void isGoodUntilItsEndAndThenOver() {
        Verified verified = verified(List.of());

        assertThat(verified.at(10 * MINUTE - 1, HOME).succeeded()).isTrue();
        assertThat(problem(verified.at(10 * MINUTE, HOME))).isEqualTo(OVER);
    }

    @Test
    void isGoodFromItsAddressesOnlyAndOverFromEverywhere() {
        Verified verified = verified(List.of(AddressRange.parse("10.0.0.0/8")));

        assertThat(verified.at(MINUTE, ClientAddress.parse("10.1.1.1").orElseThrow())
                        .succeeded())
                .isTrue();
        assertThat(problem(verified.at(MINUTE, HOME))).isInstanceOf(Problem.AddressNotAllowed.class);
        assertThat(problem(verified.at(10 * MINUTE, HOME))).isEqualTo(OVER);
    }

    @Test
    void notesItsUsesOnceAMinute() {
        Verified verified = verified(List.of());

        verified.at(MINUTE, HOME);
        assertThat(uses.take()).isEqualTo(Map.of("key_1", MINUTE));
        verified.at(2 * MINUTE - 1, HOME);
        assertThat(uses.take()).isEmpty();
        verified.at(2 * MINUTE, HOME);
        assertThat(uses.take()).isEqualTo(Map.of("key_1", 2 * MINUTE));
    }

    @Test
    void whatIsRefusedIsNoUse() {
        verified(List.of(AddressRange.parse("10.0.0.0/8"))).at(MINUTE, HOME);
        verified(List.of()).at(10 * MINUTE, HOME);

        assertThat(uses.take()).isEmpty();
    }

    @Test
    void severalCredentialsOfAKeyAreOneUseTheLatest() {
        verified(List.of()).at(3 * MINUTE, HOME);
        verified(List.of()).at(2 * MINUTE, HOME);

        assertThat(uses.take()).isEqualTo(Map.of("key_1", 3 * MINUTE));
    }

    private Verified verified(List<AddressRange> ranges) {
        return Verified.until(
                new KeyEnd(10 * MINUTE, OVER), Origins.principal("acme", "keys:read"), ranges, uses.of("key_1"));
    }

    private static Problem problem(Future<Principal> refused) {
        return ((ProblemException) refused.cause()).problem();
    }
}
