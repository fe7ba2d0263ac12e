package dev.sextant.contract;

import dev.sextant.TestServers;
import dev.sextant.bus.Bus;
import dev.sextant.identity.IdentitySecrets;
import dev.sextant.kernel.Secret;
import dev.sextant.launch.Configs;
import dev.sextant.launch.SextantConfig;
import dev.sextant.store.PostgresConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/** Two nodes of one cluster on loopback, with one database, one Redis and one engine between them. */
record TwoNodes(Service one, Service two) implements AutoCloseable {

    static TwoNodes start(SextantConfig usual) {
        PostgresConfig database = TestServers.freshPostgres();
        Secret platformKey = IdentitySecrets.makePlatformKey();
        List<Integer> ports = freePorts();
        String all = "127.0.0.1:%d, 127.0.0.1:%d".formatted(ports.get(0), ports.get(1));
        Service one = new Service(Bus.Wire.WHERE_NEEDED, database, config(usual, ports.get(0), all), platformKey, null);
        try {
            Service two =
                    new Service(Bus.Wire.WHERE_NEEDED, database, config(usual, ports.get(1), all), platformKey, one);
            return new TwoNodes(one, two);
        } catch (RuntimeException e) {
            one.close();
            throw e;
        }
    }

    private static SextantConfig config(SextantConfig usual, int port, String all) {
        return Configs.with(
                usual,
                Map.of(
                        "cluster.enabled", "true",
                        "cluster.secret", "known to both of these nodes",
                        "cluster.members.port", Integer.toString(port),
                        "cluster.members.join", all,
                        "identity.tokens.issuer", "https://sextant.example.com"));
    }

    private static List<Integer> freePorts() {
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return List.of(first.getLocalPort(), second.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        two.close();
        one.close();
    }
}
