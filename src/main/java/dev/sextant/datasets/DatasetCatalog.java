package dev.sextant.datasets;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sextant.authz.policy.Action;
import dev.sextant.authz.policy.KnownRules;
import dev.sextant.authz.policy.Resources;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.ChangeFeed;
import dev.sextant.store.TenantDb;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The datasets of the tenants, remembered until a change is told: what it says is right within 250 ms on every node,
 * and at once on the node that made the change. Safe for all threads.
 *
 * <p>Each asker is told of those datasets that it may do this with, as it sees them: the model of a dataset holds what is
 * kept back from whoever got it, and keeps it back wherever events are read by it.
 */
public final class DatasetCatalog {

    private final TenantDb db;
    private final KnownRules rules;
    private final SeenDatasets seen;
    private final AsyncCache<TenantId, List<Dataset>> tenantToDatasets;

    public DatasetCatalog(TenantDb db, ChangeFeed changes, KnownRules rules, DatasetsConfig config) {
        this.db = db;
        this.rules = rules;
        this.seen = new SeenDatasets(rules);
        this.tenantToDatasets =
                Caffeine.newBuilder().maximumSize(config.rememberedTenantsMax()).buildAsync();
        changes.onChange((tenant, subject) -> {
            if (subject.equals(DatasetStore.SUBJECT)) {
                forget(tenant);
            }
        });
        changes.onGap(() -> tenantToDatasets.synchronous().invalidateAll());
    }

    /** The dataset as {@code who} reads it. Fails with {@code NotFound} where there is none, or none to be read. */
    public Future<Dataset> find(Principal who, String name) {
        return find(who, Action.READ, name);
    }

    /**
     * The dataset as it is for {@code who} does this with it. Fails with {@code NotFound} where there is none that may be
     * known of, with {@code PolicyDenied} where it may be known of and this may not be done with it.
     */
    public Future<Dataset> find(Principal who, Action action, String name) {
        return whole(who, action, name)
                .map(found -> seen.of(who, action, List.of(found)).getFirst());
    }

    /**
     * The tenant's default dataset, or else its first, as {@code who} reads it. {@code NotFound} where there is none, or it is
     * not to be read: another one would answer for it in silence.
     */
    public Future<Dataset> findDefault(Principal who) {
        return wholes(who.tenant()).map(all -> requiredDefault(all, seen.of(who, Action.READ, all)));
    }

    /** As {@link #find}, for what tells of all events: {@code PolicyDenied} where any of them, or of their fields, is kept back. */
    public Future<Dataset> findUnveiled(Principal who, String name) {
        return find(who, name).map(found -> {
            if (found.model().isVeiled()) {
                throw new ProblemException(new Problem.PolicyDenied(
                        "This tells of all events and fields of the dataset, and your roles see a part of them only."));
            }
            return found;
        });
    }

    /** Lets pass who may declare a dataset of that name; else {@code PolicyDenied}, whether there is one or not. */
    void requireToMake(Principal who, String name) {
        rules.requireToMake(who, Action.MANAGE, Resources.dataset(name));
    }

    /** All that {@code who} reads, by name; told on the asker's own context, if it has one. */
    public Future<List<Dataset>> all(Principal who) {
        return wholes(who.tenant()).map(all -> seen.of(who, Action.READ, all));
    }

    /** What {@link #find} would say, where that is known without waiting. */
    public Optional<Dataset> known(Principal who, String name) {
        return knownWholes(who.tenant()).flatMap(all -> named(seen.of(who, Action.READ, all), name));
    }

    /** What {@link #findDefault} would say, where that is known without waiting. */
    public Optional<Dataset> knownDefault(Principal who) {
        return knownWholes(who.tenant()).flatMap(all -> byDefault(all, seen.of(who, Action.READ, all)));
    }

    /**
     * The dataset with all that it has, for who does with it what is not reading. The failures of {@link #find}; what
     * {@code who} may not see must not be told.
     */
    public Future<Dataset> whole(Principal who, Action action, String name) {
        return wholes(who.tenant()).map(all -> {
            Dataset found = named(all, name).orElseThrow(() -> noDataset(name));
            rules.require(who, action, Resources.dataset(name), noDataset(name).problem());
            return found;
        });
    }

    /** As {@link #whole}, of the one that {@link #findDefault} would be about; {@code NotFound} where it is kept from this. */
    public Future<Dataset> wholeDefault(Principal who, Action action) {
        return wholes(who.tenant())
                .map(all -> requiredDefault(
                        all,
                        all.stream()
                                .filter(dataset -> rules.allow(who, action, Resources.dataset(dataset.name())))
                                .toList()));
    }

    private Optional<List<Dataset>> knownWholes(TenantId tenant) {
        CompletableFuture<List<Dataset>> datasets = tenantToDatasets.getIfPresent(tenant);
        return datasets == null || !datasets.isDone() || datasets.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.of(datasets.join());
    }

    private Future<List<Dataset>> wholes(TenantId tenant) {
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
        for (Dataset dataset : datasets) {
            if (dataset.name().equals(name)) {
                return Optional.of(dataset);
            }
        }
        return Optional.empty();
    }

    private static Dataset requiredDefault(List<Dataset> all, List<Dataset> allowed) {
        return byDefault(all, allowed)
                .orElseThrow(() -> new ProblemException(new Problem.NotFound(
                        allowed.isEmpty()
                                ? "There is no dataset yet: create one with POST /api/v2/datasets."
                                : "The default dataset is none that you may do this with: name one"
                                        + " that GET /api/v2/datasets lists.")));
    }

    /** The default of all, if it is among those that are allowed. */
    private static Optional<Dataset> byDefault(List<Dataset> all, List<Dataset> allowed) {
        return all.stream()
                .filter(Dataset::isDefault)
                .findFirst()
                .or(() -> all.stream()
                        .min(Comparator.comparing(Dataset::createdAt).thenComparing(Dataset::name)))
                .flatMap(byDefault -> named(allowed, byDefault.name()));
    }

    static ProblemException noDataset(String name) {
        return new ProblemException(new Problem.NotFound(
                "There is no dataset '%s'; GET /api/v2/datasets lists those there are.".formatted(name)));
    }
}
