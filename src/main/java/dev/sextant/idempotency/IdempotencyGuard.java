package dev.sextant.idempotency;

import dev.sextant.http.Body;
import dev.sextant.http.BodyFailure;
import dev.sextant.http.Call;
import dev.sextant.http.Guard;
import dev.sextant.http.Reply;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.Problem.Unprocessable;
import dev.sextant.kernel.Problem.Unprocessable.Reason;
import dev.sextant.kernel.Problem.Violation;
import dev.sextant.kernel.ProblemException;
import dev.sextant.store.Vault;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a call with a key run once: whoever sends it again gets the same answer. What failed for no fault of the caller's, or passes
 * by itself, is not kept: it goes on under the same claim when it is sent again.
 */
final class IdempotencyGuard implements Guard {

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyGuard.class);

    private final ClaimStore store;
    private final Vault vault;
    private final IdempotencyConfig config;

    IdempotencyGuard(ClaimStore store, Vault vault, IdempotencyConfig config) {
        this.store = store;
        this.vault = vault;
        this.config = config;
    }

    @Override
    public Future<Reply> pass(Call call, Next next) {
        Optional<String> key = call.params().find(Asked.HEADER, String.class);
        return key.isEmpty() ? next.handle(call) : pass(Asked.of(call, key.get()), call, next);
    }

    private Future<Reply> pass(Asked asked, Call call, Next next) {
        MessageDigest digest = Asked.digest(call);
        Buffer request = call.body() instanceof Body.Stream ? null : Buffer.buffer(digest.digest());
        return store.claim(asked, request).compose(claim -> switch (claim) {
            case Claim.Granted granted -> execute(granted.id(), new Request(digest, request), call, next);
            case Claim.Done done -> replay(done, new Request(digest, request), call);
            case Claim.UnderWay _ ->
                ProblemException.failed(new Problem.IdempotencyInProgress(
                        "The first request with this key is still under way; send this one again shortly."));
            case Claim.Taken _ -> reused();
        });
    }

    /** What is asked: its digest where it is known, else the digest that grows while the body is read. */
    private record Request(MessageDigest digest, @Nullable Buffer known) {
        Buffer whole() {
            return known == null ? Buffer.buffer(digest.digest()) : known;
        }
    }

    private static <T> Future<T> reused() {
        String detail = "This key came with another request before; take a new key for each request.";
        return ProblemException.failed(new Unprocessable(
                Reason.IDEMPOTENCY_KEY_REUSED,
                List.of(Violation.of(Asked.HEADER, "idempotency_key_reused", detail)),
                detail));
    }

    private Future<Reply> execute(String id, Request request, Call call, Next next) {
        Call claimed = call.body() instanceof Body.Stream body
                ? call.with(new Body.Stream(body.type(), new DigestedStream(body.bytes(), request.digest())))
                        .claimed(id)
                : call.claimed(id);
        Vertx vertx = Vertx.currentContext().owner();
        long renewal = vertx.setPeriodic(
                Math.max(1, config.lease().toMillis() / 3),
                _ -> store.renew(claimed.principal().tenant(), id));
        return Future.succeededFuture(claimed)
                .compose(next::handle)
                .onComplete(_ -> vertx.cancelTimer(renewal))
                .transform(replied -> kept(replied, id, request, claimed).transform(_ -> again(replied)));
    }

    private static Future<Reply> again(AsyncResult<Reply> replied) {
        return replied.failed() ? Future.failedFuture(replied.cause()) : Future.succeededFuture(replied.result());
    }

    /** Where it cannot be kept, the effect still is: who comes again is answered by doing the rest once more. */
    private Future<Void> kept(AsyncResult<Reply> replied, String id, Request request, Call call) {
        return KeptAnswer.of(replied, call.trace(), config.answerBytesMax())
                .map(answer -> store.finish(
                        call.principal().tenant(), id, request.whole(), vault.close(id, Json.write(answer))))
                .orElseGet(() -> store.letGo(call.principal().tenant(), id))
                .onFailure(failure -> LOG.warn("An answer could not be kept for those who come again", failure));
    }

    private Future<Reply> replay(Claim.Done done, Request request, Call call) {
        Future<Void> read = call.body() instanceof Body.Stream body
                ? drained(body.bytes(), request.digest())
                : Future.succeededFuture();
        return read.compose(_ -> {
            if (!request.whole().equals(done.request())) {
                return reused();
            }
            call.receiver().headers().set("idempotent-replayed", "true");
            return Json.read(vault.open(done.id(), done.answer()), KeptAnswer.class)
                    .again();
        });
    }

    /** Reads a body only to know whether it is the same. */
    private static Future<Void> drained(ReadStream<Buffer> bytes, MessageDigest digest) {
        Promise<Void> done = Promise.promise();
        bytes.exceptionHandler(failure -> done.tryFail(BodyFailure.of(failure)));
        bytes.endHandler(_ -> done.tryComplete());
        bytes.handler(chunk -> digest.update(chunk.getBytes()));
        bytes.resume();
        return done.future();
    }
}
