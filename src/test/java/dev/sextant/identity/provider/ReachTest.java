package dev.sextant.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {

    @Test
    void goesByHttps() {
        assertThat(new Reach(false).allowed("https://login.example.com/realms/a")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/",
                "http://login.example.com/",
                "https://u:p@login.example.com/",
                "https://login.example.com/#a",
                "https:///a",
                "gopher://login.example.com/",
                "",
                "a b"
            })
    void goesNoOtherWay(String url) {
        assertThat(new Reach(false).allowed(url)).isEmpty();
    }

    @Test
    void goesToThisMachineWhereItIsAllowed() {
        assertThat(new Reach(true).allowed("http://127.0.0.1:8080/")).isPresent();
        assertThat(new Reach(true).allowed("http://127.0.0.1.example.com/")).isEmpty();
        assertThat(new Reach(true).allowed("http://10.0.0.1/")).isEmpty();
    }
}
