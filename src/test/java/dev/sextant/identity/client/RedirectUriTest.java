package dev.sextant.identity.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUriTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://board.example.com/callback",
                "https://board.example.com:8443/callback?tenant=1",
                "http://127.0.0.1:7000/cb",
                "http://[::1]/cb",
                "http://localhost/cb",
                "https://xn--bcher-kva.example.com/cb?q=%C3%BC",
                "com.example.app:/cb"
            })
    void takesWhatLeadsBackToTheClient(String uri) {
        assertThat(RedirectUri.refusal(uri)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://board.example.com/",
                "http://127.0.0.2/",
                "http://localhost.example.com/",
                "app:/cb",
                "Com.Example:/cb",
                "mailto:a@example.com",
                "javascript:alert(1)",
                "https:cb",
                "https://a b/",
                "https://a.example.com/#x",
                "https://u@a.example.com/",
                "https://*.example.com/",
                "//a.example.com/",
                "https://a.example.com/b\u00fccher",
                "https://b\u00fccher.example.com/",
                "https://a.example.com/?q=\u4e2d",
                "com.example.app:/\u00e9",
                "https://a.example.com/\\",
                ""
            })
    void refusesWhatMayLeadElsewhere(String uri) {
        assertThat(RedirectUri.refusal(uri)).isPresent();
    }
}
