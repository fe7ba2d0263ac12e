package dev.sextant.backup;

import dev.sextant.backup.BackupVerticle.Place;
import dev.sextant.backup.Making.Sources;
import dev.sextant.bus.Bus;
import dev.sextant.engine.OlapEngine;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.store.Postgres;
import io.vertx.core.ThreadingModel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The door of the room that makes backups, and the one place where its things are put together. */
public final class BackupFeature implements Feature {

    /**
     * What a backup is made of.
     *
     * @param journal the folder for what this node has to put on record
     */
    public record Ground(Bus bus, Postgres postgres, OlapEngine engine, Path journal, ServerSecrets secrets) {}

    private final Ground ground;
    private final BackupConfig config;
    private final InstantSource clock;

    public BackupFeature(Ground ground, BackupConfig config, InstantSource clock) {
        this.ground = ground;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public List<Operation> operations() {
        return List.of(new CreateBackupOperation(ground.bus()));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "backup",
                ThreadingModel.EVENT_LOOP,
                1,
                () -> new BackupVerticle(
                        ground.bus(),
                        ground.postgres().platformDb(),
                        new Place(folder(), this::sources),
                        config,
                        clock)));
    }

    private Path folder() {
        return ground.secrets().folder().resolve(config.folder());
    }

    private Optional<Sources> sources() {
        return ground.engine()
                .copies()
                .map(copies -> new Sources(
                        ground.journal(), ground.postgres()::tableSnapshot, copies, ground.secrets(), product()));
    }

    private static String product() {
        String version = BackupFeature.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
