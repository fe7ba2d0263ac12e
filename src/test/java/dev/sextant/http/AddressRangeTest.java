package dev.sextant.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,        10.255.255.255,       true",
        "10.0.0.0/8,        11.0.0.0,             false",
        "10.0.0.0/8,        ::ffff:10.1.2.3,      true",
        "10.0.0.0/8,        ::10.1.2.3:0,         false",
        "192.0.2.7,         192.0.2.7,            true",
        "192.0.2.7,         192.0.2.6,            false",
        "0.0.0.0/0,         203.0.113.9,          true",
        "0.0.0.0/0,         2001:db8::1,          false",
        "::/0,              203.0.113.9,          true",
        "2001:db8::/32,     2001:db8:ffff::1,     true",
        "2001:db8::/32,     2001:db9::,           false",
        "2001:db8::1/128,   2001:db8::1,          true",
        "2001:db8::1/128,   2001:db8::2,          false",
        "2001:db8:0:1::/64, 2001:db8:0:1:ffff::,  true",
        "2001:db8:0:1::/64, 2001:db8:0:2::,       false",
        "2001:db8::8000:0:0:0/65, 2001:db8::ffff:0:0:1, true",
        "2001:db8::8000:0:0:0/65, 2001:db8::7fff:0:0:1, false"
    })
    void holdsWhatBeginsAsItDoes(String range, String address, boolean holds) {
        ClientAddress.parse(address)
                .ifPresent(there ->
                        assertThat(AddressRange.parse(range).contains(there)).isEqualTo(holds));
    }

    /** The oracle: both as numbers of 128 bits, without their last ones. */
    @Property
    void agreesWithTheNumbers(
            @ForAll long high,
            @ForAll long low,
            @ForAll @IntRange(max = 128) int bits,
            @ForAll @IntRange(max = 127) int flipped) {
        BigInteger address = number(high, low);
        BigInteger first = address.shiftRight(128 - bits).shiftLeft(128 - bits);
        AddressRange range = new AddressRange(of(first), bits);

        assertThat(range.contains(of(address))).isTrue();
        assertThat(range.contains(of(address.flipBit(flipped)))).isEqualTo(flipped < 128 - bits);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,         10.0.0.0/8",
        "192.0.2.7,          192.0.2.7/32",
        "2001:DB8:0::/48,    2001:db8::/48",
        "2001:db8::1,        2001:db8::1/128",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "0.0.0.0/0,          0.0.0.0/0",
        "::/0,               ::/0"
    })
    void isWrittenInOneWay(String text, String canonical) {
        assertThat(AddressRange.parse(text)).hasToString(canonical);
        assertThat(AddressRange.parse(canonical)).isEqualTo(AddressRange.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/33      | a prefix has at most 32 bits",
                "2001:db8::/129   | a prefix has at most 128 bits",
                "10.1.2.3/8       | bits are set after the prefix; write '10.0.0.0/8' for the whole range",
                "2001:db8::1/64   | bits are set after the prefix; write '2001:db8::/64' for the whole range",
                "example.org      | must be an IP address or a range of them, such as 10.0.0.0/8 or 2001:db8::/32",
                "10.0.0.0/        | must be an IP address or a range of them, such as 10.0.0.0/8 or 2001:db8::/32",
                "10.0.0.0/-1      | must be an IP address or a range of them, such as 10.0.0.0/8 or 2001:db8::/32",
                "10.0.0.0/8/8     | must be an IP address or a range of them, such as 10.0.0.0/8 or 2001:db8::/32"
            })
    void tellsWhatIsWrong(String text, String reason) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,    10.1.0.0/16,    true",
        "10.0.0.0/8,    10.0.0.0/8,     true",
        "10.1.0.0/16,   10.0.0.0/8,     false",
        "10.0.0.0/8,    11.0.0.0/16,    false",
        "::/0,          0.0.0.0/0,      true",
        "0.0.0.0/0,     ::/0,           false"
    })
    void coversWhatLiesWithin(String range, String other, boolean covers) {
        assertThat(AddressRange.parse(range).covers(AddressRange.parse(other))).isEqualTo(covers);
    }

    @Test
    void readsSeveral() {
        assertThat(AddressRange.parseAll("")).isEmpty();
        assertThat(AddressRange.parseAll("10.0.0.0/8, ::1  192.0.2.1"))
                .isEqualTo(List.of(
                        AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1"), AddressRange.parse("192.0.2.1")));
    }

    private static BigInteger number(long high, long low) {
        return new BigInteger(Long.toUnsignedString(high)).shiftLeft(64).or(new BigInteger(Long.toUnsignedString(low)));
    }

    private static ClientAddress of(BigInteger number) {
        return new ClientAddress(number.shiftRight(64).longValue(), number.longValue());
    }
}
