package dev.sextant.security.settings;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.store.Postgres;
import io.vertx.core.ThreadingModel;
import java.util.List;

/** The door of the settings room, and the one place where its parts are put together. */
public final class SettingsFeature implements Feature {

    private final Bus bus;
    private final Postgres postgres;
    private final SettingsStore store;
    private final SettingsBook book;

    public SettingsFeature(Bus bus, Postgres postgres) {
        this.bus = bus;
        this.postgres = postgres;
        this.store = new SettingsStore(postgres.tenantDb(), postgres.platformDb());
        this.book = new SettingsBook(store);
    }

    /** Full as soon as the workers have started. */
    public SettingsBook book() {
        return book;
    }

    @Override
    public List<Operation> operations() {
        return List.of(new GetSecuritySettingsOperation(bus), new ReplaceSecuritySettingsOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(new WorkerSpec(
                "security-settings",
                ThreadingModel.EVENT_LOOP,
                1,
                () -> new SettingsVerticle(bus, store, book, postgres.changeFeed())));
    }
}
