package dev.sextant.identity.user;

import dev.sextant.bus.Bus;
import dev.sextant.feature.Feature;
import java.time.InstantSource;
import java.util.List;
import dev.sextant.http.Operation;
import java.util.function.Supplier;
import dev.sextant.store.TenantDb;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import dev.sextant.feature.WorkerSpec;

/** The door of the user room, and the one place where its parts are put together. */
public final class UserFeature implements Feature {

    private final Bus bus;
    private final TenantDb db;
    private final UserConfig config;
    private final UserParts parts;

    public UserFeature(Bus bus, TenantDb db, Authorities authorities, UserConfig config, InstantSource clock) {
        this.bus = bus;
        this.db = db;
        this.config = config;
        this.parts = new UserParts(new PasswordQueue(bus, config.hashesWaitingMax()), authorities, clock);
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new CreateUserOperation(bus),
                new ListUsersOperation(bus),
                new GetUserOperation(bus),
                new UpdateUserOperation(bus),
                new DeleteUserOperation(bus),
                new InviteUserOperation(bus),
                new AcceptInvitationOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        Passwords passwords = new Passwords(config.hashKib(), config.hashPasses());
        return List.of(
                onLoop("users", () -> new UsersVerticle(bus, db, parts, config)),
                onLoop("invitations", () -> new InvitationsVerticle(bus, db, parts, config)),
                onLoop("user-proofs", () -> new UserProofVerticle(bus, db, parts, config)),
                new WorkerSpec(
                        "passwords", ThreadingModel.WORKER, config.hashers(), () -> new PasswordWorker(bus, passwords)));
    }

    private static WorkerSpec onLoop(String name, Supplier<VerticleBase> make) {
        return new WorkerSpec(name, ThreadingModel.EVENT_LOOP, 1, make);
    }
}
