package dev.sextant.limits;

import dev.sextant.http.Call;
import dev.sextant.http.Guard;
import dev.sextant.http.Reply;
import dev.sextant.http.RowsMax;
import dev.sextant.kernel.Deadline;
import dev.sextant.kernel.Principal;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.kernel.TenantId;
import dev.sextant.limits.Account.Passage;
import dev.sextant.limits.Leases.Held;
import dev.sextant.limits.Policy.Unit;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Counts each call against the limits of its tenant and its key, and says in each answer what is left. Who works for other
 * tenants is counted with the platform. A call for which nothing is left is refused, or waits for a bounded time.
 *
 * <p>Cost is paid once it is known: a query is let in while some is left, and may take more than that.
 */
final class LimitsGuard implements Guard {

    private static final int ASKS_MAX = 8;
    private static final String QUERY_SCOPE = "analytics:read";
    private static final String SOCKET = "streamRealtime";

    private final Accounts accounts;
    private final Leases leases;
    private final WaitingLines lines;
    private final Duration throttlePatience;
    private final LongSupplier nanos;

    LimitsGuard(Accounts accounts, Leases leases, WaitingLines lines, LimitsConfig config, LongSupplier nanos) {
        this.accounts = accounts;
        this.leases = leases;
        this.lines = lines;
        this.throttlePatience = config.throttlePatience();
        this.nanos = nanos;
    }

    @Override
    public Future<Reply> pass(Call call, Next next) {
        if (call.principal().tenant().equals(Principal.NOBODY.tenant())) {
            return next.handle(call);
        }
        TenantId payer = payer(call.principal());
        Account known = accounts.known(payer);
        return known != null
                ? pass(known, call, next)
                : accounts.of(payer).compose(account -> pass(account, call, next));
    }

    private static TenantId payer(Principal principal) {
        return principal.scopes().contains("platform:cross_tenant") ? TenantId.PLATFORM : principal.tenant();
    }

    private Future<Reply> pass(Account account, Call call, Next next) {
        Passage passage = account.passage(call.principal().actor());
        Turn turn = new Turn(passage, isQuery(call), leases, nanos);
        if (!lines.isBusy(passage.owner()) && turn.take()) {
            return run(turn, call, next);
        }
        return admit(turn, call, ASKS_MAX).onFailure(_ -> tell(turn, call)).compose(_ -> run(turn, call, next));
    }

    private static boolean isQuery(Call call) {
        return call.target().scopes().contains(QUERY_SCOPE)
                && !call.target().operationId().equals(SOCKET);
    }

    /** Goes on as long as asking brings something; then the call waits, or is refused. */
    private Future<Void> admit(Turn turn, Call call, int asksLeft) {
        boolean hasTurn = !lines.isBusy(turn.passage().owner());
        if (hasTurn && turn.lacking() == null && turn.take()) {
            return Future.succeededFuture();
        }
        Held lacking = turn.lacking();
        if (hasTurn && lacking != null && turn.isToAsk() && asksLeft > 0) {
            return leases.more(lacking).compose(_ -> takenOrAsk(turn, call, asksLeft - 1));
        }
        return turn.passage().limits().modeOrReject() == Limits.Mode.THROTTLE ? waitFor(turn, call) : refuse(turn);
    }

    private Future<Void> takenOrAsk(Turn turn, Call call, int asksLeft) {
        return turn.take() ? Future.succeededFuture() : admit(turn, call, asksLeft);
    }

    private Future<Void> waitFor(Turn turn, Call call) {
        Duration patience =
                shorter(throttlePatience, call.deadline().remaining().dividedBy(2));
        return lines.join(turn.passage().owner(), () -> takeOrAsk(turn), nanos.getAsLong() + patience.toNanos())
                .compose(taken -> taken ? Future.succeededFuture() : refuse(turn));
    }

    private boolean takeOrAsk(Turn turn) {
        boolean taken = turn.take();
        Held lacking = turn.lacking();
        if (!taken && lacking != null && turn.isToAsk()) {
            leases.moreSoon(lacking);
        }
        return taken;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private <T> Future<T> refuse(Turn turn) {
        Held lacking = turn.lacking();
        if (lacking == null) {
            return ProblemException.failed(
                    new Problem.QuotaExceeded(1, List.of(), "Too many calls wait already; send fewer at once."));
        }
        Policy policy = lacking.lease.policy();
        int seconds = Math.clamp(lacking.lease.backSeconds(nanos.getAsLong()), 1, Integer.MAX_VALUE);
        return ProblemException.failed(new Problem.QuotaExceeded(seconds, List.of(policy.name()), detail(policy)));
    }

    private static String detail(Policy policy) {
        return policy.isAtOnce()
                ? "%d queries may run at once; wait for one of them.".formatted(policy.quota())
                : "The limit of %d %s in %s is used up; Retry-After says when there is more."
                        .formatted(
                                policy.quota(),
                                policy.unit() == Unit.COST_UNITS ? "cost units" : "requests",
                                Duration.ofMillis(policy.windowMillis()).toString());
    }

    private Future<Reply> run(Turn turn, Call call, Next next) {
        return Future.succeededFuture(call)
                .map(taken -> turn.isQuery() ? bounded(taken, turn.passage().limits()) : taken)
                .compose(next::handle)
                .map(reply -> reply instanceof Reply.Stream stream ? settledAtItsEnd(stream, turn, call) : reply)
                .onComplete(replied -> {
                    if (!(replied.succeeded() && replied.result() instanceof Reply.Stream)) {
                        turn.settle(call.usage().costUnits());
                    }
                    tell(turn, call);
                });
    }

    private static Reply settledAtItsEnd(Reply.Stream stream, Turn turn, Call call) {
        return new Reply.Stream(
                stream.status(),
                stream.headers(),
                new WatchedStream(
                        stream.bytes(),
                        call.receiver().hungUp(),
                        () -> turn.settle(call.usage().costUnits())));
    }

    private static void tell(Turn turn, Call call) {
        Passage passage = turn.passage();
        if (!passage.policies().isEmpty()) {
            call.receiver()
                    .headers()
                    .set("ratelimit-policy", passage.policies())
                    .set("ratelimit", turn.told());
        }
    }

    /** A query within what one query may take. */
    private static Call bounded(Call call, Limits limits) {
        Call bounded = limits.maxRows() == null ? call : call.upTo(new RowsMax(limits.maxRows()));
        return limits.maxQueryMs() == null
                ? bounded
                : bounded.within(Deadline.in(shorter(
                        call.deadline().remaining(), Duration.ofMillis(Objects.requireNonNull(limits.maxQueryMs())))));
    }
}
