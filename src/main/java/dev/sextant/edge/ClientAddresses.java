package dev.sextant.edge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.http.AddressRange;
import dev.sextant.http.ClientAddress;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells where callers are. It is the address of the socket, unless that is a trusted proxy's: then what the proxy said
 * about the connection (PROXY protocol), and where that is a trusted proxy again, or nothing, the right-most of the {@code
 * Forwarded} elements that is none. What others say of themselves is not read. Of a connection it is found out once.
 */
final class ClientAddresses {

    private static final Pattern NODE = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+))(?::[0-9A-Za-z._-]{1,64})?");
    private static final Pattern HIDDEN = Pattern.compile("(?:unknown|_[0-9A-Za-z._-]+)(?::[0-9A-Za-z._-]{1,64})?");

    private final List<AddressRange> trusted;
    private final Cache<HttpConnection, ClientAddress> connectionToPeer =
            Caffeine.newBuilder().weakKeys().build();

    ClientAddresses(List<AddressRange> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /**
     * Where whoever sent this request is.
     *
     * @throws ProblemException {@code Malformed} where a trusted proxy let a header through that does not parse: to
     *     overlook it would be to take its sender for the proxy
     */
    ClientAddress of(HttpServerRequest request) {
        return of(request, peer(request));
    }

    /** The same, where its peer is known already. */
    ClientAddress of(HttpServerRequest request, ClientAddress peer) {
        return isTrusted(peer) ? behind(peer, request.headers().getAll("forwarded")) : peer;
    }

    /** Where the connection comes from, whatever its requests say. */
    ClientAddress peer(HttpServerRequest request) {
        return connectionToPeer.get(request.connection(), this::peer);
    }

    private ClientAddress peer(HttpConnection connection) {
        ClientAddress real = address(connection.remoteAddress(true));
        return isTrusted(real) ? address(connection.remoteAddress()) : real;
    }

    boolean isTrusted(ClientAddress address) {
        return AddressRange.anyContains(trusted, address);
    }

    private ClientAddress behind(ClientAddress proxy, List<String> forwarded) {
        ClientAddress at = proxy;
        try {
            for (Optional<String> sender : Forwarded.senders(forwarded).reversed()) {
                Optional<ClientAddress> before =
                        isTrusted(at) ? sender.flatMap(ClientAddresses::node) : Optional.empty();
                if (before.isEmpty()) {
                    return at;
                }
                at = before.get();
            }
            return at;
        } catch (IllegalArgumentException _) {
            throw new ProblemException(
                    new Problem.Malformed("The header Forwarded does not parse; leave it to the proxy to send one."));
        }
    }

    /** Empty where the proxy does not say. */
    private static Optional<ClientAddress> node(String sender) {
        if (HIDDEN.matcher(sender).matches()) {
            return Optional.empty();
        }
        Matcher node = NODE.matcher(sender);
        if (!node.matches()) {
            throw new IllegalArgumentException("This is no node");
        }
        String text = node.group(1) == null ? node.group(2) : node.group(1);
        return Optional.of(ClientAddress.parse(text).orElseThrow(IllegalArgumentException::new));
    }

    private static ClientAddress address(@Nullable SocketAddress socket) {
        String text = socket == null ? null : socket.hostAddress();
        if (text == null) {
            return ClientAddress.UNKNOWN;
        }
        int zone = text.indexOf('%');
        return ClientAddress.parse(zone < 0 ? text : text.substring(0, zone)).orElse(ClientAddress.UNKNOWN);
    }
}
