package dev.sextant.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedTest {

    /** The examples of RFC 7239, section 4, and what proxies really send. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=\"_gazonk\"                                | _gazonk",
                "For=\"[2001:db8:cafe::17]:4711\"               | [2001:db8:cafe::17]:4711",
                "for=192.0.2.60;proto=http;by=203.0.113.43      | 192.0.2.60",
                "for=192.0.2.43, for=198.51.100.17              | 192.0.2.43 198.51.100.17",
                "for=192.0.2.43:47011                           | 192.0.2.43:47011",
                "proto=https; for=192.0.2.1 , ,by=10.0.0.1      | 192.0.2.1 -",
                "host=\"a, for=1.1.1.1\";for=192.0.2.1          | 192.0.2.1",
                "for=\"a\\\"b\"                                 | a\"b"
            })
    void readsWhoSent(String line, String senders) {
        assertThat(Forwarded.senders(List.of(line)).stream().map(sender -> sender.orElse("-")))
                .containsExactly(senders.split(" ", -1));
    }

    @Test
    void takesLinesAsOneList() {
        assertThat(Forwarded.senders(List.of("for=a, for=b", "", "for=c")))
                .containsExactly(Optional.of("a"), Optional.of("b"), Optional.of("c"));
        assertThat(Forwarded.senders(List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "for=\"192.0.2.1",
                "for=\"192.0.2.1\\",
                "for=",
                "=192.0.2.1",
                "for=a for=b",
                "for=a;for=b",
                "for=a;",
                "for=<a>",
                "for = a"
            })
    void refusesWhatTheRfcDoesNotKnow(String line) {
        assertThatThrownBy(() -> Forwarded.senders(List.of(line))).isInstanceOf(IllegalArgumentException.class);
    }
}
