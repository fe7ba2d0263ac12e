package dev.sextant.backup;

import dev.sextant.backup.Making.Sources;
import dev.sextant.bus.Bus;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.ProblemException;
import dev.sextant.operations.OperationLedger;
import dev.sextant.store.PlatformDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins backups, one at a time, and keeps account of them. They are made on a thread of its own. */
final class BackupVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(BackupVerticle.class);
    private static final int RETRY_AFTER_SECONDS = 30;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmssSSS'z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Where backups are kept.
     *
     * @param sources gives none where this server makes no backups
     */
    record Place(Path folder, Supplier<Optional<Sources>> sources) {}

    private final Bus bus;
    private final PlatformDb db;
    private final Place place;
    private final BackupConfig config;
    private final InstantSource clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("backup").daemon().factory());
    private final AtomicBoolean isBusy = new AtomicBoolean();

    BackupVerticle(Bus bus, PlatformDb db, Place place, BackupConfig config, InstantSource clock) {
        this.bus = bus;
        this.db = db;
        this.place = place;
        this.config = config;
        this.clock = clock;
    }

    /** What was being made when the server ended last will never be whole. */
    @Override
    public Future<?> start() {
        Problem left = new Problem.Unavailable("backup", "The server ended before the backup was whole.");
        return vertx.executeBlocking(() -> {
                    BackupFolder.clear(place.folder());
                    return place;
                })
                .compose(_ -> db.inTransaction(
                        transaction -> OperationLedger.failBackups(transaction, left, clock.instant())))
                .compose(_ -> bus.answer(BackupAddresses.MAKE, this::make));
    }

    @Override
    public Future<?> stop() {
        thread.shutdownNow();
        return Future.succeededFuture();
    }

    private Future<BackupReport> make(MakeBackup question, Origin origin) {
        Optional<Problem> refusal = refusal(question);
        if (refusal.isPresent()) {
            return ProblemException.failed(refusal.get());
        }
        if (!isBusy.compareAndSet(false, true)) {
            return ProblemException.failed(new Problem.QuotaExceeded(
                    RETRY_AFTER_SECONDS, "A backup is being made; the next one can begin when it is whole."));
        }
        AtomicBoolean isBegun = new AtomicBoolean();
        return db.once(origin, BackupReport.class, transaction -> begin(transaction, question, origin, isBegun))
                .onComplete(begun -> {
                    if (begun.succeeded() && isBegun.get()) {
                        thread.execute(() -> make(begun.result()));
                    } else {
                        isBusy.set(false);
                    }
                });
    }

    /** @param isBegun is set; it is not where the caller is told again of what was begun before */
    private Future<BackupReport> begin(
            SqlConnection transaction, MakeBackup question, Origin origin, AtomicBoolean isBegun) {
        BackupReport report = new BackupReport(Ids.make("op"), "running", name(question), secrets(question));
        return OperationLedger.beginBackup(transaction, report.operationId(), origin.principal(), clock.instant())
                .map(_ -> {
                    isBegun.set(true);
                    return report;
                });
    }

    private Optional<Problem> refusal(MakeBackup question) {
        if (place.sources().get().isEmpty()) {
            return Optional.of(notSupported("", "Here the parts of the cluster are backed up by their own means."));
        }
        if (question.secrets() == BackupSecrets.SEALED && !config.hasPassphrase()) {
            return Optional.of(notSupported(
                    "/secrets", "The server has no backup.passphrase to seal secrets by: set one, or leave them out."));
        }
        if (Files.exists(place.folder().resolve(name(question)))) {
            return Optional.of(new Problem.AlreadyExists("There is a backup of this name."));
        }
        return Optional.empty();
    }

    private static Problem notSupported(String pointer, String detail) {
        return Unprocessable.at(pointer, Reason.NOT_SUPPORTED, detail);
    }

    private String name(MakeBackup question) {
        return question.name() == null ? NAME.format(clock.instant()) : question.name();
    }

    private BackupSecrets secrets(MakeBackup question) {
        if (question.secrets() != null) {
            return question.secrets();
        }
        return config.hasPassphrase() ? BackupSecrets.SEALED : BackupSecrets.LEFT_OUT;
    }

    private void make(BackupReport report) {
        String id = report.operationId();
        try {
            new Making(
                            place.sources().get().orElseThrow(),
                            config,
                            report.secrets(),
                            clock,
                            done -> tell(transaction -> OperationLedger.tellProgress(transaction, id, done)))
                    .run(place.folder().resolve(report.name()));
            LOG.info("Backup {} is whole", report.name());
            tell(transaction -> OperationLedger.finishBackup(transaction, id, clock.instant()));
        } catch (ProblemException e) {
            LOG.warn("Backup {} was not made: {}", report.name(), e.getMessage());
            fail(id, e.problem());
        } catch (IOException | RuntimeException e) {
            String incident = UUID.randomUUID().toString();
            LOG.error("Backup {} was not made, incident[{}]", report.name(), incident, e);
            fail(id, Problem.Fault.of(incident, "The backup failed"));
        } finally {
            isBusy.set(false);
        }
    }

    private void fail(String id, Problem problem) {
        tell(transaction -> OperationLedger.failBackup(transaction, id, problem, clock.instant()));
    }

    private void tell(Function<SqlConnection, Future<Void>> news) {
        db.inTransaction(news).onFailure(failure -> LOG.warn("It could not be told how far a backup is", failure));
    }
}
