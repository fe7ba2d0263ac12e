package dev.sextant.identity.user;

import dev.sextant.bus.Bus;
import io.vertx.core.Future;
import dev.sextant.kernel.Origin;
import io.vertx.core.VerticleBase;

/** Hashes and checks passwords, one at a time on a thread of its own. It blocks that thread. */
final class PasswordWorker extends VerticleBase {

    private final Bus bus;
    private final Passwords passwords;

    PasswordWorker(Bus bus, Passwords passwords) {
        this.bus = bus;
        this.passwords = passwords;
    }

    @Override
    public Future<?> start() {
        return Future.all(
                bus.answer(UserAddresses.HASH, this::hash), bus.answer(UserAddresses.CHECK_PASSWORD, this::check));
    }

    private Future<HashedPassword> hash(HashPassword question, Origin origin) {
        return Future.succeededFuture(new HashedPassword(passwords.hash(question.password())));
    }

    private Future<CheckedPassword> check(CheckPassword question, Origin origin) {
        return Future.succeededFuture(
                new CheckedPassword(passwords.isRight(question.password(), question.phc())));
    }
}
