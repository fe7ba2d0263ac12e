package dev.sextant.edge.defence;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class OccupancyTest {

    private static final int ALL_MAX = 4;

    private final Occupancy occupancy = new Occupancy(ALL_MAX, 2);

    @Test
    void letsEachAddressInAsOftenAsItMay() throws UnknownHostException {
        assertThat(occupancy.enter(address("10.0.0.1"))).isTrue();
        assertThat(occupancy.enter(address("10.0.0.1"))).isTrue();
        assertThat(occupancy.enter(address("10.0.0.1"))).isFalse();
        assertThat(occupancy.enter(address("10.0.0.2"))).isTrue();

        occupancy.leave(address("10.0.0.1"));

        assertThat(occupancy.enter(address("10.0.0.1"))).isTrue();
        assertThat(occupancy.all()).isEqualTo(3);
    }

    @Test
    void letsNoMoreInThanThereMayBeInAll() throws UnknownHostException {
        for (int i = 0; i < ALL_MAX; i++) {
            assertThat(occupancy.enter(address("10.0.0." + i))).isTrue();
        }

        assertThat(occupancy.enter(address("10.0.1.1"))).isFalse();
        assertThat(occupancy.all()).isEqualTo(ALL_MAX);
    }

    @Test
    void remembersNobodyWhoIsGone() throws UnknownHostException {
        occupancy.enter(address("10.0.0.1"));
        occupancy.leave(address("10.0.0.1"));

        assertThat(occupancy.addresses()).isZero();
        assertThat(occupancy.all()).isZero();
    }

    @Test
    void takesASubnetOfIpv6ForOneCaller() throws UnknownHostException {
        assertThat(occupancy.enter(address("2001:db8:1:2::1"))).isTrue();
        assertThat(occupancy.enter(address("2001:db8:1:2:ffff::9"))).isTrue();

        assertThat(occupancy.enter(address("2001:db8:1:2:3:4:5:6"))).isFalse();
        assertThat(occupancy.enter(address("2001:db8:1:3::1"))).isTrue();
    }

    @Test
    void takesAnIpv4AddressForTheSameHoweverItIsWritten() throws UnknownHostException {
        AddressBlock mapped = AddressBlock.of(0, 0xffff_0a00_0001L);

        assertThat(AddressBlock.of(address("10.0.0.1"))).isEqualTo(mapped);
        assertThat(AddressBlock.of(address("10.0.0.2"))).isNotEqualTo(mapped);
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}
