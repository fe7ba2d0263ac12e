package dev.sextant.launch.children;

import dev.sextant.kernel.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers that this one brings along. All methods block; for the thread that starts and stops the server.
 *
 * <p>A child that dies is started again, at the same port. When this process dies the system ends the children, where
 * it knows how to; what is left nevertheless is ended by the next {@link #open} on the same folder.
 */
public final class Children implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Children.class);
    private static final String HOST = "127.0.0.1";
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_EVERY_MILLIS = 20;
    private static final int STARTS_MAX = 3;

    /** How to start a child at some port. */
    interface Preparation {
        Prepared at(int port) throws IOException;
    }

    record Prepared(List<String> command, Path folder, Readiness readiness) {
        Prepared {
            command = List.copyOf(command);
        }
    }

    /** Whether a child answers by now. */
    interface Readiness {
        boolean isReached() throws IOException;
    }

    private final DataFolder folder;
    private final Register register;
    private final Binaries binaries;
    private final Confinement confinement;
    private final Path logs;
    private final ScheduledExecutorService keeper;
    private final Deque<Child> started = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    private Children(DataFolder folder, Confinement confinement) throws IOException {
        this.folder = folder;
        this.register = new Register(folder.path().resolve("children.json"));
        this.binaries = Binaries.find(folder);
        this.confinement = confinement;
        this.logs = folder.folder("logs");
        this.keeper = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("children").factory());
    }

    /** Ends what an earlier server on this folder left behind. */
    public static Children open(DataFolder folder) {
        return open(folder, Confinement.find());
    }

    static Children open(DataFolder folder, Confinement confinement) {
        try {
            Children children = new Children(folder, confinement);
            children.endOrphans();
            return children;
        } catch (IOException e) {
            throw new CannotStartException("The data folder " + folder.path() + " cannot be used", e);
        }
    }

    /**
     * Starts PostgreSQL; it answers, and has its roles and its database, when this returns.
     *
     * @throws CannotStartException where that fails
     */
    public PostgresServer startPostgres() {
        confinement.check();
        int port = startAtFreePort(ChildKind.POSTGRES.text(), this::preparePostgres);
        Secrets secrets = folder.secrets();
        return new PostgresServer(
                HOST,
                port,
                PostgresAccess.DATABASE,
                secrets.get(SecretName.POSTGRES_OWNER),
                secrets.get(SecretName.POSTGRES_APP),
                secrets.get(SecretName.POSTGRES_AUTH),
                secrets.get(SecretName.POSTGRES_PLATFORM));
    }

    private Prepared preparePostgres(int port) throws IOException {
        PostgresCluster cluster =
                new PostgresCluster(binaries.postgres(), folder.path().resolve("postgres"), logs, confinement);
        cluster.prepare(port, folder.secrets().get(SecretName.POSTGRES_SUPERUSER));
        PostgresAccess access = new PostgresAccess(port, folder.secrets());
        return new Prepared(cluster.command(), cluster.folder(), access::isPrepared);
    }

    /**
     * Starts Redis; it answers when this returns.
     *
     * @throws CannotStartException where that fails
     */
    public RedisServer startRedis() {
        int port = startAtFreePort(ChildKind.REDIS.text(), this::prepareRedis);
        return new RedisServer(HOST, port, folder.secrets().get(SecretName.REDIS));
    }

    private Prepared prepareRedis(int port) throws IOException {
        Secret password = folder.secrets().get(SecretName.REDIS);
        RedisFiles files = new RedisFiles(binaries.redis(), folder.folder("redis"));
        files.prepare(port, password);
        return new Prepared(files.command(), files.folder(), () -> RedisFiles.answers(port, password));
    }

    /**
     * Starts Kafka; it answers when this returns.
     *
     * @param programs the folder {@code cluster/local}, built
     * @return its port on the loopback address
     * @throws CannotStartException where that fails
     */
    public int startKafka(Path programs) {
        LocalProgram program = new LocalProgram(programs.resolve("kafka"));
        return startAtFreePort(ChildKind.KAFKA.text(), port -> {
            KafkaFiles files = new KafkaFiles(program, folder.folder("kafka"));
            return new Prepared(files.command(port), files.folder(), () -> KafkaFiles.answers(port));
        });
    }

    /**
     * Starts Druid; it answers when this returns.
     *
     * @param programs the folder {@code cluster/local}, built
     * @return the port of its broker on the loopback address; its coordinator, which is also the overlord, has the next
     * @throws CannotStartException where that fails
     */
    public int startDruid(Path programs) {
        LocalProgram program = new LocalProgram(programs.resolve("druid"));
        return startAtFreePort(ChildKind.DRUID.text(), port -> {
            DruidFiles files = new DruidFiles(program, folder.folder("druid"));
            return new Prepared(files.command(port), files.folder(), () -> DruidFiles.answers(port));
        });
    }

    /** Where children that must know of each other will listen: for each its first port, as {@link #startNode} takes it. */
    public Map<String, Integer> nodePorts(int count) {
        Map<String, Integer> nodeToPort = new LinkedHashMap<>();
        for (int number = 1; number <= count; number++) {
            String name = ChildKind.NODE.text() + "-" + number;
            int last = register.entry(name).map(Register.Entry::port).orElse(0);
            nodeToPort.put(name, freePort(last, ChildKind.NODE.ports(), nodeToPort));
        }
        return nodeToPort;
    }

    private static int freePort(int last, int count, Map<String, Integer> taken) {
        int port = Ports.free(last, count, new SecureRandom());
        while (overlaps(port, count, taken)) {
            port = Ports.free(0, count, new SecureRandom());
        }
        return port;
    }

    private static boolean overlaps(int port, int count, Map<String, Integer> taken) {
        return taken.values().stream().anyMatch(other -> Math.abs(other - port) < count);
    }

    /**
     * Starts a node; it is ready for requests when this returns.
     *
     * @param port the edge's; see {@link #nodePorts}
     * @param settings its configuration, as YAML
     * @param program the main class of the server, and what comes after it
     * @throws CannotStartException where that fails
     */
    public void startNode(String name, int port, String settings, List<String> program) {
        try {
            NodeFiles files = new NodeFiles(nodeFolder(name));
            files.prepare(settings);
            Prepared prepared = new Prepared(files.command(program), files.folder(), () -> NodeFiles.answers(port));
            if (!starts(name, port, prepared)) {
                throw cannotStart(name, null);
            }
        } catch (IOException e) {
            throw cannotStart(name, e);
        }
    }

    /** Whether the node at this port takes requests. Blocks. */
    public static boolean isReady(int port) {
        return NodeFiles.answers(port);
    }

    /** Where a node may keep everything. */
    public Path nodeFolder(String name) throws IOException {
        return folder.folder(name);
    }

    /**
     * Starts HAProxy before nodes; it listens when this returns.
     *
     * @param template {@code cluster/haproxy.cfg}
     * @param wanted its port; 0 for any
     * @throws CannotStartException where that fails
     */
    public int startHaproxy(Path template, int wanted, Map<String, Integer> nodeToPort) {
        return startAt(ChildKind.HAPROXY.text(), wanted, port -> {
            HaproxyFiles files = new HaproxyFiles(template, folder.folder("haproxy"));
            files.prepare(port, nodeToPort);
            return new Prepared(files.command(), files.folder(), () -> KafkaFiles.answers(port));
        });
    }

    /** Ends the children, the last one first; each gets a bounded time. May be called while they are being started. */
    @Override
    public void close() {
        closed = true;
        for (Child child = started.poll(); child != null; child = started.poll()) {
            child.stop();
        }
        keeper.shutdown(); // last: the end of its thread is the end of all that it started
    }

    private void endOrphans() {
        for (Register.Entry left : register.all()) {
            if (ProcessMark.isAlive(left.pid(), left.started())) {
                LOG.warn("Ending {}, which an earlier server left behind", left.child());
                ChildKind.of(left.child()).ifPresent(kind -> Ending.end(kind, left.pid(), left.started()));
            }
        }
    }

    /** Where it had its port last time, if that is free; what is free may be taken a moment later. */
    private int startAtFreePort(String name, Preparation preparation) {
        return startAt(name, register.entry(name).map(Register.Entry::port).orElse(0), preparation);
    }

    private int startAt(String name, int wanted, Preparation preparation) {
        int count = ChildKind.of(name).orElseThrow().ports();
        try {
            for (int starts = 0; starts < STARTS_MAX; starts++) {
                int port = Ports.free(wanted, count, new SecureRandom());
                if (starts(name, port, preparation.at(port))) {
                    return port;
                }
                if (Ports.areFree(port, count)) {
                    break; // the port was not the reason
                }
            }
        } catch (IOException e) {
            throw cannotStart(name, e);
        }
        throw cannotStart(name, null);
    }

    private boolean starts(String name, int port, Prepared prepared) throws IOException {
        Child.Plan plan = new Child.Plan(name, prepared.command(), prepared.folder(), log(name), port);
        Child child = new Child(plan, confinement, register, keeper);
        started.push(child);
        if (closed) {
            child.stop(); // from now on it does not start
        }
        child.start();
        boolean answers = answersInTime(child, prepared.readiness());
        if (!answers) {
            started.remove(child);
            child.stop();
        }
        return answers;
    }

    private static boolean answersInTime(Child child, Readiness readiness) throws IOException {
        long untilNanos = System.nanoTime() + START_PATIENCE.toNanos();
        while (!child.hasDied() && System.nanoTime() - untilNanos < 0) {
            if (readiness.isReached()) {
                return true;
            }
            try {
                Thread.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while a child was starting", e);
            }
        }
        return false;
    }

    private Path log(String name) {
        return logs.resolve(name + ".log");
    }

    private CannotStartException cannotStart(String name, @Nullable IOException cause) {
        return new CannotStartException("The embedded " + name + " did not start; see " + log(name), cause);
    }
}
