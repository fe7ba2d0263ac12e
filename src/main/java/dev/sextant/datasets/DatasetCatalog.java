package dev.sextant.datasets;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Reach;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.ChangeFeed;
import dev.sextant.store.TenantDb;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The datasets of the tenants, as each caller may see them: whoever may not touch a dataset finds none. It is the one way
 * to a dataset. What it says is remembered until a change is told: right within 250 ms on every node, and at once on the node
 * that made the change. Safe for all threads.
 */
public final class DatasetCatalog {

    private final TenantDb db;
    private final AsyncCache<TenantId, List<Dataset>> tenantToDatasets;

    public DatasetCatalog(TenantDb db, ChangeFeed changes, DatasetsConfig config) {
        this.db = db;
        this.tenantToDatasets =
                Caffeine.newBuilder().maximumSize(config.rememberedTenantsMax()).buildAsync();
        changes.onChange((tenant, subject) -> {
            if (subject.equals(DatasetStore.SUBJECT)) {
                forget(tenant);
            }
        });
        changes.onGap(() -> tenantToDatasets.synchronous().invalidateAll());
    }

    /** Fails with {@code NotFound} where the tenant has no such dataset, or the caller may not touch it. */
    public Future<Dataset> find(Principal principal, String name) {
        return all(principal).map(datasets -> named(datasets, name).orElseThrow(() -> noDataset(name)));
    }

    /**
     * The tenant's default dataset, or else its first, of those that the caller may touch. Fails with {@code NotFound} where
     * there is none.
     */
    public Future<Dataset> findDefault(Principal principal) {
        return all(principal)
                .map(datasets -> byDefault(datasets)
                        .orElseThrow(() -> new ProblemException(new Problem.NotFound(
                                "There is no dataset yet: create one with POST /api/v2/datasets."))));
    }

    /** What {@link #find} would say, where that is known without waiting. */
    public Optional<Dataset> known(Principal principal, String name) {
        return known(principal).flatMap(datasets -> named(datasets, name));
    }

    /** What {@link #findDefault} would say, where that is known without waiting. */
    public Optional<Dataset> knownDefault(Principal principal) {
        return known(principal).flatMap(DatasetCatalog::byDefault);
    }

    private Optional<List<Dataset>> known(Principal principal) {
        CompletableFuture<List<Dataset>> datasets = tenantToDatasets.getIfPresent(principal.tenant());
        return datasets == null || !datasets.isDone() || datasets.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.of(within(principal.reach(), datasets.join()));
    }

    /** All datasets of the tenant that the caller may touch, by name; told on the asker's own context, if it has one. */
    public Future<List<Dataset>> all(Principal principal) {
        return all(principal.tenant()).map(datasets -> within(principal.reach(), datasets));
    }

    private static List<Dataset> within(Reach reach, List<Dataset> datasets) {
        return reach.isLimited()
                ? datasets.stream()
                        .filter(dataset -> reach.covers(dataset.name()))
                        .toList()
                : datasets;
    }

    private Future<List<Dataset>> all(TenantId tenant) {
        CompletableFuture<List<Dataset>> datasets = tenantToDatasets.get(
                tenant,
                (_, _) -> db.inTransaction(tenant, DatasetStore::all)
                        .toCompletionStage()
                        .toCompletableFuture());
        Context context = Vertx.currentContext();
        return context == null ? Future.fromCompletionStage(datasets) : Future.fromCompletionStage(datasets, context);
    }

    /** What is loaded at this moment is forgotten too, so that nobody remembers what was before the change. */
    public void forget(TenantId tenant) {
        tenantToDatasets.synchronous().invalidate(tenant);
    }

    /** Tells all nodes, once the transaction is committed, that the tenant's datasets are not as they were. */
    public static Future<Void> recordChange(SqlConnection connection, TenantId tenant) {
        return DatasetStore.recordChange(connection, tenant);
    }

    private static Optional<Dataset> named(List<Dataset> datasets, String name) {
        return datasets.stream().filter(dataset -> dataset.name().equals(name)).findFirst();
    }

    private static Optional<Dataset> byDefault(List<Dataset> datasets) {
        return datasets.stream()
                .filter(Dataset::isDefault)
                .findFirst()
                .or(() -> datasets.stream()
                        .min(java.util.Comparator.comparing(Dataset::createdAt).thenComparing(Dataset::name)));
    }

    static ProblemException noDataset(String name) {
        return new ProblemException(new Problem.NotFound(
                "There is no dataset '%s'; GET /api/v2/datasets lists those there are.".formatted(name)));
    }
}
