package dev.sextant.identity.user;

import dev.sextant.bus.Bus;
import dev.sextant.http.EntityTag;
import dev.sextant.identity.user.UserStore.NewUser;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes, tells, changes and deletes users; it waits on PostgreSQL and the hashing of passwords only. */
final class UsersVerticle extends VerticleBase {

    private final Bus bus;
    private final TenantDb db;
    private final UserParts parts;
    private final UserConfig config;

    UsersVerticle(Bus bus, TenantDb db, UserParts parts, UserConfig config) {
        this.bus = bus;
        this.db = db;
        this.parts = parts;
        this.config = config;
    }

    @Override
    public Future<?> start() {
        return Future.all(List.of(
                bus.answer(UserAddresses.CREATE, this::create),
                bus.answer(UserAddresses.LIST, this::list),
                bus.answer(UserAddresses.GET, this::get),
                bus.answer(UserAddresses.UPDATE, this::update),
                bus.answer(UserAddresses.DELETE, this::delete)));
    }

    private Future<User> create(CreateUser wish, Origin origin) {
        TenantId tenant = origin.tenant();
        return parts.authorities()
                .requireGivable(origin, wish.roles(), "/roles")
                .compose(_ -> parts.passwords().hash(wish.password(), origin))
                .map(phc ->
                        NewUser.withPassword(tenant, Emails.canonical(wish.email()), wish.name(), wish.roles(), phc))
                .compose(user -> db.once(
                        origin,
                        User.class,
                        transaction -> UserStore.insert(
                                transaction,
                                user,
                                config.usersMax(),
                                parts.clock().instant())));
    }

    private Future<UserPage> list(ListUsers question, Origin origin) {
        return db.inTransaction(
                        origin.tenant(), transaction -> UserStore.list(transaction, question, question.limit() + 1))
                .map(users -> UserPage.of(users, question.limit()));
    }

    private Future<User> get(GetUser question, Origin origin) {
        return db.inTransaction(origin.tenant(), transaction -> UserStore.find(transaction, question.id()))
                .map(found -> found.orElseThrow(UsersVerticle::noSuchUser).user());
    }

    private Future<User> update(UpdateUser question, Origin origin) {
        List<String> roles = question.change().roles();
        return (roles == null
                        ? Future.<Void>succeededFuture()
                        : parts.authorities().requireGivable(origin, roles, "/roles"))
                .compose(_ -> parts.passwords().hash(question.change().password(), origin))
                .compose(phc ->
                        db.inTransaction(origin.tenant(), transaction -> update(transaction, question, phc, origin)));
    }

    private Future<User> update(SqlConnection transaction, UpdateUser question, @Nullable String phc, Origin origin) {
        return UserStore.hold(transaction, question.id())
                .map(found -> found.orElseThrow(UsersVerticle::noSuchUser))
                .compose(present -> parts.authorities()
                        .requireAbove(origin, present.user().roles())
                        .map(_ -> changed(present, question, phc)))
                .compose(changed -> {
                    boolean signsOut = phc != null || changed.user().status() == User.Status.SUSPENDED;
                    Instant now = parts.clock().instant();
                    return UserStore.update(transaction, origin.tenant(), changed, signsOut, now);
                });
    }

    private static StoredUser changed(StoredUser present, UpdateUser question, @Nullable String phc) {
        User user = present.user();
        if (question.ifMatch() != null && !EntityTag.matches(question.ifMatch(), user.version())) {
            throw new ProblemException(new Problem.PreconditionFailed(
                    "The user was changed since you read it; read it again, then decide anew."));
        }
        UserChange change = question.change();
        User changed = new User(
                user.id(),
                user.email(),
                otherwise(change.name(), user.name()),
                otherwise(change.roles(), user.roles()),
                otherwise(change.status(), user.status()),
                user.provider(),
                phc != null || user.hasPassword(),
                user.version(),
                user.createdAt(),
                user.updatedAt());
        return new StoredUser(changed, phc == null ? present.phc() : phc, present.sessionsFrom());
    }

    private Future<DeletedUser> delete(DeleteUser question, Origin origin) {
        return db.inTransaction(
                origin.tenant(),
                transaction -> UserStore.hold(transaction, question.id())
                        .map(found -> found.orElseThrow(UsersVerticle::noSuchUser))
                        .compose(present -> parts.authorities()
                                .requireAbove(origin, present.user().roles()))
                        .compose(_ -> UserStore.delete(transaction, origin.tenant(), question.id()))
                        .map(new DeletedUser(question.id())));
    }

    private static ProblemException noSuchUser() {
        return new ProblemException(new Problem.NotFound("The tenant has no user of this id."));
    }

    private static <T> T otherwise(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }
}
