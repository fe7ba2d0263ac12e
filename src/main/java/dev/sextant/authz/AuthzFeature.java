package dev.sextant.authz;

import dev.sextant.authz.policy.KnownRules;
import dev.sextant.bus.Bus;
import dev.sextant.datasets.DatasetCatalog;
import dev.sextant.feature.Feature;
import dev.sextant.feature.WorkerSpec;
import dev.sextant.http.Operation;
import dev.sextant.store.KeyBounds;
import dev.sextant.store.TenantDb;
import io.vertx.core.ThreadingModel;
import java.util.List;

/** The door of the room of roles and policies. */
public final class AuthzFeature implements Feature {

    /** What the room stands on. */
    public record Ground(TenantDb db, KeyBounds bounds, DatasetCatalog catalog, KnownRules rules) {}

    private final Bus bus;
    private final Ground ground;
    private final AuthzConfig config;

    public AuthzFeature(Bus bus, Ground ground, AuthzConfig config) {
        this.bus = bus;
        this.ground = ground;
        this.config = config;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                new ListRolesOperation(bus),
                new GetRoleOperation(bus),
                new PutRoleOperation(bus),
                new DeleteRoleOperation(bus),
                new ListPoliciesOperation(bus),
                new GetPolicyOperation(bus),
                new PutPolicyOperation(bus),
                new DeletePolicyOperation(bus),
                new CheckAccessOperation(bus),
                new ExplainAccessOperation(bus));
    }

    @Override
    public List<WorkerSpec> workers() {
        return List.of(
                new WorkerSpec("authz", ThreadingModel.WORKER, 1, () -> new AuthzWorker(bus, ground, config)),
                new WorkerSpec(
                        "access",
                        ThreadingModel.EVENT_LOOP,
                        1,
                        () -> new AccessVerticle(bus, ground.db(), ground.rules())));
    }
}
