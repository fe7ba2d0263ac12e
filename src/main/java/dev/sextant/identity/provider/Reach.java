package dev.sextant.identity.provider;

import dev.sextant.http.AddressRange;
import dev.sextant.http.ClientAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses of providers may be called: those by HTTPS, whose certificate then proves them, at a public address; and, where
 * the configuration says so, those of private networks, and those by plain HTTP on this very machine. Pure: names are not looked up.
 *
 * @param allowsLoopback this machine
 * @param allowsPrivate private networks, this machine among them
 */
record Reach(boolean allowsLoopback, boolean allowsPrivate) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");

    /** Source: IANA's registries of special-purpose addresses (RFC 6890). */
    private static final List<AddressRange> PRIVATE =
            AddressRange.parseAll("10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 172.16.0.0/12 192.168.0.0/16 ::1/128 fc00::/7");

    /** Nobody's servers: links, where clouds tell their machines' secrets, what is for all, and IPv4 that hides in IPv6. */
    private static final List<AddressRange> NEVER = AddressRange.parseAll(
            "0.0.0.0/8 169.254.0.0/16 192.0.0.0/24 192.0.2.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
                    + " ::/128 ::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 fe80::/10"
                    + " fec0::/10 ff00::/8");

    /** Empty where it may not be called, or is no URL. Where it has a name, {@link #allows} its addresses decides. */
    Optional<URI> allowed(String text) {
        try {
            URI uri = new URI(text);
            boolean isPlain = uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
            return isPlain && isAllowed(uri) ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private boolean isAllowed(URI uri) {
        return "https".equals(uri.getScheme())
                ? ClientAddress.parse(bare(uri.getHost())).map(this::allows).orElse(true)
                : "http".equals(uri.getScheme()) && allowsLoopback && LOOPBACK.contains(uri.getHost());
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether a server may be called that has this address. */
    boolean allows(InetAddress address) {
        return allows(ClientAddress.of(address)) || (allowsLoopback && address.isLoopbackAddress());
    }

    private boolean allows(ClientAddress address) {
        return AddressRange.anyContains(PRIVATE, address) ? allowsPrivate : !AddressRange.anyContains(NEVER, address);
    }

    String rule() {
        return "must be an https URL%s%s, without user and fragment"
                .formatted(
                        allowsPrivate ? "" : " at a public address",
                        allowsLoopback ? ", or an http URL on 127.0.0.1" : "");
    }
}
