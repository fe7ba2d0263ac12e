package dev.sextant.identity.ticket;

import dev.sextant.bus.Bus;
import dev.sextant.identity.key.CheckCaller;
import dev.sextant.identity.key.KeyAddresses;
import dev.sextant.kernel.Json;
import dev.sextant.kernel.Origin;
import dev.sextant.kernel.Problem;
import dev.sextant.kernel.ProblemException;
import dev.sextant.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/** Issues tickets and redeems them, each once. It waits on Redis only. */
final class TicketsVerticle extends VerticleBase {

    private final Bus bus;
    private final RedisStore redis;
    private final TicketConfig config;
    private final SecureRandom random = new SecureRandom();

    TicketsVerticle(Bus bus, RedisStore redis, TicketConfig config) {
        this.bus = bus;
        this.redis = redis;
        this.config = config;
    }

    @Override
    public Future<?> start() {
        return Future.all(
                bus.answer(TicketAddresses.ISSUE, this::issue), bus.answer(TicketAddresses.REDEEM, this::redeem));
    }

    private Future<IssuedTicket> issue(IssueTicket question, Origin origin) {
        TicketText ticket = TicketText.make(origin.tenant(), random);
        String holder = new String(Json.write(TicketHolder.of(origin.principal())), StandardCharsets.UTF_8);
        return redis.setWithExpiry(ticket.place(), holder, config.lifetime())
                .map(_ -> new IssuedTicket(ticket.value(), config.lifetime().toSeconds()));
    }

    private Future<TicketHolder> redeem(RedeemTicket question, Origin origin) {
        Optional<TicketText> ticket = TicketText.parse(question.ticket());
        return ticket.isEmpty()
                ? ProblemException.failed(refused())
                : redis.take(ticket.get().place())
                        .map(kept -> kept.orElseThrow(() -> new ProblemException(refused())))
                        .map(kept -> Json.read(kept.getBytes(StandardCharsets.UTF_8), TicketHolder.class))
                        .compose(holder -> checked(holder, question.client(), origin));
    }

    /** The key may have been revoked since the ticket was issued. */
    private Future<TicketHolder> checked(TicketHolder holder, String client, Origin origin) {
        return bus.askHere(KeyAddresses.CHECK, new CheckCaller(holder.tenant(), holder.credential(), client), origin)
                .map(now -> TicketHolder.of(TicketHolder.narrowed(holder.principal(), now)));
    }

    private static Problem refused() {
        return new Problem.Unauthenticated("The ticket is not valid, is over, or was used.");
    }
}
