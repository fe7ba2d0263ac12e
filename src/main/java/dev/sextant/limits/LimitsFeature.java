package dev.sextant.limits;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Guard;
import dev.sextant.http.Operation;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.Postgres;
import dev.sextant.store.RedisStore;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntSupplier;

/** The door of the room that keeps callers within their limits, and the one place where its parts are put together. */
public final class LimitsFeature implements Feature {

    /** Where limits are kept, and where they are shared. */
    public record Stores(Postgres postgres, RedisStore redis) {}

    private final Bus bus;
    private final TenantDb db;
    private final LimitsConfig config;
    private final InstantSource clock;
    private final LimitsRoom room;
    private final Postgres postgres;

    /** @param nodes how many nodes there are: what each of them has a part of while Redis is away */
    public LimitsFeature(Bus bus, Stores stores, LimitsConfig config, IntSupplier nodes, InstantSource clock) {
        String node = Ids.make("nod");
        this.bus = bus;
        this.db = stores.postgres().tenantDb();
        this.config = config;
        this.clock = clock;
        Leases leases = new Leases(stores.redis(), node, config, nodes, System::nanoTime);
        Accounts accounts = new Accounts(db, config, leases, clock);
        Propagation propagation = new Propagation(stores.redis(), leases, node);
        this.postgres = stores.postgres();
        this.room = new LimitsRoom(accounts, leases, new WaitingLines(config.waitersPerTenantMax()), propagation);
    }

    /** Stands before all operations. */
    public Guard guard() {
        return new LimitsGuard(room.accounts(), room.leases(), room.lines(), config, System::nanoTime);
    }

    /** Fails while the nodes cannot share what is left, so that each keeps to its part. */
    public Future<Void> health() {
        return room.leases().isAway()
                ? ProblemException.failed(new Problem.Unavailable("limits", "Limits cannot be shared among nodes"))
                : Future.succeededFuture();
    }

    /** How many sockets a tenant may have on this node; as many as it likes where nothing is known of it yet. */
    public int socketsMax(TenantId tenant) {
        Account account = room.accounts().known(tenant);
        Long limit = account == null ? null : account.inForce().atOnce().websockets();
        return limit == null
                ? Integer.MAX_VALUE
                : Math.clamp(Math.ceilDiv(limit, room.leases().nodes()), 1, Integer.MAX_VALUE);
    }

    @Override
    public List<Operation> operations() {
        return List.of(new GetLimitsOperation(bus), new ReplaceLimitsOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        LimitsVerticle.Parts parts = new LimitsVerticle.Parts(bus, db, postgres.platformDb(), postgres.changeFeed());
        return List.of(new WorkerSpec(
                "limits", ThreadingModel.EVENT_LOOP, 1, () -> new LimitsVerticle(parts, room, config, clock)));
    }
}
