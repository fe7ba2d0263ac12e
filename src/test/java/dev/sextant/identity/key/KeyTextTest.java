package dev.sextant.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    /** Its checksum was computed with Python: zlib.crc32 of the first 59 characters is 1704745174, in base 62 1rMw5u. */
    private static final String GOOD = "ak_live_abcdefgh0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ01234561rMw5u";

    @Test
    void hasAPrefixThatMayBeSeenAndPrintsNoMore() {
        KeyText key = KeyText.parse(GOOD).orElseThrow();

        assertThat(key.prefix()).isEqualTo("ak_live_abcdefgh");
        assertThat(key).hasToString("ak_live_abcdefgh…");
    }

    @Test
    void isKeptAsItsSha256() {
        assertThat(HexFormat.of().formatHex(new KeyText(GOOD).hash()))
                .isEqualTo("d5b4f3b7b3761109a75ea4c157131c29da7b3b60cfdd30edd68acf63e4443353");
    }

    @Test
    void knowsItsOwnHashAndNoOther() {
        KeyText key = new KeyText(GOOD);

        assertThat(key.hasHash(key.hash())).isTrue();
        assertThat(key.hasHash(new byte[32])).isFalse();
        assertThat(key.hasHash(new byte[0])).isFalse();
    }

    @Test
    void whatIsMadeCanBeReadAndIsMadeOnce() {
        KeyText first = KeyText.make(new SecureRandom());
        KeyText second = KeyText.make(new SecureRandom());

        assertThat(KeyText.parse(first.value())).contains(first);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void anyOneMistypedCharacterIsNoticed() {
        Random random = new Random(7);
        for (int place = "ak_live_".length(); place < GOOD.length(); place++) {
            char other = (char) ('0' + random.nextInt(10));
            String mistyped = GOOD.substring(0, place) + other + GOOD.substring(place + 1);

            assertThat(KeyText.parse(mistyped).isPresent()).isEqualTo(mistyped.equals(GOOD));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ak_live_", "ak_test_abcdefgh", "eyJhbGciOiJub25lIn0.e30."})
    void whatHasAnotherFormIsNoKey(String text) {
        assertThat(KeyText.parse(text)).isEmpty();
    }
}
