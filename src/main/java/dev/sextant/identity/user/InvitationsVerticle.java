package dev.sextant.identity.user;

import dev.sextant.bus.Bus;
import dev.sextant.identity.secret.OpaqueSecret;
import dev.sextant.identity.user.InvitationStore.NewInvitation;
import dev.sextant.identity.user.UserStore.NewUser;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.store.TenantDb;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** Invites, and takes in those who were invited; it waits on PostgreSQL and the hashing of passwords only. */
final class InvitationsVerticle extends VerticleBase {

    private final Bus bus;
    private final TenantDb db;
    private final UserParts parts;
    private final UserConfig config;
    private final SecureRandom random = new SecureRandom();

    InvitationsVerticle(Bus bus, TenantDb db, UserParts parts, UserConfig config) {
        this.bus = bus;
        this.db = db;
        this.parts = parts;
        this.config = config;
    }

    @Override
    public Future<?> start() {
        return Future.all(
                bus.answer(UserAddresses.INVITE, this::invite), bus.answer(UserAddresses.ACCEPT, this::accept));
    }

    private Future<Invitation> invite(InviteUser question, Origin origin) {
        Instant now = parts.clock().instant();
        InviteUser wish = new InviteUser(Emails.canonical(question.email()), question.roles());
        NewInvitation made = new NewInvitation(
                wish,
                OpaqueSecret.make(AcceptInvitation.KIND, origin.tenant(), random),
                origin.principal().actor(),
                now.plus(config.invitationLifetime()));
        return parts.authorities()
                .requireGivable(origin, wish.roles(), "/roles")
                .compose(_ -> db.once(origin, Invitation.class, transaction -> insert(transaction, made, now)));
    }

    private Future<Invitation> insert(SqlConnection transaction, NewInvitation made, Instant now) {
        return UserStore.findByEmail(transaction, made.wish().email())
                .compose(there -> there.isEmpty()
                        ? InvitationStore.insert(transaction, made, config.invitationsMax(), now)
                        : ProblemException.failed(
                                new Problem.AlreadyExists("There is a user with this address already.")));
    }

    /** The password is hashed first: to guess tokens costs as much as to have one. */
    private Future<User> accept(AcceptInvitation question, Origin origin) {
        Optional<OpaqueSecret> token = OpaqueSecret.parse(AcceptInvitation.KIND, question.token());
        return parts.passwords()
                .hash(question.password(), origin)
                .compose(phc -> token.isEmpty() || phc == null
                        ? ProblemException.failed(refused())
                        : db.inTransaction(
                                token.get().tenant(),
                                transaction -> accept(transaction, token.get(), question.name(), phc)));
    }

    private Future<User> accept(SqlConnection transaction, OpaqueSecret token, String name, String phc) {
        Instant now = parts.clock().instant();
        return InvitationStore.take(transaction, token, now)
                .map(taken -> taken.orElseThrow(() -> new ProblemException(refused())))
                .map(taken -> NewUser.withPassword(token.tenant(), taken.email(), name, taken.roles(), phc))
                .compose(user -> UserStore.insert(transaction, user, config.usersMax(), now));
    }

    private static Problem refused() {
        return new Problem.Unauthenticated("The invitation is not valid, is over, or was used.");
    }
}
