package dev.sextant.identity.provider;

import dev.sextant.bus.Bus;
import dev.sextant.http.EntityTag;
import dev.sextant.identity.user.Authorities;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.Secret;
import dev.sextant.kernel.TenantId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps, tells and forgets identity providers; it waits on PostgreSQL and on the providers only. */
final class ProvidersVerticle extends VerticleBase {

    private final Bus bus;
    private final ProviderStore store;
    private final Authorities authorities;
    private final ProviderConfig config;

    ProvidersVerticle(Bus bus, ProviderStore store, Authorities authorities, ProviderConfig config) {
        this.bus = bus;
        this.store = store;
        this.authorities = authorities;
        this.config = config;
    }

    @Override
    public Future<?> start() {
        Reach reach = new Reach(config.allowLoopback(), config.allowPrivate());
        OpenIdClient client = new OpenIdClient(new BoundedHttp(vertx, reach, config), reach);
        ExternalSignIns external = new ExternalSignIns(store, client);
        return Future.all(List.of(
                bus.answer(ProviderAddresses.PUT, (question, origin) -> put(question, origin, client, reach)),
                bus.answer(ProviderAddresses.GET, this::get),
                bus.answer(ProviderAddresses.LIST, this::list),
                bus.answer(ProviderAddresses.DELETE, this::delete),
                bus.answer(ProviderAddresses.BEGIN, external::begin),
                bus.answer(ProviderAddresses.FINISH, external::finish)));
    }

    private Future<IdentityProvider> put(PutProvider question, Origin origin, OpenIdClient client, Reach reach) {
        ProviderWish wish = question.wish();
        if (reach.allowed(wish.issuer()).isEmpty() || wish.issuer().endsWith("/")) {
            throw invalid("/issuer", "not_allowed", reach.rule() + ", and without a slash at its end");
        }
        List<String> mapped = List.copyOf(new TreeSet<>(wish.roleMapping().values()));
        return requireAbovePresent(origin, question.id(), wish.issuer())
                .compose(_ -> authorities.requireGivable(origin, wish.defaultRoles(), "/default_roles"))
                .compose(_ -> authorities.requireGivable(origin, mapped, "/role_mapping"))
                .compose(_ -> client.discover(wish.issuer()))
                .recover(failure -> Future.failedFuture(asMistake(failure)))
                .compose(_ -> store.inTransaction(
                        origin.tenant(), transaction -> put(transaction, question, origin.tenant())));
    }

    /**
     * Refuses a caller who may do less than those who come in now by the provider of this id, or by another one of the same
     * issuer: it is the issuer that users are known by.
     */
    private Future<Void> requireAbovePresent(Origin origin, String id, @Nullable String issuer) {
        return store.inTransaction(origin.tenant(), store::list)
                .compose(all -> authorities.requireAbove(
                        origin,
                        all.stream()
                                .map(ProviderStore.Stored::provider)
                                .filter(provider -> provider.id().equals(id)
                                        || provider.issuer().equals(issuer))
                                .flatMap(provider -> provider.givenRoles().stream())
                                .distinct()
                                .toList()));
    }

    /** A provider that is away when it is declared was probably mistyped. */
    private static Throwable asMistake(Throwable failure) {
        return failure instanceof ProblemException known && known.problem() instanceof Problem.Unavailable away
                ? invalid("/issuer", "not_allowed", away.detail())
                : failure;
    }

    private Future<IdentityProvider> put(SqlConnection transaction, PutProvider question, TenantId tenant) {
        return store.hold(transaction, question.id()).compose(present -> {
            requireMatch(present, question.ifMatch());
            Secret secret = secret(present, question.wish());
            return present.isPresent()
                    ? store.put(transaction, tenant, question, secret)
                    : store.list(transaction)
                            .compose(all -> all.size() < config.providersMax()
                                    ? store.put(transaction, tenant, question, secret)
                                    : ProblemException.failed(tooMany()));
        });
    }

    private static void requireMatch(Optional<ProviderStore.Stored> present, @Nullable String ifMatch) {
        boolean matches = ifMatch == null
                || present.filter(stored ->
                                EntityTag.matches(ifMatch, stored.provider().version()))
                        .isPresent();
        if (!matches) {
            throw new ProblemException(new Problem.PreconditionFailed(
                    "The provider was changed since you read it; read it again, then decide anew."));
        }
    }

    /** A secret stays with the issuer that it was given for: another one must not get it. */
    private static Secret secret(Optional<ProviderStore.Stored> present, ProviderWish wish) {
        String given = wish.clientSecret();
        if (given != null) {
            return new Secret(given);
        }
        return present.filter(stored -> stored.provider().issuer().equals(wish.issuer()))
                .map(ProviderStore.Stored::clientSecret)
                .orElseThrow(() ->
                        invalid("/client_secret", "missing_field", "is required for a provider that is new here"));
    }

    private Problem tooMany() {
        return new Problem.LimitExceeded(
                "identity.providers.providers_max",
                config.providersMax(),
                "A tenant may have %d identity providers; delete some.".formatted(config.providersMax()));
    }

    private Future<ProviderList> list(ListProviders question, Origin origin) {
        return store.inTransaction(origin.tenant(), store::list)
                .map(all -> new ProviderList(
                        all.stream().map(ProviderStore.Stored::provider).toList()));
    }

    private Future<IdentityProvider> get(GetProvider question, Origin origin) {
        return store.inTransaction(origin.tenant(), transaction -> store.hold(transaction, question.id()))
                .map(found ->
                        found.orElseThrow(ProvidersVerticle::noSuchProvider).provider());
    }

    private Future<DeletedProvider> delete(DeleteProvider question, Origin origin) {
        return requireAbovePresent(origin, question.id(), null)
                .compose(_ -> store.inTransaction(
                        origin.tenant(), transaction -> store.delete(transaction, origin.tenant(), question.id())))
                .map(wasThere -> {
                    if (!wasThere) {
                        throw noSuchProvider();
                    }
                    return new DeletedProvider(question.id());
                });
    }

    private static ProblemException invalid(String pointer, String code, String why) {
        return new ProblemException(new Problem.InvalidRequest(
                List.of(Violation.at(pointer, code, why)), "The provider cannot be had like this: see errors."));
    }

    static ProblemException noSuchProvider() {
        return new ProblemException(new Problem.NotFound("The tenant has no identity provider of this id."));
    }
}
