package dev.sextant.identity.client;

import dev.sextant.bus.Bus;
import dev.sextant.identity.secret.OpaqueSecret;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.store.ClientCredential;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes, tells, deletes and proves OAuth clients; it waits on PostgreSQL only. */
final class ClientsVerticle extends VerticleBase {

    private static final String SECRET_KIND = "ocs";

    private final Bus bus;
    private final ClientStore store;
    private final Function<String, Future<Optional<ClientCredential>>> lookUp;
    private final Function<Origin, Future<Void>> requireWhole;
    private final ClientConfig config;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param lookUp finds a client of whatever tenant by its id
     * @param requireWhole refuses a caller from whom something is kept back: users would let in whoever made the client
     */
    ClientsVerticle(
            Bus bus,
            ClientStore store,
            Function<String, Future<Optional<ClientCredential>>> lookUp,
            Function<Origin, Future<Void>> requireWhole,
            ClientConfig config) {
        this.bus = bus;
        this.store = store;
        this.lookUp = lookUp;
        this.requireWhole = requireWhole;
        this.config = config;
    }

    @Override
    public Future<?> start() {
        return Future.all(List.of(
                bus.answer(ClientAddresses.CREATE, this::create),
                bus.answer(ClientAddresses.LIST, this::list),
                bus.answer(ClientAddresses.GET, this::get),
                bus.answer(ClientAddresses.DELETE, this::delete),
                bus.answer(ClientAddresses.FIND, this::find),
                bus.answer(ClientAddresses.AUTHENTICATE, this::authenticate)));
    }

    private Future<CreatedClient> create(CreateClient wish, Origin origin) {
        refuse(wish);
        OpaqueSecret secret =
                wish.type() == OauthClient.Type.PUBLIC ? null : OpaqueSecret.make(SECRET_KIND, origin.tenant(), random);
        return requireWhole.apply(origin).compose(_ -> store.insert(origin, wish, secret, config.clientsMax()));
    }

    private static void refuse(CreateClient wish) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < wish.redirectUris().size(); i++) {
            String pointer = "/redirect_uris/" + i;
            RedirectUri.refusal(wish.redirectUris().get(i))
                    .ifPresent(why -> violations.add(Violation.at(pointer, "not_allowed", why)));
        }
        for (int i = 0; i < wish.scopes().size(); i++) {
            if (wish.scopes().get(i).startsWith("platform:")) {
                violations.add(Violation.at("/scopes/" + i, "not_allowed", "can be given by no user"));
            }
        }
        if (!violations.isEmpty()) {
            throw new ProblemException(
                    new Problem.InvalidRequest(violations, "The client cannot be had like this: see errors."));
        }
    }

    private Future<ClientPage> list(ListClients question, Origin origin) {
        return store.list(origin.tenant(), question.after(), question.limit() + 1)
                .map(clients -> ClientPage.of(clients, question.limit()));
    }

    private Future<OauthClient> get(GetClient question, Origin origin) {
        return store.find(origin.tenant(), question.id())
                .map(found -> found.orElseThrow(() -> new ProblemException(noSuchClient())));
    }

    private Future<DeletedClient> delete(DeleteClient question, Origin origin) {
        return requireWhole
                .apply(origin)
                .compose(_ -> store.delete(origin.tenant(), question.id()))
                .compose(wasThere -> wasThere
                        ? Future.succeededFuture(new DeletedClient(question.id()))
                        : ProblemException.failed(noSuchClient()));
    }

    private Future<KnownClient> find(FindClient question, Origin origin) {
        return lookUp.apply(question.id())
                .map(found -> found.filter(ClientCredential::isTenantActive)
                        .map(ClientsVerticle::known)
                        .orElseThrow(() ->
                                new ProblemException(new Problem.NotFound("There is no OAuth client of this id."))));
    }

    private Future<KnownClient> authenticate(AuthenticateClient question, Origin origin) {
        return lookUp.apply(question.id())
                .map(found -> found.filter(ClientCredential::isTenantActive)
                        .filter(client -> isProven(client, question.secret()))
                        .map(ClientsVerticle::known)
                        .orElseThrow(() -> new ProblemException(new Problem.OauthRefused(
                                Problem.OauthRefused.ErrorCode.INVALID_CLIENT,
                                "There is no such client, or its secret is another; public clients have none."))));
    }

    /** A public client proves nothing, and must not pretend to. */
    private static boolean isProven(ClientCredential client, @Nullable String secret) {
        Buffer hash = client.hash();
        if (hash == null || secret == null) {
            return hash == null && secret == null;
        }
        return MessageDigest.isEqual(hash.getBytes(), OpaqueSecret.sha256(secret));
    }

    private static KnownClient known(ClientCredential client) {
        return new KnownClient(
                client.clientId(),
                client.tenant().value(),
                client.name(),
                client.redirectUris(),
                client.scopes().stream().sorted().toList(),
                client.hash() == null);
    }

    private static Problem noSuchClient() {
        return new Problem.NotFound("The tenant has no OAuth client of this id.");
    }
}
