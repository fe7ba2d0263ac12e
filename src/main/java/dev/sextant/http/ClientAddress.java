package dev.sextant.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where a caller is, as limits, bans, address ranges and the audit see it: the 128 bits of an IPv6 address. An IPv4
 * address stands as its IPv4-mapped one (RFC 4291, section 2.5.5.2), so that both ways to write it are equal.
 */
public record ClientAddress(long high, long low) {

    /** Of a connection that was gone before anybody looked. It is in no range but {@code ::/0}. */
    public static final ClientAddress UNKNOWN = new ClientAddress(0, 0);

    static final int BITS = 128;
    static final int BITS_BEFORE_IPV4 = 96;
    private static final long IPV4_MARK = 0xffffL << 32;

    /** Reads an IPv4 or IPv6 address, without port, brackets or zone. Empty for anything else, names too. */
    public static Optional<ClientAddress> parse(String text) {
        boolean isBare = text.indexOf('%') < 0 && text.indexOf('[') < 0;
        byte[] bytes = isBare ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        return bytes == null ? Optional.empty() : Optional.of(of(bytes));
    }

    public static ClientAddress of(InetAddress address) {
        return of(address.getAddress());
    }

    private static ClientAddress of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == Integer.BYTES
                ? new ClientAddress(0, IPV4_MARK | Integer.toUnsignedLong(buffer.getInt()))
                : new ClientAddress(buffer.getLong(), buffer.getLong());
    }

    /** What is counted as one: an IPv4 address, and the /64 of IPv6 that one caller has at least. */
    public ClientAddress network() {
        return isIpv4() ? this : new ClientAddress(high, 0);
    }

    public boolean isIpv4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /** Dotted, or as RFC 5952 wants IPv6 written. */
    public String text() {
        try {
            byte[] bytes = isIpv4()
                    ? ByteBuffer.allocate(4).putInt((int) low).array()
                    : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
            return NetUtil.toAddressString(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address of 4 or 16 bytes is one", e);
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
