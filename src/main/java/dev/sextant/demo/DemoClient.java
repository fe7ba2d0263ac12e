package dev.sextant.demo;

import dev.sextant.bus.Bus;
import dev.sextant.datasets.CreateDataset;
import dev.sextant.datasets.DatasetAddresses;
import dev.sextant.datasets.DatasetReport;
import dev.sextant.datasets.GetDataset;
import dev.sextant.identity.key.EnsureKey;
import dev.sextant.identity.key.KeyAddresses;
import dev.sextant.ingest.AppendEvents;
import dev.sextant.ingest.IngestAddresses;
import dev.sextant.ingest.IngestReceipt;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Ids;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Policy;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import dev.sextant.kernel.Trace;
import dev.sextant.tenants.CreateTenant;
import dev.sextant.tenants.ListTenants;
import dev.sextant.tenants.Tenant;
import dev.sextant.tenants.TenantsAddresses;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;

/** Asks the rooms for what an operator and a customer would ask for, on the platform's behalf. */
record DemoClient(Bus bus) {

    private static final Principal PLATFORM = new Principal(
            TenantId.PLATFORM,
            "demo",
            Set.of("platform:tenants", "platform:cross_tenant", "datasets:read", "datasets:write", "events:write"),
            Reach.ALL,
            Policy.SEES_ALL);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The tenant of that name, made where there is none. */
    Future<Tenant> tenant(String name) {
        Origin origin = origin(TenantId.PLATFORM);
        return bus.askHere(TenantsAddresses.LIST, new ListTenants(1, null, name), origin)
                .compose(page -> page.data().isEmpty()
                        ? bus.askHere(TenantsAddresses.CREATE, new CreateTenant(name, null), origin)
                        : Future.succeededFuture(page.data().getFirst()));
    }

    /** Makes sure that the tenant's first key has this text. */
    Future<Void> key(TenantId tenant, Secret text) {
        return bus.askHere(KeyAddresses.ENSURE, new EnsureKey("demo", text), origin(tenant))
                .mapEmpty();
    }

    /** The dataset as it is, or as it is made where there is none. */
    Future<DatasetReport> dataset(TenantId tenant, CreateDataset wanted) {
        return bus.askHere(DatasetAddresses.GET, new GetDataset(wanted.name()), origin(tenant))
                .recover(failure -> isNotFound(failure)
                        ? bus.askHere(DatasetAddresses.CREATE, wanted, origin(tenant))
                        : Future.failedFuture(failure));
    }

    /** Appends NDJSON, all of it or nothing. */
    Future<IngestReceipt> append(Target target, Buffer lines) {
        AppendEvents question = new AppendEvents(target.dataset(), Ids.make("btc"), true, lines, 0, true);
        return bus.askHere(IngestAddresses.APPEND, question, origin(target.tenant()))
                .map(appended -> {
                    IngestReceipt receipt = appended.receipt();
                    if (receipt.rejected() > 0) {
                        throw new IllegalStateException("The demo's events do not fit its model: " + receipt.errors());
                    }
                    return receipt;
                });
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof ProblemException known && known.problem() instanceof Problem.NotFound;
    }

    private static Origin origin(TenantId tenant) {
        return new Origin(PLATFORM.at(tenant), Trace.begin(RANDOM), Deadline.in(PATIENCE));
    }
}
