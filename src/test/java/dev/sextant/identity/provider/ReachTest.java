package dev.sextant.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {

    private static final Reach PUBLIC = new Reach(false, false);
    private static final Reach LOOPBACK = new Reach(true, false);
    private static final Reach PRIVATE = new Reach(false, true);

    @ParameterizedTest
    @ValueSource(
            strings = {"https://login.example.com/realms/a", "https://8.8.8.8/", "https://[2606:4700::1111]:8443/a"})
    void goesByHttps(String url) {
        assertThat(PUBLIC.allowed(url)).isPresent();
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
        assertThat(PUBLIC.allowed(url)).isEmpty();
    }

    /** What is an address to resolvers only ({@code 0x7f000001}) is a name here, and judged when it is looked up. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.1/",
                "https://10.0.0.1/",
                "https://172.31.255.255/",
                "https://192.168.1.1:8443/",
                "https://100.100.100.200/",
                "https://169.254.169.254/latest/meta-data/",
                "https://255.255.255.255/",
                "https://[::]/",
                "https://[::1]/",
                "https://[::ffff:169.254.169.254]/",
                "https://[::127.0.0.1]/",
                "https://[64:ff9b::a9fe:a9fe]/",
                "https://[2002:7f00:1::]/",
                "https://[fd00:ec2::254]/",
                "https://[fe80::1]/",
                "https://[ff02::1]/"
            })
    void goesToNoAddressInside(String url) {
        assertThat(PUBLIC.allowed(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.1.2.3", "169.254.169.254", "fd00::1", "fe80::1", "0.0.0.0"})
    void goesThereByNoNameEither(String address) throws UnknownHostException {
        assertThat(PUBLIC.allows(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void goesToThisMachineWhereItIsAllowed() {
        assertThat(LOOPBACK.allowed("http://127.0.0.1:8080/")).isPresent();
        assertThat(LOOPBACK.allows(InetAddress.getLoopbackAddress())).isTrue();
        assertThat(LOOPBACK.allowed("http://127.0.0.1.example.com/")).isEmpty();
        assertThat(LOOPBACK.allowed("http://10.0.0.1/")).isEmpty();
        assertThat(LOOPBACK.allowed("https://10.0.0.1/")).isEmpty();
    }

    @Test
    void goesIntoPrivateNetworksWhereItIsAllowedAndNowhereElse() {
        assertThat(PRIVATE.allowed("https://10.0.0.1/")).isPresent();
        assertThat(PRIVATE.allowed("https://[fd00::1]/")).isPresent();
        assertThat(PRIVATE.allowed("http://10.0.0.1/")).isEmpty();
        assertThat(PRIVATE.allowed("https://169.254.169.254/")).isEmpty();
    }
}
