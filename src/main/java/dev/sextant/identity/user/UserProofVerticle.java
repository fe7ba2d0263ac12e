package dev.sextant.identity.user;

import dev.sextant.authz.policy.BuiltInRoles;
import dev.sextant.bus.Bus;
import dev.sextant.identity.user.UserStore.NewUser;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;

/** Finds out which user somebody is: by password, by session, or by a provider's word. It waits as {@code UsersVerticle}. */
final class UserProofVerticle extends VerticleBase {

    private final Bus bus;
    private final TenantDb db;
    private final UserParts parts;
    private final UserConfig config;

    UserProofVerticle(Bus bus, TenantDb db, UserParts parts, UserConfig config) {
        this.bus = bus;
        this.db = db;
        this.parts = parts;
        this.config = config;
    }

    @Override
    public Future<?> start() {
        return Future.all(
                bus.answer(UserAddresses.SIGN_IN, this::signIn),
                bus.answer(UserAddresses.CHECK, this::check),
                bus.answer(UserAddresses.PROVISION, this::provision));
    }

    private Future<User> signIn(SignInUser question, Origin origin) {
        String email = Emails.canonical(question.email());
        return db.inTransaction(origin.tenant(), transaction -> UserStore.findByEmail(transaction, email))
                .compose(found -> parts.passwords()
                        .isRight(question.password(), found.map(StoredUser::phc).orElse(null), origin)
                        .map(isRight ->
                                found.filter(user -> isRight && user.user().status() == User.Status.ACTIVE)))
                .map(proven -> proven.orElseThrow(() -> new ProblemException(
                                new Problem.Unauthenticated("Address and password do not belong together.")))
                        .user());
    }

    private Future<User> check(CheckUser question, Origin origin) {
        return db.inTransaction(origin.tenant(), transaction -> UserStore.find(transaction, question.id()))
                .map(found -> found.filter(user -> user.user().status() == User.Status.ACTIVE
                                && !question.signedInAt().isBefore(user.sessionsFrom()))
                        .orElseThrow(() -> new ProblemException(new Problem.Unauthenticated("The session is over.")))
                        .user());
    }

    private Future<User> provision(ProvisionUser question, Origin origin) {
        return db.inTransaction(
                origin.tenant(),
                transaction -> UserStore.findBySubject(transaction, question.issuer(), question.subject())
                        .compose(known -> known.isPresent()
                                ? renewed(transaction, origin.tenant(), known.get(), question)
                                : adoptOrMake(transaction, origin.tenant(), question)));
    }

    private Future<User> adoptOrMake(SqlConnection transaction, TenantId tenant, ProvisionUser question) {
        return UserStore.findByEmail(transaction, Emails.canonical(question.email()))
                .compose(present -> present.isEmpty()
                        ? UserStore.insert(
                                transaction,
                                user(tenant, question),
                                config.usersMax(),
                                parts.clock().instant())
                        : adopt(transaction, tenant, present.get(), question));
    }

    /** Only whom nobody could be yet, and with no role that the provider does not give: else its word would make one mightier. */
    private Future<User> adopt(SqlConnection transaction, TenantId tenant, StoredUser present, ProvisionUser question) {
        User user = present.user();
        boolean couldSignIn = user.hasPassword() || user.provider() != null;
        if (!question.mayAdopt() || couldSignIn || !question.roles().containsAll(user.roles())) {
            return ProblemException.failed(
                    new Problem.PolicyDenied(
                            "There is a user with this address who signs in another way, or has other roles; ask whoever runs your tenant."));
        }
        return UserStore.adopt(transaction, user.id(), question.issuer(), question.subject())
                .compose(_ -> renewed(transaction, tenant, present, question));
    }

    /** Name and roles are what the provider says now, but of an owner: what owners are is for owners to say. */
    private Future<User> renewed(
            SqlConnection transaction, TenantId tenant, StoredUser present, ProvisionUser question) {
        User user = present.user();
        if (user.status() != User.Status.ACTIVE) {
            return ProblemException.failed(new Problem.PolicyDenied("This user is suspended."));
        }
        boolean isSame = user.name().equals(question.name()) && user.roles().equals(question.roles());
        if (isSame || user.roles().contains(BuiltInRoles.OWNER)) {
            return Future.succeededFuture(user);
        }
        User changed = new User(
                user.id(),
                user.email(),
                question.name(),
                question.roles(),
                user.status(),
                question.issuer(),
                user.hasPassword(),
                user.version(),
                user.createdAt(),
                user.updatedAt());
        StoredUser stored = new StoredUser(changed, present.phc(), present.sessionsFrom());
        return UserStore.update(
                transaction, tenant, stored, false, parts.clock().instant());
    }

    private static NewUser user(TenantId tenant, ProvisionUser question) {
        return new NewUser(
                tenant,
                Emails.canonical(question.email()),
                question.name(),
                question.roles(),
                null,
                question.issuer(),
                question.subject());
    }
}
