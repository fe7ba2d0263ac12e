package dev.sextant.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/**
 * A whole Druid in one process, on the loopback address: {@code LocalDruid CONFIGURATION FOLDER PORT}. The services are
 * Druid's own; only what keeps two of them from living in one JVM is mended, in {@link Service}.
 *
 * <p>The broker, which answers SQL, listens at PORT, the coordinator (also the overlord) at the next, and so on: see
 * {@link Ports}. Prints {@code ready} when all services run. Ends, in good order, by SIGTERM. For trying things out and
 * for tests: tasks run within this process, and its metadata is kept by Derby.
 */
public final class LocalDruid {

    private static final int ZOOKEEPER_CONNECTIONS_MAX = 200;
    private static final int ZOOKEEPER_TICK_MILLIS = 2_000;

    private LocalDruid() {}

    public static void main(String[] arguments) throws Exception {
        Path configuration = Path.of(arguments[0]);
        Path folder = Files.createDirectories(Path.of(arguments[1])).toAbsolutePath();
        Ports ports = new Ports(Integer.parseInt(arguments[2]));
        startZooKeeper(Files.createDirectories(folder.resolve("zookeeper")), ports.zooKeeper());
        ServiceProperties properties = new ServiceProperties(configuration, folder, ports);
        List<FutureTask<Void>> starts = new ArrayList<>();
        for (Service service : Service.values()) {
            FutureTask<Void> start = new FutureTask<>(() -> service.start(properties), null);
            starts.add(start);
            Thread.ofPlatform().name("start-" + service.text()).start(start);
        }
        for (FutureTask<Void> start : starts) {
            start.get();
        }
        System.out.println("ready");
        Thread.currentThread().join();
    }

    private static void startZooKeeper(Path folder, int port) throws IOException, InterruptedException {
        NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
        connections.configure(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ZOOKEEPER_CONNECTIONS_MAX);
        connections.startup(new ZooKeeperServer(folder.toFile(), folder.toFile(), ZOOKEEPER_TICK_MILLIS));
    }
}
