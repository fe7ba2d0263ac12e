package dev.sextant.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,                 192.0.2.7",
        "255.255.255.255,           255.255.255.255",
        "::ffff:192.0.2.7,          192.0.2.7",
        "::FFFF:c000:207,           192.0.2.7",
        "2001:db8:0:0:0:0:0:1,      2001:db8::1",
        "2001:DB8::A:0:0:1,         2001:db8::a:0:0:1",
        "::1,                       ::1",
        "::,                        ::"
    })
    void readsAddressesAndWritesThemInOneWay(String text, String canonical) {
        assertThat(ClientAddress.parse(text).orElseThrow().text()).isEqualTo(canonical);
    }

    @Test
    void takesAMappedAddressForTheOneThatItMaps() {
        assertThat(ClientAddress.parse("::ffff:10.1.2.3")).isEqualTo(ClientAddress.parse("10.1.2.3"));
        assertThat(ClientAddress.parse("10.1.2.3").orElseThrow().isIpv4()).isTrue();
        assertThat(ClientAddress.parse("::10").orElseThrow().isIpv4()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.1.2",
                "10.1.2.256",
                "10.1.2.3:80",
                "[::1]",
                "fe80::1%eth0",
                "::g",
                "1.2.3.4.5",
                "2001:db8::1::2",
                " 10.1.2.3"
            })
    void refusesWhatIsNoBareAddress(String text) {
        assertThat(ClientAddress.parse(text)).isEmpty();
    }
}
