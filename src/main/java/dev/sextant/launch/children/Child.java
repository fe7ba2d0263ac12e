package dev.sextant.launch.children;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One child process, kept alive: where it dies it is started again, at the same port, ever later while it keeps dying.
 *
 * <p>Processes are started on the keeper's one thread only: the system ends them with the thread that started them.
 */
final class Child {

    /**
     * How to start it. Its output goes to {@code log}; the log before that is kept beside it.
     *
     * @param name that of its kind, with a number where there are many of the kind
     */
    record Plan(String name, List<String> command, Path folder, Path log, int port) {
        Plan {
            command = List.copyOf(command);
        }

        ChildKind kind() {
            return ChildKind.of(name).orElseThrow();
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Child.class);
    private static final long PAUSE_MILLIS = 50;
    private static final long PAUSE_MILLIS_MAX = 2000;
    private static final Duration WELL_AFTER = Duration.ofSeconds(10);

    private final Plan plan;
    private final Confinement confinement;
    private final Register register;
    private final ScheduledExecutorService keeper;
    private @Nullable Process process;
    private boolean ended;
    private int deaths;
    private long startedAtNanos;

    Child(Plan plan, Confinement confinement, Register register, ScheduledExecutorService keeper) {
        this.plan = plan;
        this.confinement = confinement;
        this.register = register;
        this.keeper = keeper;
    }

    /** Starts the process; it may take a while until it answers. */
    void start() throws IOException {
        try {
            keeper.submit(() -> {
                        spawn();
                        return null;
                    })
                    .get();
        } catch (ExecutionException | RejectedExecutionException e) {
            throw new IOException("Cannot start " + plan.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while starting " + plan.name(), e);
        }
    }

    /** Whether it died at least once lately, or was ended. */
    synchronized boolean hasDied() {
        return deaths > 0 || ended;
    }

    /** Ends the process and lets it rest. */
    void stop() {
        Process last;
        synchronized (this) {
            ended = true;
            last = process;
        }
        if (last != null) {
            ProcessMark.of(last.pid()).ifPresent(mark -> Ending.end(plan.kind(), last.pid(), mark));
        }
    }

    private synchronized void spawn() throws IOException {
        if (ended) {
            return;
        }
        keepLog();
        Process fresh = confinement
                .process(plan.kind(), plan.command())
                .directory(plan.folder().toFile())
                .redirectOutput(plan.log().toFile())
                .start();
        process = fresh;
        startedAtNanos = System.nanoTime();
        enter(fresh);
        fresh.onExit().thenRun(() -> died(fresh));
    }

    /** A process that the next server could not know of must not be. */
    private void enter(Process fresh) throws IOException {
        String mark = ProcessMark.of(fresh.pid()).orElse("");
        try {
            register.put(new Register.Entry(plan.name(), fresh.pid(), mark, plan.port()));
        } catch (IOException e) {
            fresh.destroyForcibly();
            throw e;
        }
    }

    private void keepLog() throws IOException {
        if (Files.exists(plan.log())) {
            Path before = plan.log().resolveSibling(plan.log().getFileName() + ".before");
            Files.move(plan.log(), before, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private synchronized void died(Process dead) {
        if (ended) {
            return;
        }
        boolean wasWell = System.nanoTime() - startedAtNanos > WELL_AFTER.toNanos();
        deaths = wasWell ? 1 : deaths + 1;
        LOG.warn("{} ended with code {} and is started again", plan.name(), dead.exitValue());
        startAgain();
    }

    private void startAgain() {
        long pauseMillis = Math.min(PAUSE_MILLIS_MAX, PAUSE_MILLIS << Math.min(deaths, 6));
        keeper.schedule(this::spawnOrTryLater, pauseMillis, TimeUnit.MILLISECONDS);
    }

    private void spawnOrTryLater() {
        try {
            spawn();
        } catch (IOException e) {
            LOG.warn("Cannot start {} again, will try later", plan.name(), e);
            synchronized (this) {
                deaths++;
                startAgain();
            }
        }
    }
}
