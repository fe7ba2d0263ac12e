package dev.sextant.edge.defence;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What one caller can have of addresses at no cost: an IPv4 address, or the /64 that an IPv6 address is in (RFC 4291,
 * section 2.5.4).
 *
 * @param bits of IPv4 the address, of IPv6 its first half
 */
public record AddressBlock(boolean isIpv4, long bits) {

    public static AddressBlock of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == Integer.BYTES
                ? new AddressBlock(true, Integer.toUnsignedLong(bytes.getInt()))
                : of(bytes.getLong(), bytes.getLong());
    }

    /** @param high and {@code low}: of an IPv6 address; an IPv4-mapped one is IPv4 */
    public static AddressBlock of(long high, long low) {
        boolean isMapped = high == 0 && low >>> 32 == 0xffff;
        return isMapped ? new AddressBlock(true, low & 0xffff_ffffL) : new AddressBlock(false, high);
    }
}
