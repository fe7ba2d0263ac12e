package dev.sextant.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Addresses with a common beginning (CIDR, RFC 4632): {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or a single one. Pure.
 *
 * @param first all bits after the common ones are 0
 * @param bits how many are common, of 128: an IPv4 range has 96 at least
 */
public record AddressRange(ClientAddress first, int bits) {

    private static final Pattern FORM = Pattern.compile("([0-9A-Fa-f.:]{2,45})(?:/(\\d{1,3}))?");

    public AddressRange {
        if (bits < 0 || bits > ClientAddress.BITS || !cut(first, bits).equals(first)) {
            throw new IllegalArgumentException("A range begins with its first address");
        }
    }

    /** @throws IllegalArgumentException whose message tells a caller what is wrong */
    public static AddressRange parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw noRange();
        }
        ClientAddress address = ClientAddress.parse(form.group(1)).orElseThrow(AddressRange::noRange);
        boolean isIpv4 = address.isIpv4() && form.group(1).indexOf(':') < 0;
        int before = isIpv4 ? ClientAddress.BITS_BEFORE_IPV4 : 0;
        int bits = form.group(2) == null ? ClientAddress.BITS : before + Integer.parseInt(form.group(2));
        if (bits > ClientAddress.BITS) {
            throw new IllegalArgumentException("a prefix has at most %d bits".formatted(ClientAddress.BITS - before));
        }
        ClientAddress first = cut(address, bits);
        if (!first.equals(address)) {
            throw new IllegalArgumentException("bits are set after the prefix; write '%s' for the whole range"
                    .formatted(new AddressRange(first, bits)));
        }
        return new AddressRange(first, bits);
    }

    /** Several, separated by commas or spaces; none where the text is empty. */
    public static List<AddressRange> parseAll(String text) {
        return Stream.of(text.split("[,\\s]+", -1))
                .filter(part -> !part.isEmpty())
                .map(AddressRange::parse)
                .toList();
    }

    public boolean contains(ClientAddress address) {
        return ((address.high() ^ first.high()) & highMask(bits)) == 0
                && ((address.low() ^ first.low()) & lowMask(bits)) == 0;
    }

    /** Whether {@code other} lies within this one. */
    public boolean covers(AddressRange other) {
        return bits <= other.bits && contains(other.first);
    }

    public static boolean anyContains(List<AddressRange> ranges, ClientAddress address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** With its prefix, also where it is a single address. */
    @Override
    public String toString() {
        boolean isIpv4 = first.isIpv4() && bits >= ClientAddress.BITS_BEFORE_IPV4;
        return first.text() + "/" + (isIpv4 ? bits - ClientAddress.BITS_BEFORE_IPV4 : bits);
    }

    private static ClientAddress cut(ClientAddress address, int bits) {
        return new ClientAddress(address.high() & highMask(bits), address.low() & lowMask(bits));
    }

    private static long highMask(int bits) {
        return mask(Math.min(bits, Long.SIZE));
    }

    private static long lowMask(int bits) {
        return mask(Math.max(0, bits - Long.SIZE));
    }

    private static long mask(int ones) {
        return ones == 0 ? 0 : -1L << (Long.SIZE - ones);
    }

    private static IllegalArgumentException noRange() {
        return new IllegalArgumentException(
                "must be an IP address or a range of them, such as 10.0.0.0/8 or 2001:db8::/32");
    }
}
